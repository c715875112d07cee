//! The command line as a user meets it: each file in `tests/cmd` is commands with their output and exit code, and so
//! is each page in `docs`.
#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test that cannot go on has failed, and one that is skipped says so"
)]

mod interview_terminal;
mod process;
mod said;
mod schemas;
#[cfg(unix)]
mod words;

#[test]
fn commands() {
    trycmd::TestCases::new().case("tests/cmd/*.toml").case("tests/cmd/*.trycmd");
}

/// What the pages in `docs/` show is what the program says.
#[test]
fn docs_show_what_happens() {
    trycmd::TestCases::new().case("docs/*.md");
}
