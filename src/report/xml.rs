//! Elements of XML, as SVG and Word files need them: names, attributes and texts, escaped when they are written.

use std::fmt;

/// An element.
#[derive(Debug, Clone)]
pub struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    content: Vec<Content>,
}

#[derive(Debug, Clone)]
enum Content {
    Text(String),
    Element(Element),
}

impl Element {
    /// An element without anything in it.
    pub fn new(name: &'static str) -> Element {
        Element { name, attributes: Vec::new(), content: Vec::new() }
    }

    /// The element with one more attribute.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl fmt::Display) -> Element {
        self.attributes.push((name, value.to_string()));
        self
    }

    /// The element with one more attribute, a length or a place in pixels.
    #[must_use]
    pub fn at(self, name: &'static str, pixels: f64) -> Element {
        self.with(name, format_args!("{pixels:.1}"))
    }

    /// The element with a text at its end.
    #[must_use]
    pub fn text(mut self, text: &str) -> Element {
        self.content.push(Content::Text(text.to_owned()));
        self
    }

    /// The element with another at its end.
    #[must_use]
    pub fn child(mut self, child: Element) -> Element {
        self.content.push(Content::Element(child));
        self
    }

    /// The element with others at its end.
    #[must_use]
    pub fn children(mut self, children: impl IntoIterator<Item = Element>) -> Element {
        self.content.extend(children.into_iter().map(Content::Element));
        self
    }
}

impl fmt::Display for Element {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "<{}", self.name)?;
        for (name, value) in &self.attributes {
            write!(formatter, " {name}=\"")?;
            escape(formatter, value)?;
            formatter.write_str("\"")?;
        }
        if self.content.is_empty() {
            return formatter.write_str("/>");
        }
        formatter.write_str(">")?;
        for content in &self.content {
            match content {
                Content::Text(text) => escape(formatter, text)?,
                Content::Element(element) => element.fmt(formatter)?,
            }
        }
        write!(formatter, "</{}>", self.name)
    }
}

/// A text that XML and HTML take as text alone, in an element or an attribute.
fn escape(formatter: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    use std::fmt::Write;
    for letter in text.chars() {
        match letter {
            '&' => formatter.write_str("&amp;")?,
            '<' => formatter.write_str("&lt;")?,
            '>' => formatter.write_str("&gt;")?,
            '"' => formatter.write_str("&quot;")?,
            '\n' | '\r' | '\t' => formatter.write_char(' ')?,
            // XML has no other control characters, not even escaped.
            letter if letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}') => {}
            letter => formatter.write_char(letter)?,
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_stays_text() {
        let element =
            Element::new("a").with("b", "<\"'>&\u{1}").at("x", 1.25).text("<c>\n&").child(Element::new("d"));
        assert_eq!(element.to_string(), "<a b=\"&lt;&quot;'&gt;&amp;\" x=\"1.2\">&lt;c&gt; &amp;<d/></a>");
    }
}
