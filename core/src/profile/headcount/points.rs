//! What points between digits mean, told from many texts together.

use super::numbers::{Digits, PointUse, unit_size};
use super::{is_long, plain};

/// What the texts seen so far say of points between digits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Points {
    /// The first number in which a point stood between thousands, or may have.
    pub example: Option<String>,
    /// Whether some number was written so that its points can only stand between thousands.
    certain: bool,
    /// Whether a point stood before decimals.
    decimals: bool,
}

impl Points {
    /// Takes a text into account.
    ///
    /// ```
    /// # use whoowns_core as whoowns;
    /// use whoowns::profile::headcount::Points;
    ///
    /// let thousands = |texts: &[&str]| {
    ///     let mut points = Points::default();
    ///     texts.iter().for_each(|text| points.add(text));
    ///     points.are_thousands()
    /// };
    /// assert!(thousands(&["1.200", "300"]) && thousands(&["1.200.000", "300.5"]) && thousands(&["1.001-5.000", "1.5"]));
    /// assert!(!thousands(&["1.200", "300.5"]) && !thousands(&["1,200.500"]) && !thousands(&["300", "1,200"]));
    /// ```
    pub fn add(&mut self, text: &str) {
        let has_point = match text.is_ascii() {
            true => text.as_bytes().contains(&b'.'),
            false => text.contains(['.', '\u{ff0e}', '\u{66c}']),
        };
        if !has_point || is_long(text) {
            return;
        }
        let text = plain(text);
        let mut rest: &str = &text;
        let mut doubtful = 0;
        while let Some(start) = rest.find(|letter: char| letter.is_ascii_digit()) {
            let from = &rest[start..];
            let (digits, after) = Digits::leading(from);
            match digits.points() {
                PointUse::Nothing => {}
                PointUse::Decimals => self.decimals = true,
                // `1.250K` is the same with either reading of its point, or has none that is likely.
                PointUse::Doubtful if unit_size(after) > 1 => {}
                found => {
                    let written = &from[..from.len() - after.len()];
                    self.example.get_or_insert_with(|| written.to_owned());
                    self.certain |= found == PointUse::Thousands;
                    doubtful += 1;
                }
            }
            rest = after;
        }
        // Nobody is split in three decimals at both ends of a band.
        self.certain |= doubtful > 1;
    }

    /// Whether points stand between thousands: at least one can stand nowhere else, or every one has three digits after
    /// it.
    #[must_use]
    pub fn are_thousands(&self) -> bool {
        self.certain || self.example.is_some() && !self.decimals
    }
}
