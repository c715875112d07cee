//! One page with the whole program in it, for those without a terminal.
//!
//! The page holds the library itself, compiled to WebAssembly (`page/build`), so that what it says is what the program
//! says. Here it is only put together: the engine, the rules, and the scripts that show what the engine answers.

#[cfg(feature = "cli")]
mod whole;

#[cfg(feature = "cli")]
pub use whole::html;

/// Why there is no page.
#[derive(Debug, thiserror::Error)]
pub enum PageError {
    /// The rules stand in more than one file, and a page has no folder to look for the others in.
    #[error("a page holds one rule file, and these rules extend `{0}`; put its rows into the file itself")]
    Extends(String),
    /// The template could not be written.
    #[error("cannot write the page")]
    Template(#[from] askama::Error),
    /// The data could not be written.
    #[error("cannot write the page's data")]
    Data(#[from] serde_json::Error),
    /// The engine could not be made smaller.
    #[error("cannot write the page's engine")]
    Engine(#[from] std::io::Error),
}

/// JSON that ends no `<script>` and opens no comment, whatever its texts say.
pub fn for_script(json: &str) -> String {
    json.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}
