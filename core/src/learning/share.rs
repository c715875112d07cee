//! How many of how many, and how sure that share is.

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use crate::percent::Percent;
use crate::words::thousands;

/// How many rows there are, and how many of them were right.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Share {
    /// All of them.
    pub rows: u64,
    /// Those that were right.
    pub right: u64,
}

/// The quantile of the normal distribution that leaves 2.5 % above it.
const Z: f64 = 1.959_963_984_540_054;

impl Share {
    /// Adds rows, all of which were right or wrong.
    pub fn add(&mut self, rows: u64, right: bool) {
        self.rows += rows;
        self.right += if right { rows } else { 0 };
    }

    /// Those that were wrong.
    pub fn wrong(self) -> u64 {
        self.rows - self.right
    }

    /// The part that was right, from 0 to 1; nothing of nothing.
    pub fn share(self) -> Option<f64> {
        (self.rows > 0).then(|| self.right as f64 / self.rows as f64)
    }

    /// Where the share lies with 95 % confidence: the interval of Wilson (1927), which holds for few rows too and never
    /// leaves 0 to 1.
    pub fn interval(self) -> Option<(f64, f64)> {
        let (n, p) = (self.rows as f64, self.share()?);
        let (whole, z2) = (1.0 + Z * Z / n, Z * Z);
        let centre = (p + z2 / (2.0 * n)) / whole;
        let half = Z / whole * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
        // At its ends the interval ends exactly, whatever rounding says.
        let low = if self.right == 0 { 0.0 } else { (centre - half).max(0.0) };
        let high = if self.right == self.rows { 1.0 } else { (centre + half).min(1.0) };
        Some((low, high))
    }

    /// Whether at least `part` of the rows was right.
    pub fn reaches(self, part: Percent) -> bool {
        part.reached(self.right.into(), self.rows.into())
    }

    /// The share in words: "78 % (74 to 82 %)".
    pub fn in_words(self) -> String {
        let percent = |share: f64| format!("{:.0}", share * 100.0);
        match (self.share(), self.interval()) {
            (Some(share), Some((low, high))) => {
                format!("{} % ({} to {} %)", percent(share), percent(low), percent(high))
            }
            _ => "none".to_owned(),
        }
    }

    /// "312 of 400".
    pub fn counts(self) -> String {
        format!("{} of {}", thousands(self.right), thousands(self.rows))
    }
}

impl Serialize for Share {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Share", 4)?;
        fields.serialize_field("rows", &self.rows)?;
        fields.serialize_field("right", &self.right)?;
        fields.serialize_field("share", &self.share())?;
        fields.serialize_field("interval", &self.interval().map(|(low, high)| [low, high]))?;
        fields.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_is_that_of_wilson() {
        // Published examples: 81 of 263 (Newcombe 1998, table I), 15 of 148, 0 of 20, 29 of 29.
        for (right, rows, low, high) in [
            (81, 263, 0.2553, 0.3662),
            (15, 148, 0.0624, 0.1605),
            (0, 20, 0.0, 0.1611),
            (29, 29, 0.8830, 1.0),
        ] {
            let interval = Share { rows, right }.interval().unwrap();
            assert!((interval.0 - low).abs() < 5e-5 && (interval.1 - high).abs() < 5e-5, "{interval:?}");
        }
        assert_eq!(Share::default().interval(), None);
    }

    #[test]
    fn a_share_is_said_in_whole_percents() {
        assert_eq!(Share { rows: 400, right: 312 }.in_words(), "78 % (74 to 82 %)");
    }
}
