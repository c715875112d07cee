//! An earlier output, read again to say what has changed since.

use super::listener::Silent;
use super::tasks::RowTask;
use super::through::{Collected, Through};
use crate::clients::earlier::Earlier;
use crate::clients::encoding::Encoding;
use crate::clients::error::ListError;
use crate::clients::open::{Input, List, column_called};
use crate::clients::options::Options;
use crate::clients::read::{ListRow, Mended};
use crate::clients::write::{Rejects, RejectsTo, Sink};
use crate::ruleset::Ruleset;

/// The answers that are compared.
const COMPARED: [&str; 3] = ["status", "owner", "contact"];

/// So many roles that are not known are named.
const NAMED: usize = 3;

/// Reads the cells of an earlier output that matter.
#[derive(Clone, Copy)]
struct EarlierTask {
    key: usize,
    columns: [usize; 3],
    encoding: Encoding,
}

impl RowTask for EarlierTask {
    type Rows = Vec<(String, [String; 3])>;

    fn row(&mut self, row: &impl ListRow, rows: &mut Self::Rows) {
        let text = |column: usize| row_text(row, column, self.encoding);
        rows.push((text(self.key), self.columns.map(text)));
    }
}

/// What a cell says, without the spaces around it.
pub(crate) fn row_text(row: &impl ListRow, column: usize, encoding: Encoding) -> String {
    String::from_utf8_lossy(&encoding.utf8(&row.cell(column))).trim().to_owned()
}

struct Kept(Earlier);

impl Sink<Vec<(String, [String; 3])>> for Kept {
    fn take(&mut self, rows: &mut Vec<(String, [String; 3])>) -> Result<(), ListError> {
        for (key, said) in rows.drain(..) {
            self.0.add(key, said.each_ref().map(String::as_str))?;
        }
        Ok(())
    }
}

impl Earlier {
    /// Reads an earlier output; `key` is the title of the column that tells its rows apart.
    ///
    /// # Errors
    /// If it cannot be read, is no output of this ruleset, or has a key twice.
    pub fn read(ruleset: &Ruleset, input: Input, key: &str, options: &Options) -> Result<Earlier, ListError> {
        let prefix = options.prefix.as_deref().unwrap_or(ruleset.prefix());
        let titles = COMPARED.map(|name| format!("{prefix}{name}"));
        let opening = Options { threads: options.threads, ..Options::default() };
        let is_answered = |list: &[String]| titles.iter().all(|title| list.contains(title));
        let list = List::open(input, &opening, &is_answered)?;
        let mut columns = [0; 3];
        for (column, title) in columns.iter_mut().zip(&titles) {
            *column = list.titles.iter().position(|other| other == title).ok_or_else(|| {
                ListError::Columns(format!(
                    "the earlier output has no column `{title}`: `--since` takes an output of the same rules, with the \
                     same `--prefix`"
                ))
            })?;
        }
        let key_column = column_called(&list.titles, key)
            .map_err(|error| ListError::Columns(format!("the earlier output: {error}")))?;
        let task = EarlierTask { key: key_column, columns, encoding: list.encoding };
        let rejects = Rejects::new(RejectsTo::Stream(Box::new(std::io::sink())), list.encoding, b',', b"");
        let mended = Mended::default();
        let sink = Kept(Earlier::by(key));
        let mut collected = Collected { sink, rejects, lines: 0, read: 0, mended, listener: &mut Silent };
        let through =
            Through { titles: &list.titles, encoding: list.encoding, guarded: false, pad: true, kept: true };
        through.run(list.source, vec![task; options.threads()], &mut collected)?;
        let earlier = collected.sink.0;
        let roles = earlier.roles();
        let known = |id: &&str| ruleset.roles().iter().any(|role| role.id == **id);
        if !roles.is_empty() && !roles.iter().any(known) {
            let named: Vec<String> = roles.iter().take(NAMED).map(|id| format!("`{id}`")).collect();
            return Err(ListError::Columns(format!(
                "the earlier output is of other rules: {} {} no role of `{}`; `--since` takes an output of the same rules \
                 (`--rules`)",
                named.join(", "),
                if named.len() == 1 { "is" } else { "are" },
                ruleset.name()
            )));
        }
        Ok(earlier)
    }
}
