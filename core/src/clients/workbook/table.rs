//! Tables on a sheet: one that ends with the header's last column grows to take the answers in.

use super::package::{attribute, elements};
use super::place::Area;
use super::rewrite::{self, Rewriting};
use super::survey::raw_attribute;
use crate::clients::error::ListError;
use quick_xml::escape::escape;
use quick_xml::events::{BytesStart, Event};

/// The row of a list's header, and its last column.
#[derive(Clone, Copy, Debug)]
pub(super) struct Header {
    pub(super) row: u32,
    pub(super) last_column: u32,
}

/// What a table says of itself.
struct Said {
    area: Area,
    /// Whether its columns are its own, and not those of a query.
    own: bool,
    has_header: bool,
    names: Vec<String>,
    highest_id: u32,
}

fn said(text: &str) -> Result<Option<Said>, ListError> {
    let mut found: Option<Said> = None;
    elements(text, |element| match (element.local_name().as_ref(), &mut found) {
        ("table", None) => {
            let is = |name: &str, value: &str| raw_attribute(element, name) == Some(value);
            found = raw_attribute(element, "ref").and_then(Area::parse).map(|area| Said {
                area,
                own: raw_attribute(element, "tableType").is_none_or(|kind| kind == "worksheet"),
                has_header: !is("headerRowCount", "0"),
                names: Vec::new(),
                highest_id: 0,
            });
        }
        ("tableColumn", Some(said)) => {
            said.names.extend(attribute(element, "name"));
            let id = raw_attribute(element, "id").and_then(|id| id.parse().ok()).unwrap_or(0);
            said.highest_id = said.highest_id.max(id);
        }
        _ => {}
    })?;
    Ok(found)
}

/// Whether a table has this header, ends with its last column, and can take columns with these titles in.
pub(super) fn grows(text: &str, header: Header, titles: &[String]) -> Result<bool, ListError> {
    let Some(said) = said(text)? else { return Ok(false) };
    let taken = |title: &String| said.names.iter().any(|name| name.to_lowercase() == title.to_lowercase());
    Ok(said.own
        && said.has_header
        && (said.area.first.row, said.area.last.column) == (header.row, header.last_column)
        && !titles.iter().any(taken))
}

/// The table with these columns behind its own.
///
/// # Errors
/// If the text is damaged.
pub(super) fn grown(text: &str, titles: &[String]) -> Result<Vec<u8>, ListError> {
    let mut out = Rewriting::new(text);
    let Some(Said { area, names, highest_id, .. }) = said(text)? else { return Ok(text.as_bytes().to_vec()) };
    let added = u32::try_from(titles.len()).unwrap_or(0);
    let wider = |element: &BytesStart| {
        let own = raw_attribute(element, "ref").and_then(Area::parse);
        let reached = own.filter(|own| own.last.column == area.last.column);
        reached.map(|own| rewrite::with(element, "ref", &own.reaching(area.last.column + added).to_string()))
    };
    while let Some(event) = out.next()? {
        match &event {
            Event::Start(element) => match element.local_name().as_ref() {
                "table" | "autoFilter" => out.write(wider(element).map_or(event.borrow(), Event::Start))?,
                "tableColumns" => {
                    let count = (names.len() + titles.len()).to_string();
                    out.write(Event::Start(rewrite::with(element, "count", &count)))?;
                }
                _ => out.write(event)?,
            },
            Event::Empty(element) if element.local_name().as_ref() == "autoFilter" => {
                out.write(wider(element).map_or(event.borrow(), Event::Empty))?;
            }
            Event::End(element) if element.local_name().as_ref() == "tableColumns" => {
                let prefix = rewrite::prefix(element.name().as_ref()).to_owned();
                for (id, title) in (highest_id.saturating_add(1)..).zip(titles) {
                    out.raw(&format!(
                        "<{prefix}tableColumn id=\"{id}\" name=\"{}\"/>",
                        escape(title.as_str())
                    ));
                }
                out.write(event)?;
            }
            _ => out.write(event)?,
        }
    }
    Ok(out.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "<table id=\"1\" ref=\"B3:D9\"><autoFilter ref=\"B3:D9\"/><tableColumns count=\"3\">\
        <tableColumn id=\"1\" name=\"Company\"/><tableColumn id=\"7\" name=\"A &amp; B\"/><tableColumn id=\"3\" name=\"C\"/>\
        </tableColumns><tableStyleInfo name=\"T\"/></table>";

    #[test]
    fn a_table_takes_columns_in() {
        let titles = ["x<y".to_owned(), "z".to_owned()];
        let header = Header { row: 3, last_column: 3 };
        assert!(grows(TABLE, header, &titles).unwrap());
        let grown = String::from_utf8(grown(TABLE, &titles).unwrap()).unwrap();
        let expected = TABLE.replace("B3:D9", "B3:F9").replace("count=\"3\"", "count=\"5\"").replace(
            "</tableColumns>",
            "<tableColumn id=\"8\" name=\"x&lt;y\"/><tableColumn id=\"9\" name=\"z\"/></tableColumns>",
        );
        assert_eq!(grown, expected);
    }

    #[test]
    fn other_tables_stay_as_they_are() {
        let titles = ["x".to_owned()];
        let header = Header { row: 3, last_column: 3 };
        for (header, table) in [
            (Header { row: 2, ..header }, TABLE.to_owned()),
            (Header { last_column: 4, ..header }, TABLE.to_owned()),
            (header, TABLE.replace("id=\"1\" ref", "tableType=\"queryTable\" ref")),
            (header, TABLE.replace("id=\"1\" ref", "headerRowCount=\"0\" ref")),
            (header, TABLE.replace("\"C\"", "\"X\"")),
            (header, "<other/>".to_owned()),
        ] {
            assert!(!grows(&table, header, &titles).unwrap(), "{table}");
        }
    }
}
