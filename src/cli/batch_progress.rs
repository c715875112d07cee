//! What is said while a list is answered, on standard error.

use std::io::{self, IsTerminal};
use std::path::Path;

use indicatif::{ProgressBar, ProgressStyle};
use whoowns::clients::{Detected, Kind, Listener};

use super::Shared;

/// Says what goes on, on standard error.
pub struct Progress<'s> {
    shared: &'s Shared,
    bar: ProgressBar,
    records: u64,
}

impl Listener for Progress<'_> {
    fn opened(&mut self, detected: &Detected) {
        for line in detected.lines() {
            self.shared.say(&line);
        }
    }

    fn advanced(&mut self, records: u64, bytes: u64) {
        if self.bar.is_hidden() {
            return;
        }
        self.records += records;
        let milliseconds = self.bar.elapsed().as_millis().max(1);
        let rate = u128::from(self.records) * 1000 / milliseconds;
        self.bar.set_message(format!("{} rows · {rate} rows/s", self.records));
        self.bar.inc(bytes);
    }
}

impl<'s> Progress<'s> {
    /// For the list at a path.
    pub fn new(shared: &'s Shared, list: &Path) -> Self {
        Progress { shared, bar: bar(shared, list), records: 0 }
    }

    /// The list is answered.
    pub fn finish(self) {
        self.bar.finish_and_clear();
    }
}

/// A bar on a terminal, and nothing elsewhere.
fn bar(shared: &Shared, list: &Path) -> ProgressBar {
    if shared.quiet || !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let text = !Kind::is_packed(list);
    let size = std::fs::metadata(list).ok().filter(|file| text && file.is_file()).map(|file| file.len());
    let (bar, template) = match size {
        Some(size) => (ProgressBar::new(size), "{wide_bar} {percent}% · {msg} · {eta} left"),
        None => (ProgressBar::new_spinner(), "{spinner} {msg} · {elapsed}"),
    };
    match ProgressStyle::with_template(template) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
