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
    /// The template could not be written.
    #[error("cannot write the page")]
    Template(#[from] askama::Error),
    /// The data could not be written.
    #[error("cannot write the page's data")]
    Data(#[from] serde_json::Error),
    /// Rules that stand in several files could not be put into one.
    #[error("cannot write the rules as one file")]
    Rules(#[from] toml::ser::Error),
    /// The engine could not be made smaller.
    #[error("cannot write the page's engine")]
    Engine(#[from] std::io::Error),
}
