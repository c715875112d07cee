//! The rows that a decision rests on.

use super::parts::RowsUsed;
use crate::ruleset::{Basis, Row, Ruleset};

/// Why a row says what it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reason<'a> {
    /// The reason, a sentence.
    pub text: &'a str,
    /// Whether the source says so.
    pub basis: Basis,
    /// Where the source says so.
    pub cite: Option<&'a str>,
}

impl RowsUsed {
    /// The ids of the owner rows.
    pub fn owner_ids(&self, ruleset: &Ruleset) -> Vec<String> {
        self.owner.iter().map(|row| ruleset.owner()[*row as usize].id.clone()).collect()
    }

    /// Their reasons, each once.
    pub fn because<'a>(&self, ruleset: &'a Ruleset) -> Vec<Reason<'a>> {
        fn reason<Then>(row: &Row<Then>) -> Option<Reason<'_>> {
            Some(Reason { text: row.because.as_deref()?, basis: row.basis, cite: row.cite.as_deref() })
        }
        let derive = self.derive.iter().map(|row| reason(&ruleset.derive()[*row as usize]));
        let owner = self.owner.iter().map(|row| reason(&ruleset.owner()[*row as usize]));
        let contact = self.contact.iter().map(|row| reason(&ruleset.contact()[*row as usize]));
        let mut reasons: Vec<Reason<'a>> = Vec::new();
        for reason in derive.chain(owner).chain(contact).flatten() {
            if !reasons.iter().any(|known| known.text == reason.text) {
                reasons.push(reason);
            }
        }
        reasons
    }

    /// Whether a derive or owner row is our judgement.
    pub fn is_inferred(&self, ruleset: &Ruleset) -> bool {
        self.derive.iter().any(|row| ruleset.derive()[*row as usize].basis != Basis::Stated)
            || self.owner.iter().any(|row| ruleset.owner()[*row as usize].basis != Basis::Stated)
    }
}
