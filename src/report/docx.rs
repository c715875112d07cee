//! A document as a Word file, with real headings and tables, to be taken over into a proposal and edited there.

use std::io::{Seek, Write};

use docx_rs::{
    AbstractNumbering, Docx, Footer, IndentLevel, Level, LevelJc, LevelText, LineSpacing, NumberFormat,
    Numbering, NumberingId, PageMargin, Paragraph, Run, RunFonts, Shading, SpecialIndentType, Start, Style,
    StyleType, Table, TableCell, TableLayoutType, TableRow, WidthType,
};

use super::document::{Answer, Block, Cell, Document, Item};
use super::map::{Picture, colour};
use super::xml;
use crate::ruleset::Ruleset;

/// Twentieths of a point between the margins of an A4 page.
const ROOM: usize = 9_640;
/// The numbering of bullets; the library takes the first for one of its own.
const BULLETS: usize = 2;
/// Numberings of lists in an order begin here: each list counts from one.
const ORDERED: usize = 10;
/// The grey of what is said less loudly.
const SOFT: &str = "566070";

/// Why a document could not be written.
#[derive(Debug, thiserror::Error)]
#[error("cannot write the document")]
pub struct NotWritten(#[source] std::io::Error);

/// Writes the document.
///
/// # Errors
/// When writing fails.
pub fn write(ruleset: &Ruleset, document: &Document, to: impl Write + Seek) -> Result<(), NotWritten> {
    let mut writer = Writer { ruleset, docx: frame(document), ordered: ORDERED };
    writer.add(Paragraph::new().style("Title").add_run(text(&document.title)));
    if let Some(subtitle) = &document.subtitle {
        writer.add(Paragraph::new().style("Subtitle").add_run(text(subtitle)));
    }
    for section in &document.sections {
        if let Some(heading) = section.heading {
            writer.add(Paragraph::new().style("Heading1").keep_next(true).add_run(text(heading)));
        }
        for block in &section.blocks {
            writer.block(block);
        }
    }
    let mut parts = writer.docx.build();
    parts.doc_props.core = core_properties(document).into_bytes();
    parts.pack(to).map_err(|error| NotWritten(error.into()))
}

/// Page, styles, lists and footer.
fn frame(document: &Document) -> Docx {
    let heading = |id: &str, name: &str, size: usize, level: usize| {
        let spacing = LineSpacing::new().before(if level == 0 { 240 } else { 160 }).after(60);
        Style::new(id, StyleType::Paragraph)
            .name(name)
            .based_on("Normal")
            .next("Normal")
            .size(size)
            .bold()
            .outline_lvl(level)
            .line_spacing(spacing)
    };
    let plain = |id: &str, name: &str, size: usize| {
        Style::new(id, StyleType::Paragraph).name(name).based_on("Normal").next("Normal").size(size)
    };
    let level = |format: &str, mark: &str| {
        Level::new(0, Start::new(1), NumberFormat::new(format), LevelText::new(mark), LevelJc::new("left"))
            .indent(Some(360), Some(SpecialIndentType::Hanging(260)), None, None)
    };
    let foot = Run::new()
        .size(16)
        .color(SOFT)
        .add_text(clean(&format!("Ruleset {}, {}", document.ruleset, document.digest)));
    let margin = PageMargin::new().top(900).bottom(900).left(1_130).right(1_130);
    Docx::new()
        .page_size(11_906, 16_838)
        .page_margin(margin)
        .default_fonts(RunFonts::new().ascii("Calibri").hi_ansi("Calibri").cs("Calibri").east_asia("Calibri"))
        .default_size(21)
        .default_line_spacing(LineSpacing::new().after(60))
        .add_style(plain("Title", "Title", 44).bold())
        .add_style(plain("Subtitle", "Subtitle", 24).color(SOFT))
        .add_style(heading("Heading1", "heading 1", 26, 0))
        .add_style(heading("Heading2", "heading 2", 22, 1))
        .add_style(plain("ListParagraph", "List Paragraph", 21))
        .add_abstract_numbering(AbstractNumbering::new(BULLETS).add_level(level("bullet", "•")))
        .add_numbering(Numbering::new(BULLETS, BULLETS))
        .add_abstract_numbering(AbstractNumbering::new(ORDERED).add_level(level("decimal", "%1.")))
        .footer(Footer::new().add_paragraph(normal().add_run(foot)))
}

struct Writer<'a> {
    ruleset: &'a Ruleset,
    docx: Docx,
    /// The numbering of the next list in an order.
    ordered: usize,
}

