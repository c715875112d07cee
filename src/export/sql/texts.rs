//! Columns of texts, read as lists are: a value by its id at once, else by its label or another spelling, case, spaces, `-`
//! and `_` aside; and the texts that mean "not known".

use super::dialect::Dialect;
use crate::profile::{bare_spellings, headcount};
use crate::ruleset::Fact;

/// A column of texts, as an expression.
pub struct Texts<'a> {
    pub dialect: Dialect,
    pub fact: &'a Fact,
    pub column: &'a str,
}

impl Texts<'_> {
    /// The number of the value that is named; `value` gives the number of each, `unknown` is that of none.
    pub fn choice(&self, unknown: u32, value: impl Fn(u32) -> u32) -> String {
        let Texts { dialect, fact, column } = self;
        let mut code = format!("CASE WHEN {column} IS NULL OR {column} = '' THEN {unknown}");
        for (at, name) in (0..).zip(&fact.values).filter(|(_, name)| !self.means_unknown(name)) {
            code.push_str(&format!(" WHEN {column} = {} THEN {}", dialect.text(name), value(at)));
        }
        let own: Vec<&str> = fact.unknown.iter().map(|spelling| spelling.trim()).collect();
        if !own.is_empty() {
            code.push_str(&format!(" WHEN {} THEN {unknown}", self.is_one_of(own)));
        }
        // What few rows say is looked for last.
        code.push_str(&format!(" ELSE CASE {}", self.bare()));
        for (spelling, at) in bare_spellings(fact) {
            code.push_str(&format!(" WHEN {} THEN {}", dialect.text(&spelling), value(at)));
        }
        let further = fact.other.map_or(0, value);
        let not_known = self.is_one_of(usual_unknowns());
        code + &format!(" ELSE CASE WHEN {not_known} THEN {unknown} ELSE {further} END END END")
    }

    /// Whether nothing is said.
    pub fn is_unknown(&self) -> String {
        let mut texts: Vec<&str> = usual_unknowns();
        texts.extend(self.fact.unknown.iter().map(|spelling| spelling.trim()));
        format!("{} IS NULL OR {}", self.column, self.is_one_of(texts))
    }

    fn means_unknown(&self, name: &str) -> bool {
        self.fact.unknown.iter().any(|spelling| spelling.trim().eq_ignore_ascii_case(name))
    }

    fn is_one_of<'t>(&self, texts: impl IntoIterator<Item = &'t str>) -> String {
        let texts = texts.into_iter().map(|text| self.dialect.text(&text.to_lowercase()));
        format!("LOWER(TRIM({})) IN ({})", self.column, texts.collect::<Vec<_>>().join(", "))
    }

    /// The text as spellings are compared.
    fn bare(&self) -> String {
        format!("LOWER({})", self.dialect.without(self.column, " \u{a0}-_"))
    }
}

fn usual_unknowns() -> Vec<&'static str> {
    std::iter::once("").chain(headcount::usual_unknowns()).collect()
}
