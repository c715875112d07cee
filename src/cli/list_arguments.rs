//! Arguments of every command that reads a client list: what kind of list it is, and which column gives which fact.

use std::io;
use std::num::NonZeroUsize;
use std::path::Path;

use clap::Args;
use whoowns::clients::{ByHand, Encoding, Input, Options};

use super::batch_values::{Decimal, Escape, KindName, pair, separator};

/// How a list is read.
#[derive(Debug, Args)]
pub struct ListArguments {
    /// Read the list as this kind of file, instead of what its name says
    #[arg(long, value_name = "KIND")]
    input_format: Option<KindName>,
    /// What stands between two cells, such as `;` or `tab`, instead of what the header tells
    #[arg(long, value_name = "CHARACTER", value_parser = separator)]
    delimiter: Option<u8>,
    /// The encoding of the list where no mark tells it, such as `windows-1252`
    #[arg(long, value_name = "LABEL")]
    encoding: Option<String>,
    /// The line with the titles, instead of the first that names a fact; lines before it are kept
    #[arg(long = "header", value_name = "LINE", value_parser = clap::value_parser!(u64).range(1..), conflicts_with = "no_header")]
    header_line: Option<u64>,
    /// There are no titles: columns are called `1`, `2` and so on (`--map headcount=#3`)
    #[arg(long)]
    no_header: bool,
    /// In a quoted cell, what follows a backslash is taken as it is, as MySQL writes it
    #[arg(long, value_name = "CHARACTER")]
    escape: Option<Escape>,
    /// Which sign stands before decimals: with `comma` 1.200 is 1200, with `point` it is 1.2; otherwise each column tells
    #[arg(long, value_name = "SIGN")]
    decimal: Option<Decimal>,
    /// Fill up records that stop short, instead of rejecting them
    #[arg(long)]
    pad: bool,
    /// The sheet of a spreadsheet, instead of the first with a header
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// Take a fact from this column, called by its title or by its place (`#3`); may be repeated
    #[arg(long, value_name = "FACT=COLUMN", value_parser = pair)]
    map: Vec<(String, String)>,
    /// The column with the organizations' names
    #[arg(long, value_name = "COLUMN")]
    name_column: Option<String>,
    /// How many threads work, instead of one for each core
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
}

/// The names of all of them, for commands in which they go with another argument.
pub const LIST_ARGUMENTS: [&str; 11] = [
    "input_format",
    "delimiter",
    "encoding",
    "header_line",
    "no_header",
    "escape",
    "pad",
    "sheet",
    "map",
    "name_column",
    "threads",
];

impl ListArguments {
    /// What they say of a list, and nothing of what is written.
    pub fn options(&self) -> anyhow::Result<Options> {
        Ok(Options {
            by_hand: ByHand { map: self.map.clone(), name_column: self.name_column.clone() },
            input_kind: self.input_format.map(|KindName(kind)| kind),
            delimiter: self.delimiter,
            encoding: self.encoding.as_deref().map(Encoding::by_label).transpose()?,
            header_line: self.header_line,
            no_header: self.no_header,
            escape_backslash: self.escape.is_some(),
            decimal: self.decimal.map(Decimal::style),
            pad: self.pad,
            sheet: self.sheet.clone(),
            threads: self.threads,
            ..Options::default()
        })
    }
}

/// Where a list comes from.
pub fn input(list: &Path) -> Input {
    match list == Path::new("-") {
        true => Input::Stream(Box::new(io::stdin())),
        false => Input::File(list.to_owned()),
    }
}
