//! A text that is nearly TOML, read line by line for what people write who have never seen TOML.

use std::ops::Range;

/// Something that is no TOML, and what is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// Where it stands.
    pub range: Range<usize>,
    /// What it is.
    pub message: String,
    /// What to write instead, where that is obvious.
    pub mend: Option<String>,
    /// What to do where it is not.
    pub help: &'static str,
}

/// Everything in a text that is recognized; `rows` are the tables of which there are many rows.
pub(super) fn scan(text: &str, rows: &[&str]) -> Vec<Found> {
    let mut scanner = Scanner { text, rows, found: Vec::new(), open: Vec::new(), until: None };
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim_end_matches(['\n', '\r']);
        scanner.line(at, at + content.len());
        at += line.len();
    }
    scanner.found
}

struct Scanner<'a> {
    text: &'a str,
    rows: &'a [&'a str],
    found: Vec<Found>,
    /// The brackets and braces that are open.
    open: Vec<u8>,
    /// The end of the text over several lines that is being read.
    until: Option<&'static str>,
}

/// Opening curly quotes, and those that close what each opens.
const CURLY: [(char, &[char]); 8] = [
    ('\u{201c}', &['\u{201d}', '\u{201c}']),
    ('\u{201d}', &['\u{201d}', '\u{201c}']),
    ('\u{201e}', &['\u{201c}', '\u{201d}']),
    ('\u{2018}', &['\u{2019}', '\u{2018}']),
    ('\u{2019}', &['\u{2019}', '\u{2018}']),
    ('\u{201a}', &['\u{2018}', '\u{2019}']),
    ('\u{ab}', &['\u{bb}']),
    ('\u{bb}', &['\u{ab}', '\u{bb}']),
];

