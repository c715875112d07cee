//! `whoowns rules explain`.

use anyhow::bail;
use clap::Args;
use whoowns::diagnostic::{Code, nearest};
use whoowns::report::check_pages::page;

use crate::cli::output::Output;
use crate::cli::{Exit, Shared};

/// What a code means, why it matters, a bad rule and a good one
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  whoowns rules explain                          every code in a line
  whoowns rules explain uncovered")]
pub struct Explain {
    /// The code, as `rules check` prints it; without it, all codes are listed
    #[arg(value_name = "CODE")]
    code: Option<String>,
    #[command(flatten)]
    output: Output,
}

impl Explain {
    pub fn run(&self, _shared: &Shared) -> anyhow::Result<Exit> {
        let Some(name) = &self.code else {
            let width = Code::ALL.iter().map(|code| code.as_str().len()).max().unwrap_or(0);
            let line = |code: &Code| {
                format!("{:width$}  {:7}  {}\n", code.as_str(), code.severity(), code.meaning())
            };
            self.output.write(&Code::ALL.iter().map(line).collect::<String>())?;
            return Ok(Exit::Answered);
        };
        let Some(code) = Code::named(name) else {
            let near = nearest(name, Code::ALL.iter().map(|code| code.as_str()));
            let help = near.map_or("`whoowns rules explain` lists them".to_owned(), |near| {
                format!("did you mean `{near}`?")
            });
            bail!("there is no code `{name}`; {help}");
        };
        self.output.write(page(code))?;
        Ok(Exit::Answered)
    }
}
