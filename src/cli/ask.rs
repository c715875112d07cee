//! `whoowns ask`.

use std::fmt;
use std::io::{self, IsTerminal};
use std::path::PathBuf;

use anyhow::bail;
use clap::{Args, ValueEnum};
use inquire::ui::RenderConfig;
use inquire::{InquireError, Select, Text};
use whoowns::diagnostic::{Style, printable};
use whoowns::interview::{Interview, Question, Refused};
use whoowns::report::sections::Sections;
use whoowns::report::{decision, json, profile_file, terminal};
use whoowns::{Ruleset, sentences};

use super::output::Output;
use super::shared::Organization;
use super::{Exit, Shared};

/// Ask, one question at a time, only what can still change the answer
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  whoowns ask
  whoowns ask acme.toml --save acme.toml         go on from what is known, and keep the answers
  whoowns ask --set headcount=300 --save acme.toml

Every question can be answered with \"don't know\", and the one before it asked again.")]
pub struct Ask {
    #[command(flatten)]
    organization: Organization,
    /// Write what is known in the end to this file, as a profile
    #[arg(long, value_name = "FILE")]
    save: Option<PathBuf>,
    /// How to write the decision
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: Format,
    /// All there is to say, not only what fits one screen
    #[arg(long)]
    full: bool,
    #[command(flatten)]
    output: Output,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people, in a terminal
    Table,
    /// One object
    Json,
}

/// What somebody says to a question.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Reply {
    Answer { label: String, value: String },
    DontKnow,
    Back,
    Stop,
}

impl fmt::Display for Reply {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Reply::Answer { label, .. } => label,
            Reply::DontKnow => "don't know",
            Reply::Back => "back to the question before",
            Reply::Stop => "stop here",
        })
    }
}

impl Ask {
    pub fn run(&self, shared: &Shared) -> anyhow::Result<Exit> {
        let ruleset = shared.ruleset()?;
        let profile = self.organization.profile(&ruleset)?;
        let mut interview = Interview::new(&ruleset, profile)?;
        if interview.question().is_some() {
            if !(io::stdin().is_terminal() && io::stderr().is_terminal()) {
                bail!(refusal(&ruleset, &interview));
            }
            if shared.error_style() == Style::Plain {
                inquire::set_global_render_config(RenderConfig::empty());
            }
            self.talk(&ruleset, &mut interview, shared)?;
        }
        let decision = interview.decision();
        let text = match self.format {
            Format::Json => json::pretty(&ruleset, decision),
            Format::Table => {
                let profile = interview.profile();
                let sections = Sections { ruleset: &ruleset, profile: &profile, decision };
                let terminal = self.output.terminal(shared);
                match self.full {
                    true => terminal::document(&ruleset, &decision::document(sections), terminal),
                    false => terminal::screen(sections, terminal),
                }
            }
        };
        if let Some(path) = &self.save {
            Output { output: Some(path.clone()) }
                .write(&profile_file::toml(&ruleset, &interview.profile()))?;
            shared.say(&format!("saved `{}`", path.display()));
        }
        self.output.write(&text)?;
        Ok(Exit::Answered)
    }

    fn talk(&self, ruleset: &Ruleset, interview: &mut Interview<'_>, shared: &Shared) -> anyhow::Result<()> {
        while let Some(question) = interview.question() {
            let taken = match prompt(&question, !interview.steps().is_empty())? {
                Reply::Stop => break,
                Reply::DontKnow => interview.decline(),
                Reply::Answer { value, .. } => interview.answer(&value),
                Reply::Back => {
                    interview.back()?;
                    continue;
                }
            };
            match taken {
                Ok(()) => {
                    shared.say(&format!("  so far: {}", sentences::so_far(ruleset, interview.decision())))
                }
                Err(Refused::Unread(unread)) => {
                    shared.say(&format!("  {}", unread.message));
                    if let Some(help) = unread.help {
                        shared.say(&format!("  {help}"));
                    }
                }
                Err(refused @ Refused::Contradiction(_)) => shared.say(&format!("  {refused}")),
                Err(refused) => return Err(refused.into()),
            }
        }
        Ok(())
    }
}

/// Asks one question; Esc goes back.
fn prompt(question: &Question, can_go_back: bool) -> anyhow::Result<Reply> {
    let text = printable(&question.text).into_owned();
    let reply = if question.choices.is_empty() {
        let back = if can_go_back { "; `back`" } else { "" };
        let help = format!("{}; empty: don't know{back}; `stop`", question.form);
        Text::new(&text).with_help_message(&help).prompt_skippable().map(|typed| {
            match typed.as_deref().map(str::trim) {
                None => Reply::Back,
                Some("" | "?") => Reply::DontKnow,
                Some("back") => Reply::Back,
                Some("stop") => Reply::Stop,
                Some(value) => Reply::Answer { label: value.to_owned(), value: value.to_owned() },
            }
        })
    } else {
        let answers = question.choices.iter().map(|choice| Reply::Answer {
            label: printable(&choice.label).into_owned(),
            value: choice.value.clone(),
        });
        let back = can_go_back.then_some(Reply::Back);
        let options: Vec<Reply> = answers.chain([Reply::DontKnow]).chain(back).chain([Reply::Stop]).collect();
        let shown = options.len();
        Select::new(&text, options)
            .with_page_size(shown)
            .prompt_skippable()
            .map(|reply| reply.unwrap_or(Reply::Back))
    };
    match reply {
        Err(InquireError::OperationInterrupted) => bail!("interrupted; nothing was saved"),
        other => Ok(other?),
    }
}

/// Why there is no interview, with what to give instead.
fn refusal(ruleset: &Ruleset, interview: &Interview<'_>) -> String {
    let mut text =
        "an interview needs a terminal; give these facts with `--set FACT=VALUE` or a profile instead:"
            .to_owned();
    for fact in &interview.decision().ask {
        let fact = ruleset.fact(*fact);
        text.push_str(&format!("\n  {}: {}", fact.name, sentences::question(fact)));
    }
    text
}