impl Writer<'_> {
    fn add(&mut self, paragraph: Paragraph) {
        self.docx = std::mem::take(&mut self.docx).add_paragraph(paragraph);
    }

    fn add_table(&mut self, rows: Vec<TableRow>, widths: Vec<usize>) {
        let table =
            Table::new(rows).set_grid(widths).layout(TableLayoutType::Fixed).width(ROOM, WidthType::Dxa);
        self.docx = std::mem::take(&mut self.docx).add_table(table);
        // Two tables in a row would become one.
        self.add(normal().line_spacing(LineSpacing::new().after(0)));
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Answer(answer) => self.answer(answer),
            Block::Subheading(item) => {
                let heading = Paragraph::new().style("Heading2").keep_next(true).add_run(text(&item.text));
                self.add(aside(heading, item));
            }
            Block::Paragraph(words) => self.add(normal().add_run(text(words))),
            Block::List(items) => items.iter().for_each(|item| self.item(item, BULLETS)),
            Block::Numbered(items) => {
                self.ordered += 1;
                let numbering = Numbering::new(self.ordered, ORDERED)
                    .add_override(docx_rs::LevelOverride::new(0).start(1));
                self.docx = std::mem::take(&mut self.docx).add_numbering(numbering);
                items.iter().for_each(|item| self.item(item, self.ordered));
            }
            Block::Table(table) => {
                let columns = table.columns.len().max(1);
                let head = table.columns.iter().map(|column| cell(text(column).bold(), ROOM / columns));
                let row = |row: &Vec<Cell>| {
                    let cells = row.iter().map(|one| cell(text(&one.plain()), ROOM / columns));
                    TableRow::new(cells.collect()).cant_split()
                };
                let head = TableRow::new(head.map(|cell| cell.shading(fill("E8ECF2"))).collect());
                let rows = std::iter::once(head).chain(table.rows.iter().map(row));
                self.add_table(rows.collect(), vec![ROOM / columns; columns]);
            }
            Block::Map(picture) => self.map(picture),
        }
    }

    fn item(&mut self, item: &Item, numbering: usize) {
        let paragraph = Paragraph::new()
            .style("ListParagraph")
            .numbering(NumberingId::new(numbering), IndentLevel::new(0))
            .add_run(text(&item.text));
        self.add(aside(paragraph, item));
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
        let row = |(label, value, strong): (&str, String, bool)| {
            let value = if strong { text(&value).bold() } else { text(&value) };
            TableRow::new(vec![cell(text(label).color(SOFT), left), cell(value, right)]).cant_split()
        };
        self.add_table(rows.into_iter().map(row).collect(), vec![left, right]);
    }

    /// The map as a table: a row a lane, a column a stretch of the axis, shaded by owner.
    fn map(&mut self, picture: &Picture) {
        let left = 2_600;
        let columns = picture.stretches.len().max(1);
        let wide = (ROOM - left) / columns;
        let small = |words: &str| text(words).size(17);
        let mut head = vec![cell(small(&crate::words::capital(&picture.axis)).bold(), left)];
        head.extend(picture.stretches.iter().map(|stretch| cell(small(&stretch.label()).bold(), wide)));
        let mut rows = vec![TableRow::new(head)];
        for lane in &picture.lanes {
            let mut cells = vec![cell(small(&lane.label), left)];
            for at in 0..picture.stretches.len() {
                let (room, ink) = lane
                    .field(at)
                    .and_then(|field| picture.place_of(field))
                    .map_or(("#f1f5f9", "#1f2937"), colour);
                let here = picture.stands_in(lane, at);
                let said = small(&lane.said(self.ruleset, at)).color(bare(ink));
                let said = if here { said.bold().underline("single") } else { said };
                cells.push(cell(said, wide).shading(fill(bare(room))));
            }
            rows.push(TableRow::new(cells).cant_split());
        }
        self.add_table(rows, std::iter::once(left).chain(vec![wide; columns]).collect());
        if picture.stands.is_some() {
            self.add(
                normal().add_run(text("The organization stands where the owner is underlined.").color(SOFT)),
            );
        }
    }
}

/// A colour as Word writes it, without `#`.
fn bare(colour: &str) -> &str {
    colour.trim_start_matches('#')
}

fn fill(colour: &str) -> Shading {
    Shading::new().color("auto").fill(colour)
}

fn cell(run: Run, width: usize) -> TableCell {
    let paragraph = normal().line_spacing(LineSpacing::new().before(20).after(20)).add_run(run);
    TableCell::new().width(width, WidthType::Dxa).add_paragraph(paragraph)
}

fn aside(paragraph: Paragraph, item: &Item) -> Paragraph {
    match &item.aside {
        Some(aside) => paragraph.add_run(text(&format!(" ({aside})")).color(SOFT)),
        None => paragraph,
    }
}

/// A plain paragraph. It names its style, since the file declares none as the one to take where none is named.
fn normal() -> Paragraph {
    Paragraph::new().style("Normal")
}

fn text(words: &str) -> Run {
    Run::new().add_text(clean(words))
}

/// A text without the control characters that XML has no place for.
fn clean(text: &str) -> String {
    let allowed = |letter: &char| !letter.is_control() && !matches!(letter, '\u{fffe}' | '\u{ffff}');
    text.chars().map(|letter| if letter.is_whitespace() { ' ' } else { letter }).filter(allowed).collect()
}

/// Title, subject and author: the library has no way to give them.
fn core_properties(document: &Document) -> String {
    let subject = document.subtitle.as_deref().unwrap_or_default();
    let core = xml::Element::new("cp:coreProperties")
        .with("xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties")
        .with("xmlns:dc", "http://purl.org/dc/elements/1.1/")
        .child(xml::Element::new("dc:title").text(&clean(&document.title)))
        .child(xml::Element::new("dc:subject").text(&clean(subject)))
        .child(xml::Element::new("dc:creator").text("whoowns"))
        .child(
            xml::Element::new("dc:description")
                .text(&clean(&format!("{}, {}", document.ruleset, document.digest))),
        );
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>{core}")
}
