//! How each database spells the same: names, texts, and what they differ in.

use std::fmt;

/// A database's spelling of SQL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// DuckDB.
    Duckdb,
    /// PostgreSQL.
    Postgresql,
    /// SQLite.
    Sqlite,
    /// Spark SQL.
    Spark,
    /// Snowflake.
    Snowflake,
    /// Google BigQuery.
    Bigquery,
}

/// Words that Snowflake takes for its own where they stand unquoted.
const RESERVED: [&str; 56] = [
    "all",
    "alter",
    "and",
    "any",
    "as",
    "between",
    "by",
    "case",
    "cast",
    "check",
    "column",
    "connect",
    "constraint",
    "create",
    "cross",
    "current",
    "delete",
    "distinct",
    "drop",
    "else",
    "exists",
    "false",
    "for",
    "from",
    "full",
    "grant",
    "group",
    "having",
    "in",
    "inner",
    "insert",
    "into",
    "is",
    "join",
    "left",
    "like",
    "natural",
    "not",
    "null",
    "of",
    "on",
    "or",
    "order",
    "right",
    "row",
    "rows",
    "select",
    "set",
    "start",
    "table",
    "then",
    "to",
    "true",
    "union",
    "where",
    "with",
];

impl Dialect {
    /// A name, quoted so that it means itself whatever is in it. Snowflake reads unquoted names in upper case, as it
    /// stores them, so that plain ones stay unquoted there.
    pub fn name(self, name: &str) -> String {
        let plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
        let is_plain = name.chars().all(plain) && name.starts_with(|first: char| !first.is_ascii_digit());
        match self {
            Dialect::Snowflake if is_plain && !RESERVED.contains(&name.to_lowercase().as_str()) => {
                name.to_owned()
            }
            Dialect::Spark => format!("`{}`", name.replace('`', "``")),
            Dialect::Bigquery => format!("`{}`", name.replace('\\', "\\\\").replace('`', "\\`")),
            _ => format!("\"{}\"", name.replace('"', "\"\"")),
        }
    }

    /// A table's name; points part schema and table, unless they stand in double quotes.
    pub fn table(self, name: &str) -> String {
        let mut parts: Vec<String> = vec![String::new()];
        let mut quoted = false;
        let mut letters = name.chars().peekable();
        while let Some(letter) = letters.next() {
            match (letter, quoted) {
                ('"', true) if letters.peek() == Some(&'"') => {
                    letters.next();
                    push(&mut parts, '"');
                }
                ('"', _) if quoted || parts.last().is_some_and(String::is_empty) => quoted = !quoted,
                ('.', false) => parts.push(String::new()),
                _ => push(&mut parts, letter),
            }
        }
        parts.iter().map(|part| self.name(part)).collect::<Vec<_>>().join(".")
    }

    /// A text.
    pub fn text(self, text: &str) -> String {
        match self {
            Dialect::Duckdb | Dialect::Postgresql | Dialect::Sqlite => {
                format!("'{}'", text.replace('\'', "''"))
            }
            Dialect::Spark | Dialect::Snowflake | Dialect::Bigquery => {
                let mut quoted = String::from("'");
                for letter in text.chars() {
                    match letter {
                        '\'' => quoted.push_str("\\'"),
                        '\\' => quoted.push_str("\\\\"),
                        '\n' => quoted.push_str("\\n"),
                        '\r' => quoted.push_str("\\r"),
                        letter => quoted.push(letter),
                    }
                }
                quoted + "'"
            }
        }
    }

    /// Yes or no.
    pub fn flag(self, flag: bool) -> &'static str {
        match (self, flag) {
            (Dialect::Sqlite, true) => "1",
            (Dialect::Sqlite, false) => "0",
            (_, true) => "TRUE",
            (_, false) => "FALSE",
        }
    }

    /// A whole number wide enough to be multiplied.
    pub fn wide(self, number: &str) -> String {
        let kind = match self {
            Dialect::Duckdb => "HUGEINT",
            Dialect::Postgresql => "NUMERIC",
            // SQLite has none wider than 64 bits.
            Dialect::Sqlite => "INTEGER",
            Dialect::Spark => "DECIMAL(20,0)",
            Dialect::Snowflake => "NUMBER(38,0)",
            Dialect::Bigquery => "BIGNUMERIC",
        };
        format!("CAST({number} AS {kind})")
    }

    /// What keeps a step from being worked out anew for each that reads it, where that has to be said.
    pub fn once(self) -> &'static str {
        match self {
            Dialect::Duckdb | Dialect::Postgresql | Dialect::Sqlite => "MATERIALIZED ",
            Dialect::Spark | Dialect::Snowflake | Dialect::Bigquery => "",
        }
    }
}

fn push(parts: &mut [String], letter: char) {
    if let Some(last) = parts.last_mut() {
        last.push(letter);
    }
}

impl fmt::Display for Dialect {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Dialect::Duckdb => "DuckDB",
            Dialect::Postgresql => "PostgreSQL",
            Dialect::Sqlite => "SQLite",
            Dialect::Spark => "Spark",
            Dialect::Snowflake => "Snowflake",
            Dialect::Bigquery => "BigQuery",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_and_no_name_ends_before_it_should() {
        assert_eq!(Dialect::Duckdb.text("it's"), "'it''s'");
        assert_eq!(Dialect::Postgresql.text("a\\'b"), "'a\\''b'");
        assert_eq!(Dialect::Bigquery.text("a\\'b\n"), "'a\\\\\\'b\\n'");
        assert_eq!(Dialect::Snowflake.text("\\' OR 1=1 --"), "'\\\\\\' OR 1=1 --'");
        assert_eq!(Dialect::Sqlite.name("a\"b"), "\"a\"\"b\"");
        assert_eq!(Dialect::Spark.name("a`b"), "`a``b`");
        assert_eq!(Dialect::Bigquery.name("a`b"), "`a\\`b`");
    }

    #[test]
    fn points_part_a_name_unless_it_is_quoted() {
        assert_eq!(Dialect::Postgresql.table("crm.accounts"), "\"crm\".\"accounts\"");
        assert_eq!(Dialect::Duckdb.table("\"clients.parquet\""), "\"clients.parquet\"");
        assert_eq!(Dialect::Duckdb.table("a\"b"), "\"a\"\"b\"");
        assert_eq!(Dialect::Snowflake.table("crm.accounts"), "crm.accounts");
        assert_eq!(Dialect::Snowflake.table("crm.order"), "crm.\"order\"");
    }
}
