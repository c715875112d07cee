//! One page with the interview, the decision, the map and the brief, for those without a terminal.
//!
//! Its decisions come from the compiled form: the cells of all states, each with the rows that decide it, stand in the
//! page as data and are walked by a script. Nothing is evaluated in the script that the cells do not say.

mod model;
mod shape;

use askama::Template;

use crate::decision::TooEntangled;
use crate::ruleset::Ruleset;
use shape::Model;

/// Why there is no page.
#[derive(Debug, thiserror::Error)]
pub enum PageError {
    /// The cells cannot be found.
    #[error(transparent)]
    TooEntangled(#[from] TooEntangled),
    /// There are more cells than a browser walks without a pause.
    #[error("the rules fall into {0} cells, too many for a page that answers at once")]
    TooLarge(usize),
    /// The template could not be written.
    #[error("cannot write the page")]
    Template(#[from] askama::Error),
    /// The data could not be written.
    #[error("cannot write the page's data")]
    Data(#[from] serde_json::Error),
}

#[derive(Template)]
#[template(path = "page.html")]
struct Page<'a> {
    title: &'a str,
    ruleset: String,
    digest: &'a str,
    model: String,
}

/// The page for a ruleset.
///
/// # Errors
/// When the ruleset is too large or too entangled for a page.
pub fn html(ruleset: &Ruleset) -> Result<String, PageError> {
    let page = Page {
        title: ruleset.title(),
        ruleset: format!("{} {}", ruleset.name(), ruleset.version()),
        digest: ruleset.digest(),
        model: for_script(&serde_json::to_string(&Model::new(ruleset)?)?),
    };
    Ok(page.render()?)
}

/// JSON that ends no `<script>` and opens no comment, whatever its texts say.
pub fn for_script(json: &str) -> String {
    json.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}
