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

/// What a column of a statement's own tables holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// A whole number of 64 bits.
    Number,
    /// A whole number wide enough to be the product of two others.
    Wide,
    /// Yes or no.
    Flag,
    /// A text.
    Text,
}

impl Dialect {
    /// A name, quoted so that it means itself whatever is in it. Snowflake reads names without quotes in upper case, as it
    /// stores them, so that plain ones are meant so there.
    pub fn name(self, name: &str) -> String {
        let plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
        match self {
            Dialect::Snowflake if name.chars().all(plain) => self.exact_name(&name.to_uppercase()),
            _ => self.exact_name(name),
        }
    }

    fn exact_name(self, name: &str) -> String {
        match self {
            Dialect::Spark => format!("`{}`", name.replace('`', "``")),
            Dialect::Bigquery => format!("`{}`", escaped(name, '`')),
            _ => format!("\"{}\"", name.replace('"', "\"\"")),
        }
    }

    /// A table's name; points part schema and table, unless they stand in double quotes. `None` where a part is empty or
    /// a quote has no end.
    pub fn table(self, name: &str) -> Option<String> {
        let mut parts: Vec<(String, bool)> = vec![(String::new(), false)];
        let mut quoted = false;
        let mut letters = name.chars().peekable();
        while let Some(letter) = letters.next() {
            let (part, exact) = parts.last_mut()?;
            match (letter, quoted) {
                ('"', true) if letters.peek() == Some(&'"') => {
                    letters.next();
                    part.push('"');
                }
                ('"', true) => quoted = false,
                ('"', false) if part.is_empty() && !*exact => (quoted, *exact) = (true, true),
                ('.', false) => parts.push((String::new(), false)),
                _ => part.push(letter),
            }
        }
        if quoted || parts.iter().any(|(part, _)| part.trim().is_empty()) {
            return None;
        }
        let spelled =
            parts.iter().map(|(part, exact)| if *exact { self.exact_name(part) } else { self.name(part) });
        Some(spelled.collect::<Vec<_>>().join("."))
    }

    /// Why a name cannot stand in a statement, in words that follow it; `None` where it can.
    pub fn unnameable(self, name: &str) -> Option<&'static str> {
        match self {
            _ if name.trim().is_empty() => Some("is empty"),
            _ if name.contains('\0') => Some("holds a NUL, which ends a statement"),
            Dialect::Spark if name.contains("${") => {
                Some("holds `${`, which Spark takes for one of its variables, in quotes too")
            }
            _ => None,
        }
    }

    /// Why a name cannot be that of an answer, in words that follow it.
    pub fn no_column(self, name: &str) -> Option<&'static str> {
        const REFUSED: &str = "!\"$()*,./;?@[]^`{}~\\";
        match self {
            Dialect::Bigquery
                if name.contains(|letter: char| REFUSED.contains(letter) || letter.is_control()) =>
            {
                Some("holds what BigQuery allows in no column: use letters, digits and `_`")
            }
            Dialect::Bigquery if name.chars().count() > 300 => Some("is longer than BigQuery's 300 letters"),
            Dialect::Snowflake if name.chars().count() > 255 => {
                Some("is longer than Snowflake's 255 letters")
            }
            // It would cut the names of several answers to the same.
            Dialect::Postgresql if name.len() > 63 => {
                Some("is longer than the 63 bytes that PostgreSQL reads")
            }
            _ => self.unnameable(name),
        }
    }

    /// A text.
    pub fn text(self, text: &str) -> String {
        match self {
            // Where an old setting lets backslashes escape, they are read the same.
            Dialect::Postgresql if text.contains('\\') => {
                format!("E'{}'", text.replace('\\', "\\\\").replace('\'', "''"))
            }
            Dialect::Duckdb | Dialect::Postgresql | Dialect::Sqlite => {
                format!("'{}'", text.replace('\'', "''"))
            }
            // Spark puts variables in before it reads the statement, into texts as well.
            Dialect::Spark => format!("'{}'", escaped(text, '\'').replace("${", "\\u0024{")),
            Dialect::Snowflake | Dialect::Bigquery => format!("'{}'", escaped(text, '\'')),
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

    /// The type of a column.
    fn kind(self, holds: Holds) -> &'static str {
        match (self, holds) {
            (Dialect::Duckdb, Holds::Wide) => "HUGEINT",
            (Dialect::Postgresql, Holds::Wide) => "NUMERIC",
            // SQLite has none wider than 64 bits, and no booleans.
            (Dialect::Sqlite, Holds::Wide | Holds::Number | Holds::Flag) => "INTEGER",
            (Dialect::Spark, Holds::Wide) => "DECIMAL(20, 0)",
            (Dialect::Snowflake, Holds::Wide) => "NUMBER(38, 0)",
            (Dialect::Bigquery, Holds::Wide) => "BIGNUMERIC",
            (Dialect::Bigquery, Holds::Number) => "INT64",
            (Dialect::Bigquery, Holds::Flag) => "BOOL",
            (_, Holds::Number) => "BIGINT",
            (_, Holds::Flag) => "BOOLEAN",
            (Dialect::Spark | Dialect::Bigquery, Holds::Text) => "STRING",
            (Dialect::Postgresql | Dialect::Sqlite, Holds::Text) => "TEXT",
            (_, Holds::Text) => "VARCHAR",
        }
    }

    /// Something as a column of this type.
    pub fn cast(self, what: &str, holds: Holds) -> String {
        format!("CAST({what} AS {})", self.kind(holds))
    }

    /// Whether a step is read from a list. Spark asks of each branch of a `CASE` what can be inferred from it, step by step,
    /// and does not end.
    pub fn reads_lists(self) -> bool {
        self == Dialect::Spark
    }

    /// An element of a list of numbers by its place, from 0.
    pub fn element(self, list: &str, place: &str) -> String {
        format!("ARRAY({list})[{place}]")
    }

    /// A text without these letters.
    pub fn without(self, text: &str, letters: &str) -> String {
        match self {
            Dialect::Sqlite => letters
                .chars()
                .fold(text.to_owned(), |text, letter| format!("REPLACE({text}, '{letter}', '')")),
            _ => format!("TRANSLATE({text}, '{letters}', '')"),
        }
    }

    /// How often a whole number goes into another.
    pub fn quotient(self, number: &str, divisor: u64) -> String {
        match self {
            Dialect::Duckdb => format!("{number} // {divisor}"),
            Dialect::Postgresql | Dialect::Sqlite => format!("{number} / {divisor}"),
            Dialect::Spark => format!("{number} DIV {divisor}"),
            // Without what is left over, since a quotient is rounded to six digits there.
            Dialect::Snowflake => format!("FLOOR(({number} - MOD({number}, {divisor})) / {divisor})"),
            Dialect::Bigquery => format!("DIV({number}, {divisor})"),
        }
    }

    /// A table of its own in a `WITH`. The first row has no bare `NULL`, since it says of what type the columns are.
    pub fn values(self, name: &str, columns: &[(String, Holds)], rows: &[Vec<String>]) -> String {
        let typed = |at: usize, row: &[String]| {
            let cell = |(cell, (_, holds)): (&String, &(String, Holds))| match at {
                0 if cell == "NULL" => self.cast(cell, *holds),
                _ => cell.clone(),
            };
            format!("({})", row.iter().zip(columns).map(cell).collect::<Vec<_>>().join(", "))
        };
        let rows: Vec<String> = rows.iter().enumerate().map(|(at, row)| typed(at, row)).collect();
        let rows = rows.join(",\n  ");
        let names = columns.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", ");
        match self {
            Dialect::Duckdb | Dialect::Postgresql | Dialect::Sqlite => {
                format!("{name}({names}) AS {}(VALUES\n  {rows}\n)", self.once())
            }
            Dialect::Spark | Dialect::Snowflake => {
                format!("{name} AS (SELECT * FROM (VALUES\n  {rows}\n) AS v({names}))")
            }
            Dialect::Bigquery => {
                let typed = columns.iter().map(|(name, holds)| format!("{name} {}", self.kind(*holds)));
                let typed = typed.collect::<Vec<_>>().join(", ");
                format!("{name} AS (SELECT * FROM UNNEST(ARRAY<STRUCT<{typed}>>[\n  {rows}\n]))")
            }
        }
    }

    /// A table whose rows are found by these columns, which no two of them share. SQLite makes an index for that only where
    /// it takes the table for large, as it does of groups; otherwise it reads all of it for each row.
    pub fn found_by(self, table: &str, columns: &[&str]) -> String {
        match self {
            Dialect::Sqlite => format!("(SELECT * FROM {table} GROUP BY {})", columns.join(", ")),
            _ => table.to_owned(),
        }
    }

    /// What tells Spark that a table is small, which it cannot know.
    pub fn small(self, names: &str) -> String {
        if self == Dialect::Spark { format!("/*+ BROADCAST({names}) */ ") } else { String::new() }
    }

    /// What keeps a step from being worked out anew for each that reads it, where that has to be said.
    pub fn once(self) -> &'static str {
        match self {
            Dialect::Duckdb | Dialect::Postgresql | Dialect::Sqlite => "MATERIALIZED ",
            Dialect::Spark | Dialect::Snowflake | Dialect::Bigquery => "",
        }
    }
}

