//! Values of the options of `whoowns batch`.

use clap::ValueEnum;
use whoowns::clients::Kind;
use whoowns::profile::headcount::DecimalStyle;

/// What escapes a quote in a quoted cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Escape {
    /// A backslash
    Backslash,
}

/// Which sign stands before decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Decimal {
    /// `1.200` is 1200
    Comma,
    /// `1.200` is 1.2
    Point,
}

impl Decimal {
    /// What a point means then.
    pub fn style(self) -> DecimalStyle {
        match self {
            Decimal::Comma => DecimalStyle::Comma,
            Decimal::Point => DecimalStyle::Point,
        }
    }
}

/// A kind of file, as it is called on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KindName(pub Kind);

impl ValueEnum for KindName {
    fn value_variants<'a>() -> &'a [Self] {
        const ALL: [KindName; Kind::ALL.len()] = {
            let mut all = [KindName(Kind::Csv); Kind::ALL.len()];
            let mut at = 0;
            while at < all.len() {
                all[at] = KindName(Kind::ALL[at].0);
                at += 1;
            }
            all
        };
        &ALL
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        let (_, name) = Kind::ALL.iter().find(|(kind, _)| *kind == self.0)?;
        Some(clap::builder::PossibleValue::new(*name))
    }
}

/// A separator, as it is called on the command line.
pub fn separator(text: &str) -> Result<u8, String> {
    match text.as_bytes() {
        b"tab" | b"\\t" => Ok(b'\t'),
        [b'"' | b'\n' | b'\r'] => Err("quotes and line breaks cannot stand between cells".to_owned()),
        [byte] if byte.is_ascii() => Ok(*byte),
        _ => Err("expected one ASCII character, or `tab`".to_owned()),
    }
}

/// A fact and the column that gives it.
pub fn pair(text: &str) -> Result<(String, String), String> {
    let (fact, column) = text.split_once('=').ok_or("expected FACT=COLUMN")?;
    Ok((fact.trim().to_owned(), column.trim().to_owned()))
}
