//! What the user chose for a list.

use super::earlier::Earlier;
use super::encoding::Encoding;
use super::kind::Kind;
use crate::profile::headcount::DecimalStyle;
use std::num::NonZeroUsize;
use std::sync::Arc;

/// What the user chose for a run.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Columns given by hand.
    pub by_hand: ByHand,
    /// The answers to add, by name; the usual ones without it.
    pub columns: Option<Vec<String>>,
    /// Writes only this column and the answers.
    pub only_answers: Option<String>,
    /// Begins the names of the answer columns, instead of the ruleset's prefix.
    pub prefix: Option<String>,
    /// The kind of the input, instead of what its name says.
    pub input_kind: Option<Kind>,
    /// The kind of the output; without it, that of the input.
    pub output_kind: Option<Kind>,
    /// The separator of delimited input, instead of the one found in its header.
    pub delimiter: Option<u8>,
    /// The encoding of the input, where no mark tells it.
    pub encoding: Option<Encoding>,
    /// The sheet of a spreadsheet, instead of its first.
    pub sheet: Option<String>,
    /// The number of the header's line, from 1, instead of the line found.
    pub header_line: Option<u64>,
    /// There is no header: columns are called `1`, `2` and so on.
    pub no_header: bool,
    /// Whether a backslash in a quoted cell escapes what follows it.
    pub escape_backslash: bool,
    /// What a point in a number means, instead of what each column tells.
    pub decimal: Option<DecimalStyle>,
    /// Whether records that stop short are filled up instead of rejected.
    pub pad: bool,
    /// Whether the output is of its kind plainly: its own separator, UTF-8 without a mark, line feeds, no preamble.
    pub plain: bool,
    /// Whether text that a spreadsheet would run as a formula is kept from it in delimited output.
    pub guard_formulas: bool,
    /// An earlier output, to say what has changed since.
    pub since: Option<Arc<Earlier>>,
    /// The columns that say who really had the roles.
    pub actual: Option<ActualColumns>,
    /// Which rows are put out.
    pub written: WrittenRowsOf,
    /// How many threads work; without it, as many as there are cores.
    pub threads: Option<NonZeroUsize>,
}

impl Options {
    /// How many threads work.
    pub fn threads(&self) -> usize {
        let own = || std::thread::available_parallelism().ok();
        if cfg!(feature = "cli") { self.threads.or_else(own).map_or(1, NonZeroUsize::get) } else { 1 }
    }
}

/// The columns that say who really had the roles, each by its title or its place.
#[derive(Clone, Debug, Default)]
pub struct ActualColumns {
    /// Who owned.
    pub owner: Option<String>,
    /// Who was the contact.
    pub contact: Option<String>,
}

/// Which rows of a list are put out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WrittenRowsOf {
    /// Every row.
    #[default]
    All,
    /// Those of which the list says that somebody else had a role than the rules say.
    Missed,
    /// None.
    None,
}

/// What the user settled by hand.
#[derive(Clone, Debug, Default)]
pub struct ByHand {
    /// Facts, or the names of other columns such as `contact_title`, each with the title of its column.
    pub map: Vec<(String, String)>,
    /// The title of the column with the organizations' names.
    pub name_column: Option<String>,
}
