//! Paragraphs, runs of letters and tables, as Word writes them.

use super::super::xml::Element;

/// Twentieths of a point between the margins of an A4 page.
pub const ROOM: usize = 9_640;
/// The grey of what is said less loudly.
pub const SOFT: &str = "566070";

/// An element with the value that most elements of the format have alone.
pub fn with_value(name: &'static str, value: impl std::fmt::Display) -> Element {
    Element::new(name).with("w:val", value)
}

/// Letters of one look.
#[derive(Debug, Clone)]
pub struct Run {
    text: String,
    bold: bool,
    underlined: bool,
    colour: Option<String>,
    size: Option<usize>,
}

/// Letters as they usually look.
pub fn run(text: &str) -> Run {
    Run { text: text.to_owned(), bold: false, underlined: false, colour: None, size: None }
}

impl Run {
    pub fn bold(mut self) -> Run {
        self.bold = true;
        self
    }

    pub fn underlined(mut self) -> Run {
        self.underlined = true;
        self
    }

    /// A colour as pages write it, or without its `#`.
    pub fn colour(mut self, colour: &str) -> Run {
        self.colour = Some(bare(colour).to_owned());
        self
    }

    /// In half points.
    pub fn size(mut self, half_points: usize) -> Run {
        self.size = Some(half_points);
        self
    }

    pub fn element(&self) -> Element {
        let mut look = Element::new("w:rPr");
        if self.bold {
            look = look.child(Element::new("w:b")).child(Element::new("w:bCs"));
        }
        look = look.children(self.colour.iter().map(|colour| with_value("w:color", colour)));
        let size = self.size.iter().flat_map(|size| [with_value("w:sz", size), with_value("w:szCs", size)]);
        look = look.children(size);
        if self.underlined {
            look = look.child(with_value("w:u", "single"));
        }
        let text = Element::new("w:t").with("xml:space", "preserve").text(&self.text);
        Element::new("w:r").child(look).child(text)
    }
}

/// A paragraph with properties in the order of the schema.
pub fn paragraph(properties: Vec<Element>, runs: Vec<Element>) -> Element {
    let paragraph = Element::new("w:p");
    let paragraph = match properties.is_empty() {
        true => paragraph,
        false => paragraph.child(Element::new("w:pPr").children(properties)),
    };
    paragraph.children(runs)
}

/// A paragraph in a style.
pub fn styled(style: &str, runs: Vec<Element>) -> Element {
    paragraph(vec![with_value("w:pStyle", style)], runs)
}

/// A cell of a table, perhaps on a ground of its own.
pub fn cell(run: &Run, width: usize, ground: Option<&str>) -> Element {
    let room = Element::new("w:tcW").with("w:w", width).with("w:type", "dxa");
    let ground = ground
        .map(|colour| with_value("w:shd", "clear").with("w:color", "auto").with("w:fill", bare(colour)));
    let spacing = Element::new("w:spacing").with("w:before", 20).with("w:after", 20);
    Element::new("w:tc")
        .child(Element::new("w:tcPr").child(room).children(ground))
        .child(paragraph(vec![spacing], vec![run.element()]))
}

/// A row that stays on one page; the head of a table stands again on each.
pub fn row(cells: Vec<Element>, is_head: bool) -> Element {
    let head = is_head.then(|| Element::new("w:tblHeader"));
    let properties = Element::new("w:trPr").child(Element::new("w:cantSplit")).children(head);
    Element::new("w:tr").child(properties).children(cells)
}

/// A table with lines between its cells, and what keeps it apart from the next one.
pub fn table(rows: Vec<Element>, widths: &[usize]) -> [Element; 2] {
    let sides = ["w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"];
    let line = |side| with_value(side, "single").with("w:sz", 4).with("w:space", 0).with("w:color", "C3CBD6");
    let properties = Element::new("w:tblPr")
        .child(Element::new("w:tblW").with("w:w", ROOM).with("w:type", "dxa"))
        .child(Element::new("w:tblBorders").children(sides.map(line)))
        .child(with_type("w:tblLayout", "fixed"));
    let columns = widths.iter().map(|width| Element::new("w:gridCol").with("w:w", width));
    let table = Element::new("w:tbl")
        .child(properties)
        .child(Element::new("w:tblGrid").children(columns))
        .children(rows);
    // Two tables in a row would become one.
    let apart = Element::new("w:spacing").with("w:before", 0).with("w:after", 0);
    [table, paragraph(vec![apart], Vec::new())]
}

fn with_type(name: &'static str, kind: &str) -> Element {
    Element::new(name).with("w:type", kind)
}

/// A colour as Word writes it, without `#`.
fn bare(colour: &str) -> &str {
    colour.trim_start_matches('#')
}
