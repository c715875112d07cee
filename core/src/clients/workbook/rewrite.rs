//! Changing a few elements of a text, and leaving every other byte as it is.

use super::package::{bad_xml, damaged};
use crate::clients::error::ListError;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, Writer};

/// A text that is read element by element, and what is made of it.
pub(super) struct Rewriting<'t> {
    reader: Reader<&'t [u8]>,
    writer: Writer<Vec<u8>>,
}

impl<'t> Rewriting<'t> {
    /// Begins with nothing made yet.
    pub(super) fn new(text: &'t str) -> Self {
        Rewriting {
            reader: Reader::from_str(text),
            writer: Writer::new(Vec::with_capacity(text.len() + 1024)),
        }
    }

    /// What comes next; nothing at the end.
    pub(super) fn next(&mut self) -> Result<Option<Event<'t>>, ListError> {
        match self.reader.read_event().map_err(bad_xml)? {
            Event::Eof => Ok(None),
            event => Ok(Some(event)),
        }
    }

    /// Writes what was read, or something in its stead.
    pub(super) fn write(&mut self, event: Event) -> Result<(), ListError> {
        self.writer.write_event(event).map_err(ListError::Write)
    }

    /// Writes elements that are new.
    pub(super) fn raw(&mut self, text: &str) {
        self.writer.get_mut().extend_from_slice(text.as_bytes());
    }

    /// What was made.
    pub(super) fn finish(self) -> Vec<u8> {
        self.writer.into_inner()
    }
}

/// An element with one attribute changed, or added.
pub(super) fn with(element: &BytesStart, name: &str, value: &str) -> BytesStart<'static> {
    let mut content = element.name().as_ref().to_owned();
    let length = content.len();
    let mut found = false;
    for own in element.attributes().with_checks(false).flatten() {
        let same = own.key.as_ref() == name;
        found |= same;
        let value = if same { value.to_owned() } else { own.value.replace('"', "&quot;") };
        content.push_str(&format!(" {}=\"{value}\"", own.key.as_ref()));
    }
    if !found {
        content.push_str(&format!(" {name}=\"{value}\""));
    }
    BytesStart::from_content(content, length)
}

/// What stands before the colon of a name, with the colon.
pub(super) fn prefix(name: &str) -> &str {
    name.rfind(':').map_or("", |colon| &name[..=colon])
}

/// How many elements stand in the first list with this name; nothing where there is no such list.
pub(super) fn children(text: &str, list: &str) -> Result<Option<usize>, ListError> {
    let mut reader = Reader::from_str(text);
    let mut found: Option<(usize, usize)> = None;
    loop {
        match (reader.read_event().map_err(bad_xml)?, &mut found) {
            (Event::Start(element), None) if element.local_name().as_ref() == list => found = Some((0, 0)),
            (Event::Start(_), Some((depth, count))) => {
                *count += usize::from(*depth == 0);
                *depth += 1;
            }
            (Event::Empty(_), Some((0, count))) => *count += 1,
            (Event::End(_), Some((0, count))) => return Ok(Some(*count)),
            (Event::End(_), Some((depth, _))) => *depth -= 1,
            (Event::Eof, None) => return Ok(None),
            (Event::Eof, Some(_)) => return Err(damaged(format!("`{list}` has no end"))),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_attribute_is_changed_and_all_else_kept() {
        let element = BytesStart::from_content("x:a  one='\"1\"' two=\"&amp;\"", 3);
        assert_eq!(&*with(&element, "two", "2"), "x:a one=\"&quot;1&quot;\" two=\"2\"");
        assert_eq!(&*with(&element, "three", "3"), "x:a one=\"&quot;1&quot;\" two=\"&amp;\" three=\"3\"");
    }

    #[test]
    fn only_what_stands_directly_in_a_list_is_counted() {
        let text = "<s><l><a><b/></a><c/><d></d></l><l><e/></l></s>";
        assert_eq!(children(text, "l").unwrap(), Some(3));
        assert_eq!(children(text, "m").unwrap(), None);
        assert!(children("<l><a>", "l").is_err());
    }

    #[test]
    fn what_is_not_touched_stays_as_it_is() {
        let text = "<?xml version='1.0'?>\r\n<a b = 'c' ><!-- d --><e/>f &amp; &#10;<![CDATA[<g>]]></a>\n";
        let mut rewriting = Rewriting::new(text);
        while let Some(event) = rewriting.next().unwrap() {
            rewriting.write(event).unwrap();
        }
        assert_eq!(String::from_utf8(rewriting.finish()).unwrap(), text);
    }
}
