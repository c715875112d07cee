//! A document as Markdown, for a wiki, a mail or a proposal.

use super::document::{Answer, Block, Cell, Document, Item, Table};
use super::map::{Lane, Picture};
use crate::ruleset::Ruleset;

/// A text that Markdown and HTML take as text alone.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for (at, letter) in text.char_indices() {
        match letter {
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '!' => escaped.extend(['\\', letter]),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' if begins_entity(&text[at + 1..]) => escaped.push_str("&amp;"),
            '\n' | '\r' | '\t' => escaped.push(' '),
            letter if letter.is_control() => {}
            letter => escaped.push(letter),
        }
    }
    escaped
}

/// Whether what stands behind an `&` would make it an entity.
fn begins_entity(rest: &str) -> bool {
    let name = rest.strip_prefix('#').unwrap_or(rest);
    let end = name.find(|letter: char| !letter.is_ascii_alphanumeric());
    end.is_some_and(|end| end > 0 && name[end..].starts_with(';'))
}

/// The document as one page; the decision map is a table.
pub fn document(ruleset: &Ruleset, document: &Document) -> String {
    let mut page = format!("# {}\n", escape(&document.title));
    if let Some(subtitle) = &document.subtitle {
        page.push_str(&format!("\n{}\n", escape(subtitle)));
    }
    for section in &document.sections {
        if let Some(heading) = section.heading {
            page.push_str(&format!("\n## {heading}\n"));
        }
        for block in &section.blocks {
            page.push('\n');
            self::block(&mut page, ruleset, block);
        }
    }
    page.push_str(&format!("\nRuleset: {}, {}\n", escape(&document.ruleset), escape(&document.digest)));
    page
}

fn block(page: &mut String, ruleset: &Ruleset, block: &Block) {
    match block {
        Block::Answer(answer) => self::answer(page, answer),
        Block::Subheading(item) => {
            page.push_str(&format!("### {}\n", escape(&item.text)));
            if let Some(aside) = &item.aside {
                page.push_str(&format!("\nWhen: {}\n", escape(aside)));
            }
        }
        Block::Paragraph(text) => page.push_str(&format!("{}\n", plain_line(text))),
        Block::List(items) => items.iter().for_each(|one| page.push_str(&format!("- {}\n", item(one)))),
        Block::Numbered(items) => {
            for (at, one) in items.iter().enumerate() {
                page.push_str(&format!("{}. {}\n", at + 1, item(one)));
            }
        }
        Block::Table(table) => self::table(page, table),
        Block::Map(picture) => self::map(page, ruleset, picture),
    }
}

fn item(item: &Item) -> String {
    let text = plain_line(&item.text);
    match &item.aside {
        Some(aside) => format!("{text} *({})*", escape(aside)),
        None => text,
    }
}

fn answer(page: &mut String, answer: &Answer) {
    let open = || "not settled yet".to_owned();
    let contact = match (&answer.person, &answer.contact) {
        (Some(person), Some(role)) => format!("{person}, as “{role}”"),
        (None, Some(role)) => role.clone(),
        _ => open(),
    };
    page.push_str("| The answer | |\n|---|---|\n");
    let mut row = |label: &str, value: &str| page.push_str(&format!("| {label} | {value} |\n"));
    row("Owner", &format!("**{}**", escape(&answer.owner.clone().unwrap_or_else(open))));
    row("Contact", &format!("**{}**", escape(&contact)));
    if let Some(email) = &answer.email {
        row("E-mail", &escape(email));
    }
    row("Status", &escape(answer.status_means));
    for (label, text) in [("How sure", &answer.confidence), ("Ask", &answer.ask), ("Known", &answer.known)] {
        if let Some(text) = text {
            row(label, &escape(text));
        }
    }
}

fn table(page: &mut String, table: &Table) {
    page.push_str(&head(&table.columns));
    for row in &table.rows {
        let cells: Vec<String> = row.iter().map(|cell: &Cell| escape(&cell.plain())).collect();
        page.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
}

fn head<Text: AsRef<str>>(columns: &[Text]) -> String {
    let columns: Vec<&str> = columns.iter().map(AsRef::as_ref).collect();
    format!("| {} |\n|{}\n", columns.join(" | "), "---|".repeat(columns.len()))
}

fn map(page: &mut String, ruleset: &Ruleset, picture: &Picture) {
    let stretches = picture.stretches.iter().map(|stretch| escape(&stretch.label()));
    let columns: Vec<String> =
        std::iter::once(crate::words::capital(&escape(&picture.axis))).chain(stretches).collect();
    page.push_str(&head(&columns));
    let row = |lane: &Lane| {
        let cells = (0..picture.stretches.len()).map(|at| {
            let here = picture.stands_in(lane, at);
            let owner = escape(&lane.said(ruleset, at));
            if here { format!("**{owner}**") } else { owner }
        });
        let cells: Vec<String> = std::iter::once(escape(&lane.label)).chain(cells).collect();
        format!("| {} |\n", cells.join(" | "))
    };
    page.extend(picture.lanes.iter().map(row));
    if picture.stands.is_some() {
        page.push_str("\nThe organization stands where the owner is in bold.\n");
    }
}

/// A line of free text that begins no list, heading or code.
fn plain_line(line: &str) -> String {
    let escaped = escape(line.trim());
    let marked = escaped.starts_with(['-', '+', '=', '>']);
    let digits = escaped.bytes().take_while(u8::is_ascii_digit).count();
    match () {
        () if marked => format!("\\{escaped}"),
        () if digits > 0 && escaped[digits..].starts_with(['.', ')']) => {
            format!("{}\\{}", &escaped[..digits], &escaped[digits..])
        }
        () => escaped,
    }
}
