//! Looks that are added to those a workbook has: the colours of the statuses.

use super::rewrite::{self, Rewriting};
use crate::clients::error::ListError;
use quick_xml::events::Event;

/// A list of styles, and the numbers of those that were added.
pub(super) type Styled = (Vec<u8>, Vec<usize>);

/// The styles with one more for each colour, and the numbers of those; nothing where the text is no list of styles.
///
/// # Errors
/// If the text is damaged.
pub(super) fn with_colours(text: &str, colours: &[&str]) -> Result<Option<Styled>, ListError> {
    let counted = |list| rewrite::children(text, list);
    let (Some(fills), Some(styles)) = (counted("fills")?, counted("cellXfs")?) else { return Ok(None) };
    let mut out = Rewriting::new(text);
    while let Some(event) = out.next()? {
        match &event {
            Event::Start(element) if element.local_name().as_ref() == "fills" => {
                out.write(Event::Start(rewrite::with(
                    element,
                    "count",
                    &(fills + colours.len()).to_string(),
                )))?;
            }
            Event::Start(element) if element.local_name().as_ref() == "cellXfs" => {
                out.write(Event::Start(rewrite::with(
                    element,
                    "count",
                    &(styles + colours.len()).to_string(),
                )))?;
            }
            Event::End(element) if element.local_name().as_ref() == "fills" => {
                let prefix = rewrite::prefix(element.name().as_ref()).to_owned();
                for colour in colours {
                    out.raw(&format!(
                        "<{prefix}fill><{prefix}patternFill patternType=\"solid\"><{prefix}fgColor rgb=\"FF{colour}\"/>\
                         <{prefix}bgColor indexed=\"64\"/></{prefix}patternFill></{prefix}fill>"
                    ));
                }
                out.write(event)?;
            }
            Event::End(element) if element.local_name().as_ref() == "cellXfs" => {
                let prefix = rewrite::prefix(element.name().as_ref()).to_owned();
                for at in 0..colours.len() {
                    out.raw(&format!(
                        "<{prefix}xf numFmtId=\"0\" fontId=\"0\" fillId=\"{}\" borderId=\"0\" xfId=\"0\" applyFill=\"1\"/>",
                        fills + at
                    ));
                }
                out.write(event)?;
            }
            _ => out.write(event)?,
        }
    }
    Ok(Some((out.finish(), (styles..styles + colours.len()).collect())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_added_behind_what_is_there() {
        let text = "<x:s><x:fills count='2'><x:fill/><x:fill><x:a/></x:fill></x:fills><x:cellXfs><x:xf/></x:cellXfs></x:s>";
        let (styles, numbers) = with_colours(text, &["AABBCC", "112233"]).unwrap().unwrap();
        let styles = String::from_utf8(styles).unwrap();
        assert_eq!(numbers, [1, 2]);
        assert!(
            styles.contains("<x:fills count=\"4\"><x:fill/><x:fill><x:a/></x:fill><x:fill><x:patternFill")
        );
        assert!(
            styles.contains("<x:cellXfs count=\"3\"><x:xf/><x:xf numFmtId=\"0\" fontId=\"0\" fillId=\"2\"")
        );
        assert!(
            styles.ends_with("fillId=\"3\" borderId=\"0\" xfId=\"0\" applyFill=\"1\"/></x:cellXfs></x:s>")
        );
        assert_eq!(with_colours("<s/>", &["AABBCC"]).unwrap(), None);
    }
}
