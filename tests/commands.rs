//! The command line as a user meets it: each file in `tests/cmd` is commands with their output and exit code.

#[test]
fn commands() {
    trycmd::TestCases::new().case("tests/cmd/*.toml").case("tests/cmd/*.trycmd");
}
