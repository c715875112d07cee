//! The rows that a decision rests on.

use std::collections::BTreeSet;

use super::report::RulesUsed;
use crate::ruleset::{Basis, Row, Ruleset};

/// The rows that decide, as places in their tables.
#[derive(Default)]
pub struct Used {
    /// Of the derive table.
    pub derive: BTreeSet<u32>,
    /// Of the owner table.
    pub owner: BTreeSet<u32>,
    /// Of the contact table.
    pub contact: BTreeSet<u32>,
}

impl Used {
    /// Their ids.
    pub fn ids(&self, ruleset: &Ruleset) -> RulesUsed {
        fn ids<Then>(rows: &[Row<Then>], used: &BTreeSet<u32>) -> Vec<String> {
            used.iter().map(|row| rows[*row as usize].id.clone()).collect()
        }
        RulesUsed {
            derive: ids(ruleset.derive(), &self.derive),
            owner: ids(ruleset.owner(), &self.owner),
            contact: ids(ruleset.contact(), &self.contact),
        }
    }

    /// Their reasons, each once.
    pub fn because(&self, ruleset: &Ruleset) -> Vec<String> {
        let derive = self.derive.iter().map(|row| &ruleset.derive()[*row as usize].because);
        let owner = self.owner.iter().map(|row| &ruleset.owner()[*row as usize].because);
        let contact = self.contact.iter().map(|row| &ruleset.contact()[*row as usize].because);
        let mut sentences: Vec<String> = Vec::new();
        for sentence in derive.chain(owner).chain(contact).flatten() {
            if !sentences.contains(sentence) {
                sentences.push(sentence.clone());
            }
        }
        sentences
    }

    /// Whether a derive or owner row is our judgement.
    pub fn is_inferred(&self, ruleset: &Ruleset) -> bool {
        self.derive.iter().any(|row| ruleset.derive()[*row as usize].basis != Basis::Stated)
            || self.owner.iter().any(|row| ruleset.owner()[*row as usize].basis != Basis::Stated)
    }
}
