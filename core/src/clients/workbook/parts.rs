//! Which parts of a workbook a sheet is made of.

use super::package::{Package, attribute, damaged, elements};
use crate::clients::error::ListError;

/// The parts that answers change.
#[derive(Debug)]
pub(super) struct Parts {
    /// What names the sheets.
    pub(super) book: String,
    /// The cells of the sheet.
    pub(super) sheet: String,
    /// The tables on the sheet.
    pub(super) tables: Vec<String>,
    /// How cells look, if the workbook says it.
    pub(super) styles: Option<String>,
}

impl Parts {
    /// The parts of the sheet with this name.
    ///
    /// # Errors
    /// If the workbook does not say where they are.
    pub(super) fn of(package: &mut Package, sheet: &str) -> Result<Self, ListError> {
        let root = package.relations("")?.into_iter().find(|relation| relation.is("officeDocument"));
        let book = root.map_or_else(|| "xl/workbook.xml".to_owned(), |relation| relation.target);
        let text = package.text(&book)?.ok_or_else(|| damaged(format!("there is no `{book}` in it")))?;
        let mut id = None;
        elements(&text, |element| {
            if element.local_name().as_ref() == "sheet"
                && attribute(element, "name").as_deref() == Some(sheet)
            {
                id = attribute(element, "id");
            }
        })?;
        let relations = package.relations(&book)?;
        let found = relations.iter().find(|relation| Some(&relation.id) == id.as_ref());
        let part = found
            .ok_or_else(|| damaged(format!("nothing says where the sheet `{sheet}` is")))?
            .target
            .clone();
        let styles = relations.into_iter().find(|relation| relation.is("styles"));
        let tables = package.relations(&part)?.into_iter().filter(|relation| relation.is("table"));
        let tables = tables.map(|relation| relation.target).collect();
        Ok(Parts { book, sheet: part, tables, styles: styles.map(|relation| relation.target) })
    }
}
