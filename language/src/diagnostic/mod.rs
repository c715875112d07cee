//! What the user wrote wrongly: a code, a place, a sentence and a hint.
//!
//! The user's mistakes are [`Diagnostic`]s and always have a place; the world's failures (a file that cannot be read)
//! are errors of another kind.

mod code;
mod lookalike;
mod mend;
mod nearest;
mod render;
mod scan;

use std::fmt;

pub use code::{Code, Severity};
pub use lookalike::no_toml;
pub use mend::{Mend, mended};
pub use nearest::nearest;
pub use render::{Style, printable, render};

use crate::source::{Sources, Span, SyntaxError};

/// One mistake.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    /// Which kind of mistake.
    pub code: Code,
    /// Where it stands.
    pub span: Span,
    /// What is wrong: lower case, no final period, the user's words in backticks.
    pub message: String,
    /// What was expected or what to do; may be empty.
    pub help: Vec<String>,
    /// What to write instead, where there is one obvious thing.
    pub mend: Option<Box<Mend>>,
}

impl Diagnostic {
    /// A mistake of kind `code` at `span`.
    pub fn new(code: Code, span: Span, message: impl Into<String>) -> Self {
        Diagnostic { code, span, message: message.into(), help: Vec::new(), mend: None }
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// Says what to write in the place of `span`, ready to paste.
    #[must_use]
    pub fn mend(mut self, span: Span, text: impl Into<String>) -> Self {
        let text = text.into();
        self.help.push(format!("write `{text}`"));
        self.mend = Some(Box::new(Mend { span, text }));
        self
    }

    /// As [`Diagnostic::suggest`], where no mend says already what to write.
    #[must_use]
    pub fn or_suggest<'a>(self, written: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        if self.mend.is_some() { self } else { self.suggest(written, known) }
    }

    /// Adds "did you mean …" where one of `known` is near `written`, else what there is to choose from.
    #[must_use]
    pub fn suggest<'a>(self, written: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        const FEW: usize = 12;
        let known: Vec<&str> = known.into_iter().collect();
        match nearest(written, known.iter().copied()) {
            Some(near) => self.help(format!("did you mean `{near}`?")),
            None if known.is_empty() || known.len() > FEW => self,
            None => self.help(format!("expected one of `{}`", known.join("`, `"))),
        }
    }
}

impl From<SyntaxError> for Diagnostic {
    fn from(error: SyntaxError) -> Self {
        Diagnostic::new(Code::Syntax, error.span, lower_first(error.message.trim_end_matches('.')))
    }
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    let Some(first) = letters.next() else { return String::new() };
    // `TOML …` and the like keep their capitals.
    if letters.clone().next().is_some_and(char::is_uppercase) {
        return text.to_owned();
    }
    first.to_lowercase().chain(letters).collect()
}

/// Every mistake found in one go, with the texts they stand in.
#[derive(Debug, Clone, Default)]
pub struct Problems {
    /// The texts.
    pub sources: Sources,
    /// The mistakes, by place.
    pub list: Vec<Diagnostic>,
}

impl Problems {
    /// Mistakes in `sources`, sorted by their place.
    pub fn new(sources: Sources, mut list: Vec<Diagnostic>) -> Self {
        list.sort_by(|a, b| a.span.cmp(&b.span).then_with(|| a.message.cmp(&b.message)));
        list.dedup_by(|a, b| a.span == b.span && a.message == b.message);
        Problems { sources, list }
    }
}

impl fmt::Display for Problems {
    /// One line a mistake: `FILE:LINE:COLUMN: message`, for logs and tests; [`render`] shows the line itself.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, problem) in self.list.iter().enumerate() {
            if at > 0 {
                writeln!(formatter)?;
            }
            let name = self.sources.get(problem.span.source).name();
            let place = self.sources.place(problem.span);
            write!(formatter, "{name}:{place}: {}", printable(&problem.message))?;
            for help in &problem.help {
                write!(formatter, "; {}", printable(help))?;
            }
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}
