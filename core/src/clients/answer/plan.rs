//! What all threads of a run share while they work out answers.

use super::actual::RoleNames;
use super::bands::BandCodes;
use super::columns::AnswerColumns;
use super::shared_answers::SharedAnswers;
use super::tail::TailWriter;
use crate::clients::earlier::Earlier;
use crate::clients::encoding::Encoding;
use crate::clients::open::Mapping;
use crate::ruleset::Ruleset;
use std::sync::{Arc, Mutex};

/// What all threads of a run share.
pub(crate) struct Plan<'r> {
    pub(crate) ruleset: &'r Ruleset,
    pub(crate) mapping: &'r Mapping,
    /// The titles of the list.
    pub(crate) titles: &'r [String],
    pub(crate) columns: &'r AnswerColumns,
    /// How answers are appended to a record; nothing where rows are written otherwise.
    pub(crate) tail: Option<&'r TailWriter<'r>>,
    pub(crate) encoding: Encoding,
    /// An earlier output, and the column of the list that has its keys.
    pub(crate) earlier: Option<(&'r Earlier, usize)>,
    /// Who really had the roles: the names of roles, and the columns of the owner and the contact.
    pub(crate) actual: Option<(&'r RoleNames<'r>, [Option<usize>; 2])>,
    /// Answers that were worked out by any thread.
    pub(crate) known: Mutex<SharedAnswers>,
    pub(crate) bands: Arc<BandCodes>,
}

impl<'r> Plan<'r> {
    /// A plan with nothing worked out yet.
    pub(crate) fn new(
        ruleset: &'r Ruleset,
        (mapping, titles): (&'r Mapping, &'r [String]),
        columns: &'r AnswerColumns,
        tail: Option<&'r TailWriter<'r>>,
        encoding: Encoding,
    ) -> Plan<'r> {
        let (known, bands) = (Mutex::default(), Arc::default());
        Plan { ruleset, mapping, titles, columns, tail, encoding, earlier: None, actual: None, known, bands }
    }
}
