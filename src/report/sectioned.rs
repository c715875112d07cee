//! Sections of paragraphs and tables for a terminal, each table under its head.

use super::document::{Block, Section};
use super::sheet::{Sheet, Terminal, Weight};

/// The widest column but the last.
const WIDEST: u16 = 36;

/// The sections, one below the other.
pub fn text(title: &str, sections: &[Section], terminal: Terminal) -> String {
    let mut sheet = Sheet::new(terminal);
    sheet.heading(title);
    for section in sections {
        if let Some(heading) = section.heading {
            sheet.heading(heading);
        }
        for block in &section.blocks {
            match block {
                Block::Paragraph(text) => sheet.paragraph(text, Weight::Plain),
                Block::List(items) => sheet.list(items.iter().map(|item| item.text.clone())),
                Block::Table(table) => {
                    let head = table.columns.iter().map(|title| ((*title).to_owned(), Weight::Faint));
                    let rows = table
                        .rows
                        .iter()
                        .map(|row| row.iter().map(|cell| (cell.plain(), Weight::Plain)).collect());
                    let rows = std::iter::once(head.collect()).chain(rows).collect();
                    sheet.columns(rows, &vec![WIDEST; table.columns.len().saturating_sub(1)]);
                }
                _ => {}
            }
        }
    }
    sheet.finish()
}
