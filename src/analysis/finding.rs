//! What a check found: a code, a place, a sentence, and where that helps a witness and a row that mends it.

use serde::Serialize;
use serde_json::{Map, Value as Json};

use crate::diagnostic::{Code, Diagnostic, Mend, Severity};
use crate::ruleset::Table;
use crate::source::{Sources, Span, toml_table, toml_text, toml_value};

/// One thing found.
#[derive(Debug, Clone)]
pub struct Finding {
    /// Which kind.
    pub code: Code,
    /// How bad; that of the code unless it was denied.
    pub severity: Severity,
    /// Where.
    pub span: Span,
    /// What is wrong: lower case, no final period, the user's words in backticks.
    pub message: String,
    /// What to do about it; may be empty.
    pub help: Vec<String>,
    /// The table it is about.
    pub table: Option<Table>,
    /// The id of the row it is about.
    pub rule: Option<String>,
    /// A profile in which it shows.
    pub witness: Option<Map<String, Json>>,
    /// A row in TOML that mends it, or what to write instead of what it points at.
    pub fix: Option<String>,
    /// The one obvious mend, to be made in the place of a span.
    pub mend: Option<Box<Mend>>,
}

impl Finding {
    /// A finding of kind `code` at `span`.
    pub fn new(code: Code, span: Span, message: impl Into<String>) -> Finding {
        Finding {
            code,
            severity: code.severity(),
            span,
            message: message.into(),
            help: Vec::new(),
            table: None,
            rule: None,
            witness: None,
            fix: None,
            mend: None,
        }
    }

    /// Says which table and row it is about.
    #[must_use]
    pub fn of(mut self, table: Table, rule: Option<&str>) -> Finding {
        self.table = Some(table);
        self.rule = rule.map(str::to_owned);
        self
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Finding {
        self.help.push(help.into());
        self
    }

    /// Adds a profile in which it shows.
    #[must_use]
    pub fn witness(mut self, witness: Map<String, Json>) -> Finding {
        self.witness = Some(witness);
        self
    }

    /// Adds a row that mends it.
    #[must_use]
    pub fn fix(mut self, fix: String) -> Finding {
        self.fix = Some(fix);
        self
    }

    /// The finding as the terminal shows mistakes.
    pub fn diagnostic(&self) -> Diagnostic {
        let mut shown = Diagnostic::new(self.code, self.span, self.message.clone());
        if let Some(witness) = self.witness.as_ref().filter(|witness| !witness.is_empty()) {
            let lines: Vec<String> =
                witness.iter().map(|(name, value)| format!("{name} = {value}")).collect();
            shown = shown.help(format!("for example the profile\n{}", lines.join("\n")));
        }
        if let (Some(fix), None) = (&self.fix, &self.mend) {
            shown =
                shown.help(format!("this row would mend it; choose what is right in it\n{}", fix.trim_end()));
        }
        self.help.iter().fold(shown, |shown, help| shown.help(help.clone()))
    }

    /// The finding as data, with its place.
    pub fn placed(&self, sources: &Sources) -> Placed {
        let place = sources.place(self.span);
        Placed {
            code: self.code.as_str().to_owned(),
            severity: self.severity.to_string(),
            message: self.message.clone(),
            file: sources.get(self.span.source).name().to_owned(),
            line: place.line,
            column: place.column,
            table: self.table.map(|table| table.as_str().to_owned()),
            rule: self.rule.clone(),
            witness: self.witness.clone(),
            fix: self.fix.clone(),
            help: self.help.clone(),
        }
    }
}

/// A finding in the shape of its JSON.
#[derive(Debug, Clone, Serialize)]
pub struct Placed {
    /// The code.
    pub code: String,
    /// `error` or `warning`.
    pub severity: String,
    /// What is wrong.
    pub message: String,
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The character in the line, from 1.
    pub column: usize,
    /// The table, if it is about one.
    pub table: Option<String>,
    /// The row, if it is about one.
    pub rule: Option<String>,
    /// A profile in which it shows.
    pub witness: Option<Map<String, Json>>,
    /// A row in TOML that mends it.
    pub fix: Option<String>,
    /// What to do about it.
    pub help: Vec<String>,
}

/// A condition in words: `headcount = "< 500" and hr_team = true`.
pub fn in_words(when: &Map<String, Json>) -> String {
    let tests: Vec<String> =
        when.iter().map(|(name, test)| format!("`{name} = {}`", toml_value(test))).collect();
    tests.join(" and ")
}

/// A row in TOML.
pub fn toml_row(table: Table, id: &str, when: &Map<String, Json>, keys: &[(&str, Json)]) -> String {
    let mut row = format!("[[{table}]]\nid = {}\n", toml_text(id));
    if !when.is_empty() {
        row.push_str(&format!("when = {}\n", toml_table(when)));
    }
    for (key, value) in keys {
        row.push_str(&format!("{key} = {}\n", toml_value(value)));
    }
    row
}
