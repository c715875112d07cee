//! Places in a sheet, as workbooks write them: `B12`, `A1:D100`.

use std::fmt;

/// Columns that a sheet has.
pub(super) const MOST_COLUMNS: u32 = 16_384;
/// Rows that a sheet has.
pub(super) const MOST_ROWS: u32 = 1_048_576;

/// A cell's place: its row from 1, its column from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) row: u32,
    pub(super) column: u32,
}

impl Place {
    /// The place that a text names, if a sheet has it.
    pub(super) fn parse(text: &str) -> Option<Place> {
        let text = text.as_bytes();
        let text = text.strip_prefix(b"$").unwrap_or(text);
        let letters = text.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let (letters, digits) = text.split_at(letters);
        let digits = digits.strip_prefix(b"$").unwrap_or(digits);
        // No sheet has a place with more letters or digits than these.
        if letters.is_empty() || letters.len() > 3 || digits.is_empty() || digits.len() > 7 {
            return None;
        }
        let column = letters
            .iter()
            .fold(0, |sum, letter| sum * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1);
        let row = row(digits)?;
        (column <= MOST_COLUMNS).then_some(Place { row, column: column - 1 })
    }
}

/// The number of a row, if a sheet has it.
pub(super) fn row(digits: &[u8]) -> Option<u32> {
    if digits.len() > 7 {
        return None;
    }
    let number: u32 = std::str::from_utf8(digits).ok()?.parse().ok()?;
    (1..=MOST_ROWS).contains(&number).then_some(number)
}

impl fmt::Display for Place {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        let mut letters = Vec::new();
        let mut left = self.column + 1;
        while left > 0 {
            letters.push(char::from(b'A' + u8::try_from((left - 1) % 26).unwrap_or(0)));
            left = (left - 1) / 26;
        }
        letters.iter().rev().try_for_each(|letter| write!(out, "{letter}"))?;
        write!(out, "{}", self.row)
    }
}

/// A rectangle of cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Area {
    pub(super) first: Place,
    pub(super) last: Place,
}

impl Area {
    /// The rectangle that a text names, of one cell where it names one.
    pub(super) fn parse(text: &str) -> Option<Area> {
        match text.split_once(':') {
            Some((first, last)) => Some(Area { first: Place::parse(first)?, last: Place::parse(last)? }),
            None => Place::parse(text).map(|place| Area { first: place, last: place }),
        }
    }

    /// The same rectangle, as wide as it takes to reach a column.
    pub(super) fn reaching(self, column: u32) -> Area {
        Area { last: Place { column: self.last.column.max(column), ..self.last }, ..self }
    }
}

impl fmt::Display for Area {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        if self.first == self.last {
            self.first.fmt(out)
        } else {
            write!(out, "{}:{}", self.first, self.last)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_read_and_written() {
        for (text, row, column) in
            [("A1", 1, 0), ("Z9", 9, 25), ("AA10", 10, 26), ("XFD1048576", MOST_ROWS, 16_383)]
        {
            let place = Place { row, column };
            assert_eq!(Place::parse(text), Some(place));
            assert_eq!(place.to_string(), text);
        }
        assert_eq!(Place::parse("$b$12"), Place::parse("B12"));
        for text in ["", "A", "1", "A0", "XFE1", "A1048577", "AAAA1", "A99999999999", "A-1", "Ä1"] {
            assert_eq!(Place::parse(text), None, "{text}");
        }
        assert_eq!(Area::parse("A1:D9").unwrap().reaching(5).to_string(), "A1:F9");
        assert_eq!(Area::parse("B2").unwrap().to_string(), "B2");
        assert_eq!(Area::parse("A1:"), None);
    }
}
