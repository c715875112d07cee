//! Diagnostics as people read them, with the line and a caret under what is wrong.

use std::borrow::Cow;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use super::{Problems, Severity};

/// Whether colour may be used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Style {
    /// Text alone.
    #[default]
    Plain,
    /// With terminal colours.
    Coloured,
}

/// Every problem with its place, its line and its help, one after the other.
pub fn render(problems: &Problems, style: Style) -> String {
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Coloured => Renderer::styled(),
    };
    let mut text = String::new();
    for problem in &problems.list {
        let source = problems.sources.get(problem.span.source);
        let place = problems.sources.place(problem.span);
        let level = match problem.code.severity() {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let excerpt = source.excerpt(problem.span.range());
        let mut group = level.primary_title(printable(&problem.message)).id(problem.code.as_str()).element(
            Snippet::source(excerpt.text)
                .line_start(place.line)
                .path(printable(source.name()))
                .annotation(AnnotationKind::Primary.span(excerpt.span)),
        );
        for help in &problem.help {
            group = group.element(Level::HELP.message(printable(help)));
        }
        text.push_str(&renderer.render(&[group]));
        text.push_str("\n\n");
    }
    text.truncate(text.trim_end().len());
    text
}

/// A text without control characters and invisible direction marks, which could move the cursor, change colours or
/// reorder what stands around them; they show as `\u{1b}`.
pub fn printable(text: &str) -> Cow<'_, str> {
    let harmful = |letter: char| {
        (letter.is_control() && letter != '\n')
            || matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if !text.contains(harmful) {
        return Cow::Borrowed(text);
    }
    let shown = text.chars().map(|letter| match letter {
        '\t' => " ".into(),
        letter if harmful(letter) => letter.escape_unicode().to_string(),
        letter => letter.to_string(),
    });
    Cow::Owned(shown.collect())
}

#[cfg(test)]
mod tests {
    use super::super::{Code, Diagnostic};
    use super::*;
    use crate::source::{Source, Sources, Span};

    #[test]
    fn a_problem_shows_its_place_its_line_and_its_help() {
        let mut sources = Sources::new();
        let id = sources.add(Source::new("acme.toml", "name = \"A\"\nheadcuont = 3\n"));
        let problem = Diagnostic::new(Code::UnknownKey, Span::new(id, 11..20), "unknown key `headcuont`")
            .help("did you mean `headcount`?");
        let text = render(&Problems::new(sources, vec![problem]), Style::Plain);
        assert!(text.contains("acme.toml:2:1"), "{text}");
        assert!(text.contains("headcuont = 3"), "{text}");
        assert!(text.contains("did you mean `headcount`?"), "{text}");
    }

    #[test]
    fn control_characters_are_shown_not_sent() {
        assert_eq!(printable("a\u{1b}[31mb"), "a\\u{1b}[31mb");
        assert_eq!(printable("Größe"), "Größe");
    }
}
