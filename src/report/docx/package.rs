//! What stands around the body of a Word file: styles, lists, page, footer, properties, and the archive of all of it.
//!
//! This is written here, and not by a library, because the page holds the whole program: the library that knows all of
//! Word was a third of it. Elements stand in the order of the format's schema, which Word holds files to.

use std::io::{Cursor, Write};

use zip::write::{SimpleFileOptions, ZipWriter};

use super::super::document::Document;
use super::super::xml::Element;
use super::body::{SOFT, paragraph, run, with_value};

const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const CONTENT: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";
const CORE: &str = "application/vnd.openxmlformats-package.core-properties+xml";

/// The numbering of bullets.
pub const BULLETS: usize = 1;
/// Numberings of lists in an order follow: each list counts from one.
pub const ORDERED: usize = 2;

/// The bytes of the file; `ordered` lists in an order are in its body.
pub fn bytes(document: &Document, body: Vec<Element>, ordered: usize) -> std::io::Result<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let parts = [
        ("[Content_Types].xml", content_types()),
        (
            "_rels/.rels",
            relationships(&[
                ("officeDocument", "word/document.xml", OFFICE),
                (
                    "metadata/core-properties",
                    "docProps/core.xml",
                    "http://schemas.openxmlformats.org/package/2006/relationships",
                ),
            ]),
        ),
        ("docProps/core.xml", properties(document)),
        (
            "word/_rels/document.xml.rels",
            relationships(&[
                ("styles", "styles.xml", OFFICE),
                ("numbering", "numbering.xml", OFFICE),
                ("settings", "settings.xml", OFFICE),
                ("footer", "footer1.xml", OFFICE),
            ]),
        ),
        (
            "word/document.xml",
            word("w:document")
                .with("xmlns:r", OFFICE)
                .child(Element::new("w:body").children(body).child(page())),
        ),
        ("word/styles.xml", styles()),
        ("word/numbering.xml", numbering(ordered)),
        ("word/settings.xml", settings()),
        ("word/footer1.xml", footer(document)),
    ];
    for (name, part) in parts {
        archive.start_file(name, SimpleFileOptions::default())?;
        write!(archive, "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n{part}")?;
    }
    Ok(archive.finish()?.into_inner())
}

fn word(name: &'static str) -> Element {
    Element::new(name).with("xmlns:w", WORD)
}

fn content_types() -> Element {
    let default = |ending: &str, kind: &str| {
        Element::new("Default").with("Extension", ending).with("ContentType", kind)
    };
    let part =
        |name: &str, kind: String| Element::new("Override").with("PartName", name).with("ContentType", kind);
    let mut types = Element::new("Types")
        .with("xmlns", format_args!("{PACKAGE}/content-types"))
        .child(default("rels", "application/vnd.openxmlformats-package.relationships+xml"))
        .child(default("xml", "application/xml"))
        .child(part("/word/document.xml", format!("{CONTENT}.document.main+xml")))
        .child(part("/word/footer1.xml", format!("{CONTENT}.footer+xml")));
    for name in ["styles", "numbering", "settings"] {
        types = types.child(part(&format!("/word/{name}.xml"), format!("{CONTENT}.{name}+xml")));
    }
    types.child(part("/docProps/core.xml", CORE.to_owned()))
}

/// Relationships, called `rId1` and so on in their order.
fn relationships(parts: &[(&str, &str, &str)]) -> Element {
    let one = |(at, (kind, target, from)): (usize, &(&str, &str, &str))| {
        Element::new("Relationship")
            .with("Id", format_args!("rId{}", at + 1))
            .with("Type", format_args!("{from}/{kind}"))
            .with("Target", target)
    };
    Element::new("Relationships")
        .with("xmlns", format_args!("{PACKAGE}/relationships"))
        .children(parts.iter().enumerate().map(one))
}

fn properties(document: &Document) -> Element {
    let of = |name: &'static str, text: &str| Element::new(name).text(text);
    Element::new("cp:coreProperties")
        .with("xmlns:cp", format_args!("{PACKAGE}/metadata/core-properties"))
        .with("xmlns:dc", "http://purl.org/dc/elements/1.1/")
        .child(of("dc:title", &document.title))
        .child(of("dc:subject", document.subtitle.as_deref().unwrap_or_default()))
        .child(of("dc:creator", "whoowns"))
        .child(of("dc:description", &format!("{}, {}", document.ruleset, document.digest)))
}

