//! A document for a terminal: on one screen what matters, or all of it.

use super::document::{Answer, Block, Document, Item, Section};
use super::map::characters;
use super::sections::{OTHERS, Sections};
pub use super::sheet::Terminal;
use super::sheet::{Sheet, Weight};
use crate::ruleset::Ruleset;

/// The lines of a screen.
const LINES: usize = 24;
/// The width of the labels on the left.
const LABEL: u16 = 9;

/// The rank of what is only counted.
const HIDDEN: u8 = u8::MAX;

/// A line or two of the short form: label, text, and how much it matters, 0 being the most.
struct Entry {
    label: &'static str,
    text: String,
    weight: Weight,
    rank: u8,
}

/// What matters of a decision, on one screen.
pub fn screen(sections: Sections<'_>, terminal: Terminal) -> String {
    let title = sections.decision.name.as_deref().unwrap_or(sections.ruleset.title());
    let mut entries = answer(&sections.answer());
    entries.extend(more(sections));
    let with = |shown: &[bool]| {
        let mut sheet = Sheet::new(terminal);
        sheet.heading(title);
        let own = entries.iter().zip(shown).filter(|(_, shown)| **shown).map(|(entry, _)| entry);
        let mut label = "";
        let rows = own.map(|entry| {
            let repeated = std::mem::replace(&mut label, entry.label) == entry.label;
            let label = if repeated { "" } else { entry.label };
            vec![(label.to_owned(), Weight::Faint), (entry.text.clone(), entry.weight)]
        });
        let rows: Vec<_> = rows.chain([hidden_note(&entries, shown)]).collect();
        sheet.columns(rows, &[LABEL]);
        sheet.finish()
    };
    let mut shown = vec![false; entries.len()];
    let mut order: Vec<usize> = (0..entries.len()).collect();
    order.sort_by_key(|at| entries[*at].rank);
    let mut text = with(&shown);
    for at in order.into_iter().filter(|at| entries[*at].rank < HIDDEN) {
        shown[at] = true;
        let longer = with(&shown);
        // The answer itself is shown however long it is.
        if entries[at].rank > 0 && longer.lines().count() > LINES {
            shown[at] = false;
        } else {
            text = longer;
        }
    }
    text
}

/// Says what the screen leaves out.
fn hidden_note(entries: &[Entry], shown: &[bool]) -> Vec<(String, Weight)> {
    let hidden = |label: &str| {
        entries.iter().zip(shown).filter(|(entry, shown)| !**shown && entry.label == label).count()
    };
    let others = hidden("It may be");
    let more = if others > 0 { format!("and {others} more; ") } else { String::new() };
    let rest = format!("{more}`--full` has the rest: risks, next steps, what to ask on the first call");
    vec![("More".to_owned(), Weight::Faint), (rest, Weight::Faint)]
}

fn answer(answer: &Answer) -> Vec<Entry> {
    let entry = |label, text: String, weight| Entry { label, text, weight, rank: 0 };
    let unsettled = || ("not settled yet".to_owned(), Weight::Plain);
    let strong = |text: String| (text, Weight::Strong);
    let (owner, owner_weight) = answer.owner.clone().map_or_else(unsettled, strong);
    let (contact, contact_weight) = contact(answer).map_or_else(unsettled, strong);
    let mut entries = vec![
        entry("Owner", owner, owner_weight),
        entry("Contact", contact, contact_weight),
        entry("Status", status(answer), Weight::Plain),
    ];
    entries.extend(answer.ask.clone().map(|ask| entry("Ask", ask, Weight::Strong)));
    entries
        .extend(answer.known.clone().map(|known| Entry { rank: 2, ..entry("Known", known, Weight::Plain) }));
    entries
}

fn contact(answer: &Answer) -> Option<String> {
    let role = answer.contact.as_ref()?;
    Some(match (&answer.person, &answer.email) {
        (Some(person), Some(email)) => format!("{person} <{email}>, as “{role}”"),
        (Some(person), None) => format!("{person}, as “{role}”"),
        (None, _) => role.clone(),
    })
}

fn status(answer: &Answer) -> String {
    match &answer.confidence {
        Some(confidence) => format!("{}; {confidence}", answer.status_means),
        None => answer.status_means.to_owned(),
    }
}

