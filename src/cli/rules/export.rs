//! `whoowns rules export`.

use anyhow::bail;
use clap::{Args, ValueEnum};
use whoowns::export::{self, Mapping, Request};
use whoowns::report::rules;

use crate::cli::output::Output;
use crate::cli::{Exit, Shared};

/// The same decision elsewhere: as SQL that a database runs, as DMN, as tables to review, as JSON
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  whoowns rules export --to sql --dialect duckdb --table clients
  whoowns rules export --to sql --dialect postgresql --table crm.accounts --map headcount=employees
  whoowns rules export --to sql --dialect sqlite --table clients --map headcount=size_min,size_max --map regions=
  whoowns rules export --to dmn -o rules.dmn
  whoowns rules export --to markdown -o rules.md
  whoowns rules export --to json -o rules.json       which --rules reads

In SQL each fact is read from the column of its own name, unless --map names another, or none (`--map FACT=`).")]
pub struct Export {
    /// What to write
    #[arg(long, value_name = "FORMAT")]
    to: Format,
    /// The database that is to run the SQL
    #[arg(long, value_name = "DIALECT", help_heading = "SQL")]
    dialect: Option<Dialect>,
    /// The table that the SQL reads; points part schema and table
    #[arg(long, value_name = "NAME", help_heading = "SQL")]
    table: Option<String>,
    /// The column that gives a fact, or the two that give the least and the most of a number; may be repeated
    #[arg(long = "map", value_name = "FACT=COLUMN", help_heading = "SQL")]
    map: Vec<String>,
    /// The answers, as in `batch`: status, owner, contact, confidence, rule, ask, derived facts, FACT_min, FACT_max
    #[arg(long, value_name = "NAMES", value_delimiter = ',', help_heading = "SQL")]
    columns: Option<Vec<String>>,
    /// What the names of the answers begin with
    #[arg(long, value_name = "TEXT", help_heading = "SQL")]
    prefix: Option<String>,
    #[command(flatten)]
    output: Output,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One SELECT: the table's columns and the answers
    Sql,
    /// DMN 1.3: decision tables with a diagram, for modellers and decision engines
    Dmn,
    /// The tables, for review
    Markdown,
    /// The ruleset as used, with what it extends
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Dialect {
    Duckdb,
    Postgresql,
    Sqlite,
    Spark,
    Snowflake,
    Bigquery,
}

impl From<Dialect> for export::Dialect {
    fn from(dialect: Dialect) -> export::Dialect {
        match dialect {
            Dialect::Duckdb => export::Dialect::Duckdb,
            Dialect::Postgresql => export::Dialect::Postgresql,
            Dialect::Sqlite => export::Dialect::Sqlite,
            Dialect::Spark => export::Dialect::Spark,
            Dialect::Snowflake => export::Dialect::Snowflake,
            Dialect::Bigquery => export::Dialect::Bigquery,
        }
    }
}

impl Export {
    pub fn run(&self, shared: &Shared) -> anyhow::Result<Exit> {
        let ruleset = shared.ruleset()?;
        let for_sql = [
            ("--dialect", self.dialect.is_some()),
            ("--table", self.table.is_some()),
            ("--map", !self.map.is_empty()),
            ("--columns", self.columns.is_some()),
            ("--prefix", self.prefix.is_some()),
        ];
        if self.to != Format::Sql
            && let Some((option, _)) = for_sql.into_iter().find(|(_, given)| *given)
        {
            bail!("`{option}` is for `--to sql` alone");
        }
        let text = match self.to {
            Format::Markdown => rules::markdown(&ruleset),
            Format::Json => export::json(&ruleset),
            Format::Dmn if ruleset.owner().is_empty() => {
                bail!("`{}` has no `[[owner]]` row, so that it decides nothing: add one", ruleset.name());
            }
            Format::Dmn => export::dmn(&ruleset),
            Format::Sql => {
                let Some(dialect) = self.dialect else {
                    bail!(
                        "`--to sql` needs `--dialect`: duckdb, postgresql, sqlite, spark, snowflake or bigquery"
                    );
                };
                let Some(table) = self.table.clone().filter(|table| !table.trim().is_empty()) else {
                    bail!("`--to sql` needs `--table NAME`: the table that it reads");
                };
                let request = Request {
                    dialect: dialect.into(),
                    table,
                    mapping: Mapping::read(&ruleset, &self.map)?,
                    columns: self.columns.clone(),
                    prefix: self.prefix.clone(),
                };
                export::sql(&ruleset, &request)?
            }
        };
        self.output.write(&text)?;
        Ok(Exit::Answered)
    }
}
