//! Records that cannot be read, set aside as they are.

use super::output::Output;
#[cfg(feature = "cli")]
use super::output::Unfinished;
use crate::clients::encoding::Encoding;
use crate::clients::error::ListError;
use crate::clients::read::Reject;
use std::collections::BTreeMap;
use std::io::Write;
#[cfg(feature = "cli")]
use std::path::PathBuf;

/// Where rejects go.
pub enum RejectsTo {
    /// A file, made only when there is a reject; a signal has it removed while it is unfinished.
    #[cfg(feature = "cli")]
    File(PathBuf, Unfinished),
    /// Written at once, such as to standard error.
    Stream(Box<dyn Write + Send>),
}

/// Writes rejects.
pub(crate) struct Rejects {
    to: Option<RejectsTo>,
    output: Option<Output>,
    encoding: Encoding,
    separator: u8,
    /// The titles of the list as it writes them, so that a record mended in place can be cut out again.
    header: Vec<u8>,
    pub(crate) count: u64,
    /// How many records each reason has.
    reasons: BTreeMap<String, u64>,
}

/// Why records were rejected.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Reason {
    /// The reason.
    pub reason: String,
    /// How many records.
    pub records: u64,
    /// What to try.
    pub advice: Option<&'static str>,
}

impl Rejects {
    pub(crate) fn new(to: RejectsTo, encoding: Encoding, separator: u8, header: &[u8]) -> Self {
        Rejects {
            to: Some(to),
            output: None,
            encoding,
            separator,
            header: header.to_vec(),
            count: 0,
            reasons: BTreeMap::new(),
        }
    }

    /// Writes rejects of a block; `lines`: how many lines there are before the block.
    pub(crate) fn write(&mut self, rejects: &[Reject], lines: u64) -> Result<(), ListError> {
        if rejects.is_empty() {
            return Ok(());
        }
        let mut text = Vec::new();
        let separator = char::from(self.separator);
        let output = match &mut self.output {
            Some(output) => output,
            closed => {
                text.extend_from_slice(format!("line{separator}reason{separator}").as_bytes());
                text.extend_from_slice(&self.header);
                text.push(b'\n');
                let output = match self.to.take() {
                    #[cfg(feature = "cli")]
                    Some(RejectsTo::File(path, unfinished)) => Output::at(&path, &unfinished)?,
                    Some(RejectsTo::Stream(stream)) => Output::stream(stream),
                    None => return Ok(()),
                };
                let output = closed.insert(output);
                output.write_all(self.encoding.mark()).map_err(ListError::Write)?;
                output
            }
        };
        for reject in rejects {
            let line = lines + reject.line + 1;
            text.extend_from_slice(format!("{line}{separator}{}{separator}", reject.reason).as_bytes());
            text.extend_from_slice(&reject.record);
            if !reject.record.ends_with(b"\n") {
                text.push(b'\n');
            }
        }
        for reject in rejects {
            *self.reasons.entry(reject.reason.clone()).or_default() += 1;
        }
        self.count += rejects.len() as u64;
        output.write_all(&self.encoding.outward(&text)).map_err(ListError::Write)
    }

    /// Why records were rejected, the commonest reason first.
    pub(crate) fn reasons(&self) -> Vec<Reason> {
        let mut reasons: Vec<Reason> = self
            .reasons
            .iter()
            .map(|(reason, records)| Reason {
                reason: reason.clone(),
                records: *records,
                advice: advice(reason),
            })
            .collect();
        reasons.sort_by_key(|reason| std::cmp::Reverse(reason.records));
        reasons
    }

    /// Puts the file in its place, if there is one.
    pub(crate) fn finish(self) -> Result<(), ListError> {
        self.output.map_or(Ok(()), Output::finish)
    }
}

/// What to try where records are rejected for a reason.
fn advice(reason: &str) -> Option<&'static str> {
    if reason.contains("--escape") {
        return Some("try `--escape backslash`");
    }
    if reason.starts_with("bad encoding") {
        return Some("try `--encoding LABEL`, such as `--encoding windows-1252`");
    }
    let mut words = reason.split(' ');
    let there = words.next()?.parse::<usize>().ok()?;
    let wanted = words.nth(3)?.parse::<usize>().ok()?;
    Some(if there < wanted {
        "`--pad` fills up records that stop short"
    } else {
        "a cell with the separator in it has to be quoted; or try `--delimiter` or `--header LINE`"
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn advice_fits_the_reason() {
        for (reason, expected) in [
            ("1 cell instead of 2", "--pad"),
            ("3 cells instead of 2", "--delimiter"),
            ("bad encoding: not valid UTF-8", "--encoding"),
            (
                "bad quoting: a backslash before a quote (read it with --escape backslash)",
                "--escape backslash",
            ),
        ] {
            assert!(advice(reason).is_some_and(|advice| advice.contains(expected)), "{reason}");
        }
        assert_eq!(advice("bad quoting: text after a closing quote"), None);
    }
}