/// What stands below the answer on a screen, what matters most with the lowest rank.
fn more(sections: Sections<'_>) -> Vec<Entry> {
    let entry = |label, text, rank| Entry { label, text, weight: Weight::Plain, rank };
    let items = |section: Option<Section>| {
        let blocks = section.into_iter().flat_map(|section| section.blocks);
        let items = blocks.flat_map(|block| match block {
            Block::List(items) | Block::Numbered(items) => items,
            Block::Table(table) => table.rows.iter().map(|row| cells(row)).collect(),
            _ => Vec::new(),
        });
        items.collect::<Vec<Item>>()
    };
    let mut entries = Vec::new();
    for (at, reason) in items(sections.why()).into_iter().enumerate() {
        entries.push(entry("Why", reason.text, if at == 0 { 1 } else { 4 }));
    }
    let presumed = sections.presumed_sentence();
    if !presumed.is_empty() {
        entries.push(entry("Presumed", presumed, 1));
    }
    for (at, other) in sections.others_in_short().into_iter().enumerate() {
        entries.push(entry("It may be", other, if at < OTHERS { 2 } else { HIDDEN }));
    }
    entries
        .extend(items(sections.flips()).into_iter().take(OTHERS).map(|flip| entry("Changes", flip.text, 5)));
    entries.extend(items(sections.involved()).into_iter().map(|row| entry("Involve", row.text, 3)));
    entries.extend(items(sections.next_steps(1)).into_iter().map(|step| entry("Next", said(&step), 4)));
    entries.extend(items(sections.warnings()).into_iter().map(|note| entry("Note", note.text, 1)));
    entries
}

fn cells(row: &[super::document::Cell]) -> Item {
    let texts: Vec<String> = row.iter().map(super::document::Cell::plain).collect();
    texts.join(": ").into()
}

fn said(item: &Item) -> String {
    match &item.aside {
        Some(aside) => format!("{} ({aside})", item.text),
        None => item.text.clone(),
    }
}

/// All of a document.
pub fn document(ruleset: &Ruleset, document: &Document, terminal: Terminal) -> String {
    let mut sheet = Sheet::new(terminal);
    sheet.heading(&document.title);
    for section in &document.sections {
        self::section(&mut sheet, ruleset, section, terminal);
    }
    sheet.paragraph(&format!("{}, {}", document.ruleset, document.digest), Weight::Faint);
    sheet.finish()
}

/// One section.
pub(super) fn section(sheet: &mut Sheet, ruleset: &Ruleset, section: &Section, terminal: Terminal) {
    if let Some(heading) = section.heading {
        sheet.heading(heading);
    }
    for block in &section.blocks {
        self::block(sheet, ruleset, block, terminal);
    }
}

/// The answer, a label a line.
pub(super) fn answered(sheet: &mut Sheet, answer: &Answer) {
    let row = |entry: Entry| vec![(entry.label.to_owned(), Weight::Faint), (entry.text, entry.weight)];
    sheet.columns(self::answer(answer).into_iter().map(row).collect(), &[LABEL]);
}

fn block(sheet: &mut Sheet, ruleset: &Ruleset, block: &Block, terminal: Terminal) {
    match block {
        Block::Answer(answer) => answered(sheet, answer),
        Block::Subheading(item) => sheet.paragraph(&said(item), Weight::Strong),
        Block::Paragraph(text) => sheet.paragraph(text, Weight::Plain),
        Block::List(items) => sheet.list(items.iter().map(said)),
        Block::Numbered(items) => sheet.numbered(items.iter().map(said)),
        Block::Table(table) => {
            let columns = table.columns.len() as u16;
            let each = terminal.width.saturating_sub(4) / columns.max(1);
            let row = |row: &Vec<super::document::Cell>| {
                row.iter().map(|cell| (cell.plain(), Weight::Plain)).collect()
            };
            let widths = vec![each; table.columns.len().saturating_sub(1)];
            sheet.columns(table.rows.iter().map(row).collect(), &widths);
        }
        Block::Map(picture) => sheet.verbatim(&characters(ruleset, picture, terminal.width.into())),
    }
}