/// What stands in quotes where backslashes escape.
fn escaped(text: &str, quote: char) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\n' => escaped.push_str("\\n"),
            '\r' => escaped.push_str("\\r"),
            letter => {
                if letter == quote || letter == '\\' {
                    escaped.push('\\');
                }
                escaped.push(letter);
            }
        }
    }
    escaped
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
        assert_eq!(Dialect::Postgresql.text("a\\'b"), "E'a\\\\''b'");
        assert_eq!(Dialect::Spark.text("${env:HOME}"), "'\\u0024{env:HOME}'");
        assert_eq!(Dialect::Bigquery.text("a\\'b\n"), "'a\\\\\\'b\\n'");
        assert_eq!(Dialect::Snowflake.text("\\' OR 1=1 --"), "'\\\\\\' OR 1=1 --'");
        assert_eq!(Dialect::Sqlite.name("a\"b"), "\"a\"\"b\"");
        assert_eq!(Dialect::Spark.name("a`b"), "`a``b`");
        assert_eq!(Dialect::Bigquery.name("a`b"), "`a\\`b`");
    }

    #[test]
    fn points_part_a_name_unless_it_is_quoted() {
        let table = |dialect: Dialect, name: &str| dialect.table(name).unwrap_or_default();
        assert_eq!(table(Dialect::Postgresql, "crm.accounts"), "\"crm\".\"accounts\"");
        assert_eq!(table(Dialect::Duckdb, "\"clients.parquet\""), "\"clients.parquet\"");
        assert_eq!(table(Dialect::Duckdb, "a\"b"), "\"a\"\"b\"");
        assert_eq!(table(Dialect::Duckdb, "\"a\"\"b\".c"), "\"a\"\"b\".\"c\"");
        assert_eq!(table(Dialect::Snowflake, "crm.order"), "\"CRM\".\"ORDER\"");
        assert_eq!(table(Dialect::Snowflake, "\"crm\".\"Order\""), "\"crm\".\"Order\"");
        for wrong in ["", "a..b", ".a", "a.", "\"a", "\"\""] {
            assert_eq!(Dialect::Duckdb.table(wrong), None, "{wrong}");
        }
    }
}
