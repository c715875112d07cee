//! A text as its readers see it: headings, paragraphs, lists and tables, whatever it is written in.
//!
//! What is said stands here once; the terminal, Markdown, HTML and Word are punctuations of it.

use super::map::Picture;
use crate::decision::Status;

/// A text from its title to its foot.
#[derive(Debug, Clone)]
pub struct Document {
    /// What stands at the top.
    pub title: String,
    /// What stands below it, smaller.
    pub subtitle: Option<String>,
    /// The sections, in order.
    pub sections: Vec<Section>,
    /// The ruleset's name and version.
    pub ruleset: String,
    /// The hash of the ruleset as used.
    pub digest: String,
}

/// A heading and what stands under it.
#[derive(Debug, Clone)]
pub struct Section {
    /// The heading; none for what stands at the top.
    pub heading: Option<&'static str>,
    /// What stands under it.
    pub blocks: Vec<Block>,
}

impl Section {
    /// A section with one block; none where the block says nothing.
    pub fn of(heading: &'static str, block: Block) -> Option<Section> {
        (!block.is_empty()).then(|| Section { heading: Some(heading), blocks: vec![block] })
    }
}

/// A part of a section.
#[derive(Debug, Clone)]
pub enum Block {
    /// Who owns, who is the contact, and how sure that is.
    Answer(Box<Answer>),
    /// A heading within the section, with what is said beside it.
    Subheading(Item),
    /// A paragraph.
    Paragraph(String),
    /// A list without an order.
    List(Vec<Item>),
    /// A list in an order.
    Numbered(Vec<Item>),
    /// Rows and columns.
    Table(Table),
    /// The decision map.
    Map(Box<Picture>),
}

impl Block {
    fn is_empty(&self) -> bool {
        match self {
            Block::Answer(_) | Block::Subheading(_) | Block::Map(_) => false,
            Block::Paragraph(text) => text.is_empty(),
            Block::List(items) | Block::Numbered(items) => items.is_empty(),
            Block::Table(table) => table.rows.is_empty(),
        }
    }
}

/// The answer itself.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The title of the role that owns.
    pub owner: Option<String>,
    /// The title of the contact's role.
    pub contact: Option<String>,
    /// The contact's name, job title and region.
    pub person: Option<String>,
    /// The contact's e-mail address.
    pub email: Option<String>,
    /// How sure it is.
    pub status: Status,
    /// What that means.
    pub status_means: &'static str,
    /// How far it can be relied on, and which facts make it uncertain.
    pub confidence: Option<String>,
    /// The question whose answer settles most.
    pub ask: Option<String>,
    /// What is known, as a sentence.
    pub known: Option<String>,
}

/// What is said in one piece, and what is said beside it, less loudly.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Item {
    /// What is said.
    pub text: String,
    /// What is said beside it.
    pub aside: Option<String>,
}

impl From<String> for Item {
    fn from(text: String) -> Item {
        Item { text, aside: None }
    }
}

/// Rows under a head; the first cell of a row is what the row is about.
#[derive(Debug, Clone)]
pub struct Table {
    /// The head.
    pub columns: Vec<&'static str>,
    /// The rows, each with as many cells as the head.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell of a table.
#[derive(Debug, Clone, Default)]
pub struct Cell {
    /// A word that stands out, before the text.
    pub mark: Option<Source>,
    /// The text.
    pub text: String,
}

impl From<String> for Cell {
    fn from(text: String) -> Cell {
        Cell { mark: None, text }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        Cell { mark: None, text: text.to_owned() }
    }
}

impl Cell {
    /// The cell as one text.
    pub fn plain(&self) -> String {
        match (self.mark, self.text.is_empty()) {
            (None, _) => self.text.clone(),
            (Some(mark), true) => mark.as_str().to_owned(),
            (Some(mark), false) => format!("{}: {}", mark.as_str(), self.text),
        }
    }
}

/// Where something that is said of a fact comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// The profile says so.
    Given,
    /// It is typical, so it is presumed.
    Presumed,
    /// It follows from other facts.
    Derived,
    /// Nobody has said.
    Unknown,
}

impl Source {
    /// The word.
    pub fn as_str(self) -> &'static str {
        match self {
            Source::Given => "given",
            Source::Presumed => "presumed",
            Source::Derived => "worked out",
            Source::Unknown => "unknown",
        }
    }
}
