//! How wide the columns of a sheet are.

use super::survey::raw_attribute;
use quick_xml::events::BytesStart;
use std::fmt::Write as _;

/// The widths that a sheet says, with new ones in their midst.
#[derive(Debug)]
pub(super) struct Widths {
    /// The first new column, from 1.
    first: u32,
    new: Vec<u32>,
    /// What stands before the new columns, and behind them.
    before: Vec<String>,
    behind: Vec<String>,
}

impl Widths {
    /// New widths from a column on, counted from 0.
    pub(super) fn new(first: u32, new: Vec<u32>) -> Self {
        Widths { first: first + 1, new, before: Vec::new(), behind: Vec::new() }
    }

    /// Takes in what a sheet says of some neighbouring columns, but for the new ones among them.
    pub(super) fn push(&mut self, element: &BytesStart) {
        let number = |name| raw_attribute(element, name).and_then(|text| text.trim().parse::<u32>().ok());
        let (Some(min), Some(max)) = (number("min"), number("max")) else { return };
        let end = self.first + u32::try_from(self.new.len()).unwrap_or(0);
        if min < self.first {
            self.before.push(Self::piece(element, min, max.min(self.first - 1)));
        }
        if max >= end {
            self.behind.push(Self::piece(element, min.max(end), max));
        }
    }

    /// The element as it is, with other ends.
    fn piece(element: &BytesStart, min: u32, max: u32) -> String {
        let with_min = super::rewrite::with(element, "min", &min.to_string());
        let whole = super::rewrite::with(&with_min, "max", &max.to_string());
        format!("{}/>", whole.trim_end())
    }

    /// All widths, as a sheet says them.
    pub(super) fn written(&self, prefix: &str) -> String {
        let mut out = format!("<{prefix}cols>");
        self.before.iter().for_each(|piece| out.extend(["<", piece]));
        for (column, width) in (self.first..).zip(&self.new) {
            let _ = write!(
                out,
                "<{prefix}col min=\"{column}\" max=\"{column}\" width=\"{width}\" customWidth=\"1\"/>"
            );
        }
        self.behind.iter().for_each(|piece| out.extend(["<", piece]));
        let _ = write!(out, "</{prefix}cols>");
        out
    }
}
