//! A page of text for a terminal: headings, paragraphs and columns, wrapped to the width of the page.

use comfy_table::presets::NOTHING;
use comfy_table::{Attribute, Cell, Color, ColumnConstraint, ContentArrangement, Table, Width};

use crate::diagnostic::{Style, printable};

/// How to write for a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terminal {
    /// Whether colours may be used.
    pub style: Style,
    /// How many columns a line has.
    pub width: u16,
}

impl Default for Terminal {
    fn default() -> Terminal {
        Terminal { style: Style::Plain, width: 80 }
    }
}

/// How a cell stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// As text.
    Plain,
    /// What the reader looks for first.
    Strong,
    /// What can be passed over.
    Faint,
}

/// A page that is written from top to bottom.
pub struct Sheet {
    text: String,
    style: Style,
    width: u16,
}

impl Sheet {
    /// An empty page.
    pub fn new(Terminal { style, width }: Terminal) -> Sheet {
        Sheet { text: String::new(), style, width }
    }

    /// The finished page.
    pub fn finish(self) -> String {
        self.text
    }

    /// A heading, with an empty line above unless the page begins with it.
    pub fn heading(&mut self, text: &str) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        let cell = self.cell(text, Weight::Strong);
        self.place(
            vec![vec![if self.style == Style::Coloured { cell.fg(Color::Cyan) } else { cell }]],
            &[],
            0,
        );
    }

    /// Lines that are laid out already.
    pub fn verbatim(&mut self, lines: &str) {
        self.text.push_str(lines);
    }

    /// A paragraph, indented.
    pub fn paragraph(&mut self, text: &str, weight: Weight) {
        let cell = self.cell(text, weight);
        self.place(vec![vec![cell]], &[], 2);
    }

    /// Rows of columns, indented; all but the last column keep at most the widths given.
    pub fn columns(&mut self, rows: Vec<Vec<(String, Weight)>>, widths: &[u16]) {
        if rows.is_empty() {
            return;
        }
        let cells = rows
            .into_iter()
            .map(|row| row.iter().map(|(text, weight)| self.cell(text, *weight)).collect())
            .collect();
        self.place(cells, widths, 2);
    }

    /// Items with a mark in front.
    pub fn list(&mut self, items: impl IntoIterator<Item = String>) {
        let rows = items.into_iter().map(|item| vec![("-".to_owned(), Weight::Faint), (item, Weight::Plain)]);
        self.columns(rows.collect(), &[1]);
    }

    /// Items with their number in front.
    pub fn numbered(&mut self, items: impl IntoIterator<Item = String>) {
        let rows = items.into_iter().enumerate();
        let rows =
            rows.map(|(at, item)| vec![(format!("{}.", at + 1), Weight::Faint), (item, Weight::Plain)]);
        self.columns(rows.collect(), &[3]);
    }

    fn cell(&self, text: &str, weight: Weight) -> Cell {
        let cell = Cell::new(printable(text));
        match (self.style, weight) {
            (Style::Plain, _) | (_, Weight::Plain) => cell,
            (Style::Coloured, Weight::Strong) => cell.add_attribute(Attribute::Bold),
            (Style::Coloured, Weight::Faint) => cell.add_attribute(Attribute::Dim),
        }
    }

    fn place(&mut self, rows: Vec<Vec<Cell>>, widths: &[u16], indent: u16) {
        let mut table = Table::new();
        table.load_style(NOTHING).set_content_arrangement(ContentArrangement::Dynamic).set_width(self.width);
        match self.style {
            Style::Plain => table.force_no_tty(),
            Style::Coloured => table.enforce_styling(),
        };
        table.add_rows(rows);
        for (at, column) in table.column_iter_mut().enumerate() {
            column.set_padding((if at == 0 { indent } else { 0 }, if at < widths.len() { 2 } else { 0 }));
            if let Some(width) = widths.get(at) {
                let indent = if at == 0 { indent } else { 0 };
                column.set_constraint(ColumnConstraint::UpperBoundary(Width::Fixed(width + indent + 2)));
            }
        }
        for line in table.lines() {
            self.text.push_str(line.trim_end());
            self.text.push('\n');
        }
    }
}

#[cfg(test)]
mod tests {
    use unicode_width::UnicodeWidthStr;

    use super::*;

    #[test]
    fn long_names_and_wide_scripts_stay_within_the_page() {
        let mut sheet = Sheet::new(Terminal::default());
        sheet.heading(&"北京".repeat(60));
        sheet.columns(
            vec![vec![("भारत ".repeat(30), Weight::Strong), ("word ".repeat(60), Weight::Plain)]],
            &[20],
        );
        sheet.paragraph(&"x".repeat(300), Weight::Plain);
        for line in sheet.finish().lines() {
            assert!(line.width() <= 80, "{line}");
        }
    }

    #[test]
    fn control_characters_never_reach_the_terminal() {
        let mut sheet = Sheet::new(Terminal::default());
        sheet.paragraph("a\u{1b}[2Jb\u{7}", Weight::Plain);
        assert_eq!(sheet.finish(), "  a\\u{1b}[2Jb\\u{7}\n");
    }
}
