//! Styles for a workbook that says nothing of how its cells look.

use super::package::{Package, damaged};
use super::parts::Parts;
use super::rewrite::{self, Rewriting};
use super::styles;
use crate::clients::error::ListError;
use quick_xml::events::Event;
use std::collections::HashMap;

/// The list of all parts and what each is.
const TYPES: &str = "[Content_Types].xml";
const TYPE_OF_STYLES: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml";
const RELATION_TO_STYLES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles";

/// The styles of a new workbook.
const PLAIN: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="1"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>"#;

/// A part that is added: its name and its content.
pub(super) type NewPart = (String, Vec<u8>);

/// A part with the colours, and their numbers; the parts that have to name it are `changed`. Nothing where the workbook
/// has no list of its parts.
///
/// # Errors
/// If the workbook is damaged.
pub(super) fn added(
    package: &mut Package,
    parts: &Parts,
    colours: &[&str],
    changed: &mut HashMap<usize, Vec<u8>>,
) -> Result<Option<(NewPart, Vec<usize>)>, ListError> {
    let Some((styles, numbers)) = styles::with_colours(PLAIN, colours)? else { return Ok(None) };
    let (folder, file) = parts.book.rsplit_once('/').unwrap_or(("", &parts.book));
    let within = |name: &str| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
    let relations = within(&format!("_rels/{file}.rels"));
    let (Some(types_at), Some(types)) = (package.find(TYPES), package.text(TYPES)?) else { return Ok(None) };
    let (Some(relations_at), Some(related)) = (package.find(&relations), package.text(&relations)?) else {
        return Ok(None);
    };
    let names = (0..).map(|at| if at == 0 { "styles.xml".to_owned() } else { format!("styles{at}.xml") });
    let is_free = |name: &String| {
        let whole = within(name);
        !types.contains(&format!("/{whole}\"")) && package.find(&whole).is_none()
    };
    let Some(name) = { names }.find(is_free) else { return Ok(None) };
    let id = (0..).map(|at| format!("rIdStyles{at}")).find(|id| !related.contains(&format!("\"{id}\"")));
    let id = id.ok_or_else(|| damaged("no name is free for its styles"))?;
    let part = within(&name);
    changed.insert(
        types_at,
        with_last(&types, "Types", |prefix| {
            format!("<{prefix}Override PartName=\"/{part}\" ContentType=\"{TYPE_OF_STYLES}\"/>")
        })?,
    );
    changed.insert(
        relations_at,
        with_last(&related, "Relationships", |prefix| {
            format!("<{prefix}Relationship Id=\"{id}\" Type=\"{RELATION_TO_STYLES}\" Target=\"{name}\"/>")
        })?,
    );
    Ok(Some(((part, styles), numbers)))
}

/// The text with one more element at the end of a list.
fn with_last(text: &str, list: &str, element: impl Fn(&str) -> String) -> Result<Vec<u8>, ListError> {
    let mut out = Rewriting::new(text);
    while let Some(event) = out.next()? {
        if let Event::End(end) = &event
            && end.local_name().as_ref() == list
        {
            out.raw(&element(rewrite::prefix(end.name().as_ref())));
        }
        out.write(event)?;
    }
    Ok(out.finish())
}
