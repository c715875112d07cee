//! A document as a Word file, with real headings and tables, to be taken over into a proposal and edited there.

mod body;
mod package;

use super::document::{Answer, Block, Cell, Document, Item};
use super::map::{Picture, colour};
use super::xml::Element;
use crate::ruleset::Ruleset;
use body::{ROOM, SOFT, cell, paragraph, row, run, styled, table, with_value};
use package::{BULLETS, ORDERED};

/// Why a document could not be written.
#[derive(Debug, thiserror::Error)]
#[error("cannot write the document")]
pub struct NotWritten(#[source] std::io::Error);

/// The bytes of the file.
///
/// # Errors
/// When its parts cannot be packed.
pub fn document(ruleset: &Ruleset, document: &Document) -> Result<Vec<u8>, NotWritten> {
    let mut writer = Writer { ruleset, body: Vec::new(), ordered: 0 };
    writer.add(styled("Title", vec![run(&document.title).element()]));
    if let Some(subtitle) = &document.subtitle {
        writer.add(styled("Subtitle", vec![run(subtitle).element()]));
    }
    for section in &document.sections {
        if let Some(heading) = section.heading {
            writer.add(styled("Heading1", vec![run(heading).element()]));
        }
        for block in &section.blocks {
            writer.block(block);
        }
    }
    package::bytes(document, writer.body, writer.ordered).map_err(NotWritten)
}

struct Writer<'a> {
    ruleset: &'a Ruleset,
    body: Vec<Element>,
    /// How many lists in an order there are so far.
    ordered: usize,
}

impl Writer<'_> {
    fn add(&mut self, paragraph: Element) {
        self.body.push(paragraph);
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Answer(answer) => self.answer(answer),
            Block::Subheading(item) => self.add(styled("Heading2", with_aside(item))),
            Block::Paragraph(words) => self.add(paragraph(Vec::new(), vec![run(words).element()])),
            Block::List(items) => items.iter().for_each(|item| self.item(item, BULLETS)),
            Block::Numbered(items) => {
                let list = ORDERED + self.ordered;
                self.ordered += 1;
                items.iter().for_each(|item| self.item(item, list));
            }
            Block::Table(written) => {
                let columns = written.columns.len().max(1);
                let width = ROOM / columns;
                let head =
                    written.columns.iter().map(|column| cell(&run(column).bold(), width, Some("E8ECF2")));
                let line = |cells: &Vec<Cell>| {
                    row(cells.iter().map(|one| cell(&run(&one.plain()), width, None)).collect(), false)
                };
                let rows = std::iter::once(row(head.collect(), true)).chain(written.rows.iter().map(line));
                self.body.extend(table(rows.collect(), &vec![width; columns]));
            }
            Block::Map(picture) => self.map(picture),
        }
    }

    fn item(&mut self, item: &Item, list: usize) {
        let numbering =
            Element::new("w:numPr").child(with_value("w:ilvl", 0)).child(with_value("w:numId", list));
        self.add(paragraph(vec![with_value("w:pStyle", "ListParagraph"), numbering], with_aside(item)));
    }

    fn answer(&mut self, answer: &Answer) {
        let open = || "not settled yet".to_owned();
        let contact = match (&answer.person, &answer.contact) {
            (Some(person), Some(role)) => format!("{person}, as “{role}”"),
            (None, Some(role)) => role.clone(),
            _ => open(),
        };
        let mut rows = vec![
            ("Owner", answer.owner.clone().unwrap_or_else(open), true),
            ("The one person to talk to", contact, true),
        ];
        rows.extend(answer.email.clone().map(|email| ("E-mail", email, false)));
        rows.push(("Status", answer.status_means.to_owned(), false));
        rows.extend(answer.confidence.clone().map(|confidence| ("How sure", confidence, false)));
        rows.extend(answer.ask.clone().map(|ask| ("To be sure, ask", ask, false)));
        rows.extend(answer.known.clone().map(|known| ("Known", known, false)));
        let (left, right) = (2_400, ROOM - 2_400);
        let line = |(label, value, strong): (&str, String, bool)| {
            let value = if strong { run(&value).bold() } else { run(&value) };
            row(vec![cell(&run(label).colour(SOFT), left, None), cell(&value, right, None)], false)
        };
        self.body.extend(table(rows.into_iter().map(line).collect(), &[left, right]));
    }

    /// The map as a table: a row a lane, a column a stretch of the axis, shaded by owner.
    fn map(&mut self, picture: &Picture) {
        let left = 2_600;
        let columns = picture.stretches.len().max(1);
        let wide = (ROOM - left) / columns;
        let small = |words: &str| run(words).size(17);
        let mut head = vec![cell(&small(&crate::words::capital(&picture.axis)).bold(), left, None)];
        head.extend(
            picture.stretches.iter().map(|stretch| cell(&small(&stretch.label()).bold(), wide, None)),
        );
        let mut rows = vec![row(head, true)];
        for lane in &picture.lanes {
            let mut cells = vec![cell(&small(&lane.label), left, None)];
            for at in 0..picture.stretches.len() {
                let (room, ink) = lane
                    .field(at)
                    .and_then(|field| picture.place_of(field))
                    .map_or(("#f1f5f9", "#1f2937"), colour);
                let here = picture.stands_in(lane, at);
                let said = small(&lane.said(self.ruleset, at)).colour(ink);
                let said = if here { said.bold().underlined() } else { said };
                cells.push(cell(&said, wide, Some(room)));
            }
            rows.push(row(cells, false));
        }
        let widths: Vec<usize> = std::iter::once(left).chain(vec![wide; columns]).collect();
        self.body.extend(table(rows, &widths));
        if picture.stands.is_some() {
            let said = run("The organization stands where the owner is underlined.").colour(SOFT);
            self.add(paragraph(Vec::new(), vec![said.element()]));
        }
    }
}

/// What is said, and what is said beside it, less loudly.
fn with_aside(item: &Item) -> Vec<Element> {
    let aside = item.aside.as_ref().map(|aside| run(&format!(" ({aside})")).colour(SOFT).element());
    std::iter::once(run(&item.text).element()).chain(aside).collect()
}