impl Scanner<'_> {
    fn rest(&self, at: usize, end: usize) -> &str {
        self.text.get(at..end).unwrap_or_default()
    }

    fn mend(&mut self, range: Range<usize>, message: impl Into<String>, mend: impl Into<String>) {
        self.found.push(Found { range, message: message.into(), mend: Some(mend.into()), help: "" });
    }

    fn line(&mut self, start: usize, end: usize) {
        let mut at = start;
        if let Some(closing) = self.until {
            let Some(closes) = self.rest(at, end).find(closing) else { return };
            at += closes + closing.len();
            self.until = None;
        } else if self.open.is_empty() {
            let line = self.rest(start, end);
            at += line.len() - line.trim_start().len();
            let line = line.trim();
            for (sign, name) in [(";", "`;`"), ("//", "`//`"), ("--", "`--`")] {
                if line.starts_with(sign) {
                    return self.mend(at..at + sign.len(), format!("{name} begins no remark"), "#");
                }
            }
            if line.starts_with('[') {
                return self.header(at, line.len());
            }
            if is_table_line(line) {
                return self.pasted(at, at + line.len());
            }
            match self.key(at, end) {
                Some(value) => at = value,
                None => return,
            }
        }
        self.values(at, end);
    }

    /// `[owner]` above what is meant as one of several rows.
    fn header(&mut self, at: usize, length: usize) {
        let line = self.rest(at, at + length);
        let name = line.split_once('#').map_or(line, |(header, _)| header).trim();
        let single = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).map(str::trim);
        if let Some(table) = single.filter(|table| self.rows.contains(table)) {
            let (message, mend) = (
                format!("`[{table}]` is one table, and `{table}` is a list of rows"),
                format!("[[{table}]]"),
            );
            self.mend(at..at + name.len(), message, mend);
        }
    }

    /// A line of a table from a page or a spreadsheet; of several in a row the first alone is said.
    fn pasted(&mut self, start: usize, end: usize) {
        const MESSAGE: &str = "a table from elsewhere is no TOML";
        match self.found.last_mut() {
            Some(last) if last.message == MESSAGE && self.text[last.range.end..start].trim().is_empty() => {
                last.range.end = end;
            }
            _ => self.found.push(Found {
                range: start..end,
                message: MESSAGE.to_owned(),
                mend: None,
                help: "write each row as in `[[owner]]`, with `id = \"…\"`, `when = { … }` and `role = \"…\"` below it",
            }),
        }
    }

    /// The key at the beginning of a line; comes back with where its value begins.
    fn key(&mut self, at: usize, end: usize) -> Option<usize> {
        let line = self.rest(at, end);
        let key = line.find(|letter: char| !(letter.is_ascii_alphanumeric() || "_-.".contains(letter)))?;
        let sign = key + line[key..].len() - line[key..].trim_start().len();
        match line[sign..].chars().next()? {
            '=' => Some(at + sign + 1),
            ':' if key > 0 => {
                let mend = if sign > key { "=" } else { " =" };
                self.mend(at + sign..at + sign + 1, "`:` stands for `=`", mend);
                Some(at + sign + 1)
            }
            // A quoted key, or what is not recognized.
            '"' | '\'' if key == 0 => {
                let quote = &line[..1];
                let closes = line[1..].find(quote)? + 2;
                let sign = closes + line[closes..].find('=')?;
                Some(at + sign + 1)
            }
            _ => None,
        }
    }

    /// What stands after a key, or within brackets.
    fn values(&mut self, mut at: usize, end: usize) {
        let mut wants_value = self.open.last() != Some(&b'{');
        while let Some(letter) = self.rest(at, end).chars().next() {
            let next = at + letter.len_utf8();
            match letter {
                '#' => return,
                '"' | '\'' => {
                    at = match self.quoted(at, end) {
                        Some(after) => after,
                        None => return,
                    };
                    wants_value = false;
                    continue;
                }
                '[' | '{' => {
                    self.open.push(letter as u8);
                    wants_value = letter == '[';
                }
                ']' | '}' => {
                    self.open.pop();
                    wants_value = false;
                }
                ',' => wants_value = self.open.last() == Some(&b'['),
                '=' if !wants_value => wants_value = true,
                ':' if !wants_value && self.open.last() == Some(&b'{') => {
                    let mend = if self.rest(0, at).ends_with(' ') { "=" } else { " =" };
                    self.mend(at..next, "`:` stands for `=`", mend);
                    wants_value = true;
                }
                ';' if self.open.is_empty() => {
                    return self.mend(at..next, "`;` begins no remark", "#");
                }
                _ if CURLY.iter().any(|(opens, _)| *opens == letter) => {
                    at = self.curly(at, end);
                    wants_value = false;
                    continue;
                }
                _ if wants_value && !letter.is_whitespace() => {
                    at = self.bare(at, end);
                    wants_value = false;
                    continue;
                }
                _ => {}
            }
            at = next;
        }
    }

    /// A text in straight quotes; comes back with where it ends, if it ends on this line.
    fn quoted(&mut self, at: usize, end: usize) -> Option<usize> {
        let rest = self.rest(at, end);
        for closing in ["\"\"\"", "'''"] {
            if let Some(inside) = rest.strip_prefix(closing) {
                let closes = inside.find(closing).map(|closes| at + closes + 2 * closing.len());
                self.until = closes.is_none().then_some(closing);
                return closes;
            }
        }
        let quote = rest.chars().next()?;
        let (mut escaped, mut opened) = (false, false);
        for (offset, letter) in rest.char_indices().skip(1) {
            let after = rest.get(offset + letter.len_utf8()..).unwrap_or_default();
            opened |= "\u{201c}\u{201e}\u{2018}\u{201a}".contains(letter);
            if letter == '\u{201d}' && !opened && ends_value(after) {
                return Some(self.closed_curly(at + offset, letter, quote));
            }
            if escaped {
                escaped = false;
            } else if quote == '"' && letter == '\\' {
                escaped = true;
            } else if letter == quote {
                return Some(at + offset + 1);
            }
        }
        // Opened straight and closed curly.
        let (offset, closing) =
            rest.char_indices().find(|(_, letter)| "\u{201c}\u{201d}\u{2019}".contains(*letter))?;
        Some(self.closed_curly(at + offset, closing, quote))
    }

    /// A curly quote in the place of a straight one; comes back with where it ends.
    fn closed_curly(&mut self, at: usize, curly: char, straight: char) -> usize {
        let after = at + curly.len_utf8();
        self.mend(at..after, "a curly quote ends what a straight one began", straight.to_string());
        after
    }

    /// A text in curly quotes; comes back with where it ends.
    fn curly(&mut self, at: usize, end: usize) -> usize {
        let rest = self.rest(at, end).to_owned();
        let Some(opening) = rest.chars().next() else { return end };
        let closing =
            CURLY.iter().find(|(opens, _)| *opens == opening).map_or(&[][..], |(_, closing)| closing);
        let inside = rest.get(opening.len_utf8()..).unwrap_or_default();
        let closes = inside.char_indices().find(|(offset, letter)| {
            let is_quote = closing.contains(letter) || *letter == '"';
            is_quote && ends_value(inside.get(offset + letter.len_utf8()..).unwrap_or_default())
        });
        match closes {
            Some((offset, letter)) => {
                let text = &inside[..offset];
                let after = at + opening.len_utf8() + offset + letter.len_utf8();
                let message = format!("curly quotes around `{text}`: TOML takes straight ones");
                self.mend(at..after, message, written(text));
                after
            }
            None => {
                self.found.push(Found {
                    range: at..at + opening.len_utf8(),
                    message: "a curly quote, and TOML takes straight ones".to_owned(),
                    mend: None,
                    help: "write `\"` before and after the text",
                });
                end
            }
        }
    }

    /// A value without quotes; comes back with where it ends.
    fn bare(&mut self, at: usize, end: usize) -> usize {
        let rest = self.rest(at, end);
        let stops = |letter: char| match self.open.is_empty() {
            true => letter == '#',
            false => matches!(letter, ',' | ']' | '}' | '#'),
        };
        let word = rest[..rest.find(stops).unwrap_or(rest.len())].trim_end().to_owned();
        let range = at..at + word.len();
        let after = range.end;
        if word.is_empty() {
            return end.min(at + rest.chars().next().map_or(1, char::len_utf8));
        }
        if word.contains(['"', '\'']) || is_toml(&word) {
            return after;
        }
        match word.to_ascii_lowercase().as_str() {
            "true" | "yes" | "on" => self.mend(range, format!("`{word}` is written `true`"), "true"),
            "false" | "no" | "off" => self.mend(range, format!("`{word}` is written `false`"), "false"),
            _ => self.mend(range, format!("`{word}` is a text, and texts stand in quotes"), written(&word)),
        }
        after
    }
}

/// Whether what follows a quote shows that the text in quotes has ended.
fn ends_value(after: &str) -> bool {
    let after = after.trim_start();
    after.is_empty() || after.starts_with([',', ']', '}', '#', ';', '=', ':'])
}

/// Whether a value without quotes is one of TOML's: a number, a date, true, false.
fn is_toml(word: &str) -> bool {
    toml::from_str::<toml::Table>(&format!("x = {word}")).is_ok()
}

/// A text as TOML writes it.
fn written(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// Whether a line is one of a table as pages, spreadsheets and Markdown have them.
fn is_table_line(line: &str) -> bool {
    let is_assignment = line.split_once('=').is_some_and(|(key, _)| !key.contains(['|', '\t', ',']));
    // In prose a space follows.
    let is_record = |sign: char| {
        line.contains(sign) && !line.contains(&format!("{sign} ")) && !line.contains([':', '[', '{', '='])
    };
    !is_assignment
        && !line.starts_with('#')
        && (line.starts_with('|')
            || line.contains('\t')
            || line.contains(" | ")
            || is_record(',')
            || is_record(';'))
}
