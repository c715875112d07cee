//! Texts that are meant as TOML and are something else: YAML, JSON, a pasted table, curly quotes. What a parser says of
//! them is many sentences about brackets; here one mistake is one error that says what it is.

use super::scan::{Found, scan};
use super::{Code, Diagnostic, Mend, mended};
use crate::source::{SourceId, Span, SyntaxError, read_json, read_toml};

/// What is wrong with a text that is no TOML, `errors` being what the parser says of it and `rows` the tables of which
/// there are many rows.
pub fn no_toml(source: SourceId, text: &str, errors: Vec<SyntaxError>, rows: &[&str]) -> Vec<Diagnostic> {
    if let Some(whole) = another_format(source, text) {
        return vec![whole];
    }
    let found = scan(text, rows);
    let mut problems: Vec<Diagnostic> = found.iter().map(|found| found.diagnostic(source)).collect();
    let mends: Vec<Mend> = problems.iter().filter_map(|problem| problem.mend.as_deref().cloned()).collect();
    if problems.is_empty() {
        return errors.into_iter().map(Diagnostic::from).collect();
    }
    // What the parser still says of the mended text is a mistake of its own.
    let (after, _) = mended(source, text, &mends);
    let left = read_toml(source, &after).err().unwrap_or_default();
    let is_told = |span: &Span| {
        found.iter().any(|found| found.mend.is_none() && found.lines(text).contains(&span.start))
    };
    for mut error in left {
        error.span = place_before(error.span, &mends);
        if !is_told(&error.span) {
            problems.push(error.into());
        }
    }
    problems
}

/// Where a span of the mended text stands in the text as it was.
fn place_before(span: Span, mends: &[Mend]) -> Span {
    let mut sorted: Vec<&Mend> = mends.iter().collect();
    sorted.sort_by_key(|mend| mend.span.start);
    let before = |offset: usize| {
        let mut shift = 0_isize;
        for mend in &sorted {
            let begins = mend.span.start.saturating_add_signed(shift);
            if offset < begins {
                break;
            }
            if offset < begins + mend.text.len() {
                return mend.span.start;
            }
            shift += mend.text.len() as isize - (mend.span.end - mend.span.start) as isize;
        }
        offset.saturating_add_signed(-shift)
    };
    Span { start: before(span.start), end: before(span.end), ..span }
}

/// A text that is in another format altogether.
fn another_format(source: SourceId, text: &str) -> Option<Diagnostic> {
    let error = |offset: usize, message: &str, help: &str| {
        let end = text.ceil_char_boundary(offset + 1);
        Some(Diagnostic::new(Code::Syntax, Span::new(source, offset..end), message).help(help))
    };
    if let Some(at) = text.find('\0') {
        let message = "the file is UTF-16, or no text at all";
        return error(text.floor_char_boundary(at.saturating_sub(1)), message, "save it as UTF-8");
    }
    if !text.contains('\n') && text.trim_end().contains('\r') {
        let at = text.find('\r').unwrap_or_default();
        return error(
            at,
            "the lines end in CR alone",
            "save the file with line ends of Unix (LF) or Windows (CRLF)",
        );
    }
    let begins = text.len() - text.trim_start().len();
    let body = text.trim_start_matches('\u{feff}').trim_start();
    let is_json = match body.as_bytes() {
        [b'{', ..] => true,
        [b'[', rest @ ..] => {
            let next = rest.iter().find(|byte| !byte.is_ascii_whitespace());
            matches!(next, Some(b'{' | b']')) || read_json(source, body).is_ok()
        }
        _ => false,
    };
    if is_json {
        return error(
            begins,
            "this is JSON, and TOML is expected",
            "see `whoowns rules new` for a file to start from",
        );
    }
    if body.starts_with('<') {
        return error(
            begins,
            "this is HTML or XML, and TOML is expected",
            "see `whoowns rules new` for a file to start from",
        );
    }
    let at = yaml(text)?;
    error(at, "this is YAML, and TOML is expected", "see `whoowns rules new` for a file to start from")
}

/// Where a text shows that it is YAML: no line of it has a `=` or a `[section]`, and one has what only YAML has.
fn yaml(text: &str) -> Option<usize> {
    let mut shown = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim();
        let is_remark = content.is_empty() || content.starts_with('#');
        if !is_remark && (content.contains('=') || content.starts_with('[')) {
            return None;
        }
        let key = content.split_once(':').map(|(key, _)| key);
        let is_key = key.is_some_and(|key| !key.is_empty() && !key.contains(char::is_whitespace));
        let is_yaml = content == "---"
            || content.starts_with("- ")
            || (is_key && (content.ends_with(':') || line.starts_with([' ', '\t'])));
        if is_yaml && shown.is_none() {
            shown = Some(at + (line.len() - line.trim_start().len()));
        }
        at += line.len();
    }
    shown
}

impl Found {
    fn diagnostic(&self, source: SourceId) -> Diagnostic {
        let span = Span::new(source, self.range.clone());
        let problem = Diagnostic::new(Code::Syntax, span, self.message.clone());
        match &self.mend {
            Some(text) => problem.mend(span, text.clone()),
            None => problem.help(self.help),
        }
    }

    /// The bytes of the lines it stands on.
    fn lines(&self, text: &str) -> std::ops::Range<usize> {
        let start = text.get(..self.range.start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
        let end = text.get(self.range.end..).and_then(|after| after.find('\n'));
        start..end.map_or(text.len() + 1, |at| self.range.end + at + 1)
    }
}