/// A4, with the footer, which is the fourth part that the body is related to.
fn page() -> Element {
    let margin = ["w:top", "w:right", "w:bottom", "w:left"].into_iter().zip([900, 1_130, 900, 1_130]);
    let margin = margin.fold(Element::new("w:pgMar"), |margin, (side, width)| margin.with(side, width));
    Element::new("w:sectPr")
        .child(Element::new("w:footerReference").with("w:type", "default").with("r:id", "rId4"))
        .child(Element::new("w:pgSz").with("w:w", 11_906).with("w:h", 16_838))
        .child(margin.with("w:header", 500).with("w:footer", 500).with("w:gutter", 0))
}

fn footer(document: &Document) -> Element {
    let text = format!("Ruleset {}, {}", document.ruleset, document.digest);
    word("w:ftr").child(paragraph(Vec::new(), vec![run(&text).size(16).colour(SOFT).element()]))
}

fn settings() -> Element {
    // Without it the file counts as one of an older Word.
    let mode = Element::new("w:compatSetting")
        .with("w:name", "compatibilityMode")
        .with("w:uri", "http://schemas.microsoft.com/office/word")
        .with("w:val", 15);
    word("w:settings").child(Element::new("w:compat").child(mode))
}

fn size(half_points: usize) -> [Element; 2] {
    [with_value("w:sz", half_points), with_value("w:szCs", half_points)]
}

fn spacing(before: usize, after: usize) -> Element {
    Element::new("w:spacing").with("w:before", before).with("w:after", after)
}

fn styles() -> Element {
    let fonts = ["w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"];
    let fonts =
        fonts.into_iter().fold(Element::new("w:rFonts"), |fonts, script| fonts.with(script, "Calibri"));
    let defaults = Element::new("w:docDefaults")
        .child(Element::new("w:rPrDefault").child(Element::new("w:rPr").child(fonts).children(size(21))))
        .child(Element::new("w:pPrDefault").child(Element::new("w:pPr").child(spacing(0, 60))));
    let style = |id: &str, name: &str| {
        Element::new("w:style")
            .with("w:type", "paragraph")
            .with("w:styleId", id)
            .child(with_value("w:name", name))
    };
    let based = |id: &str, name: &str, paragraph: Vec<Element>, letters: Vec<Element>| {
        style(id, name)
            .child(with_value("w:basedOn", "Normal"))
            .child(with_value("w:next", "Normal"))
            .child(Element::new("w:qFormat"))
            .child(Element::new("w:pPr").children(paragraph))
            .child(Element::new("w:rPr").children(letters))
    };
    let bold = || vec![Element::new("w:b"), Element::new("w:bCs")];
    let heading = |id: &str, name: &str, level: usize, half_points: usize, before: usize| {
        let outline = with_value("w:outlineLvl", level);
        let letters = bold().into_iter().chain(size(half_points)).collect();
        based(id, name, vec![Element::new("w:keepNext"), spacing(before, 60), outline], letters)
    };
    word("w:styles")
        .child(defaults)
        .child(style("Normal", "Normal").with("w:default", 1).child(Element::new("w:qFormat")))
        .child(based("Title", "Title", Vec::new(), bold().into_iter().chain(size(44)).collect()))
        .child(based(
            "Subtitle",
            "Subtitle",
            Vec::new(),
            std::iter::once(with_value("w:color", SOFT)).chain(size(24)).collect(),
        ))
        .child(heading("Heading1", "heading 1", 0, 26, 240))
        .child(heading("Heading2", "heading 2", 1, 22, 160))
        .child(based("ListParagraph", "List Paragraph", Vec::new(), Vec::new()))
}

/// Bullets, and as many countings as there are lists in an order.
fn numbering(ordered: usize) -> Element {
    let kind = |id: usize, format: &str, mark: &str| {
        let indent = Element::new("w:ind").with("w:left", 360).with("w:hanging", 260);
        let level = Element::new("w:lvl")
            .with("w:ilvl", 0)
            .child(with_value("w:start", 1))
            .child(with_value("w:numFmt", format))
            .child(with_value("w:lvlText", mark))
            .child(with_value("w:lvlJc", "left"))
            .child(Element::new("w:pPr").child(indent));
        Element::new("w:abstractNum").with("w:abstractNumId", id).child(level)
    };
    let list = |id: usize| {
        let of = with_value("w:abstractNumId", if id == BULLETS { BULLETS } else { ORDERED });
        let list = Element::new("w:num").with("w:numId", id).child(of);
        if id == BULLETS {
            return list;
        }
        list.child(Element::new("w:lvlOverride").with("w:ilvl", 0).child(with_value("w:startOverride", 1)))
    };
    word("w:numbering")
        .child(kind(BULLETS, "bullet", "•"))
        .child(kind(ORDERED, "decimal", "%1."))
        .children((BULLETS..ORDERED + ordered).map(list))
}
