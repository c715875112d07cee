//! The interview in a real terminal.

use std::fs;
use std::process::Command;

use rexpect::session::{PtySession, spawn_command};
use whoowns::{Profile, Ruleset, decide};

/// Milliseconds to wait for what must come; far more than a busy machine needs.
const PATIENCE: u64 = 30_000;

fn ask(arguments: &[&str]) -> PtySession {
    let mut command = Command::new(env!("CARGO_BIN_EXE_whoowns"));
    command.arg("ask").args(arguments).env("TERM", "xterm").env("NO_COLOR", "1");
    command.current_dir(env!("CARGO_MANIFEST_DIR"));
    spawn_command(command, Some(PATIENCE)).unwrap()
}

fn question(ruleset: &Ruleset, settings: &[&str]) -> String {
    let settings: Vec<String> = settings.iter().map(|setting| (*setting).to_owned()).collect();
    let profile = Profile::read(ruleset, None, &settings).unwrap();
    // Wrapping puts line ends into long questions, so their beginning is waited for.
    let asked = decide(ruleset, &profile).unwrap().ask[0];
    ruleset.fact(asked).ask.iter().flat_map(|question| question.chars()).take(40).collect()
}

fn press(talk: &mut PtySession, keys: &str) {
    talk.send(keys).unwrap();
    talk.flush().unwrap();
}

/// What the interview takes for one key.
const ESCAPE: &str = "\u{1b}";
const ENTER: &str = "\r";

#[test]
fn questions_are_answered_taken_back_and_saved() {
    let ruleset = Ruleset::embedded().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let saved = folder.path().join("saved.toml");
    let mut talk = ask(&["--set", "name=Acme", "--save", saved.to_str().unwrap()]);
    let first = question(&ruleset, &[]);
    talk.exp_string(&first).unwrap();
    press(&mut talk, &format!("lots{ENTER}"));
    talk.exp_string("lots").unwrap();
    talk.exp_string(&first).unwrap();
    press(&mut talk, &format!("about 300{ENTER}"));
    talk.exp_string("so far: ").unwrap();
    let second = question(&ruleset, &["headcount=about 300"]);
    talk.exp_string(&second).unwrap();
    // Esc asks the question before once more.
    press(&mut talk, ESCAPE);
    talk.exp_string(&first).unwrap();
    press(&mut talk, &format!("about 300{ENTER}"));
    talk.exp_string(&second).unwrap();
    press(&mut talk, &format!("no{ENTER}"));
    talk.exp_string("settled: ").unwrap();
    let rest = talk.exp_eof().unwrap();
    assert!(rest.contains("Owner"), "{rest}");
    let text = fs::read_to_string(&saved).unwrap();
    let profile = Profile::from_toml(&ruleset, "saved", &text).unwrap();
    assert_eq!(profile.name.as_deref(), Some("Acme"));
    assert!(text.contains("about 300"), "{text}");
    assert_eq!(decide(&ruleset, &profile).unwrap().status.as_str(), "decided");
}

#[test]
fn nothing_is_asked_where_all_is_settled() {
    let mut talk =
        ask(&["--set", "headcount=300", "--set", "hr_team=yes", "--set", "ld_team=no", "--format", "json"]);
    let rest = talk.exp_eof().unwrap();
    assert!(rest.contains("\"status\": \"decided\""), "{rest}");
}

#[test]
fn one_can_stop_and_gets_what_is_known() {
    let mut talk = ask(&["--set", "headcount=300"]);
    talk.exp_string("stop here").unwrap();
    press(&mut talk, &format!("stop{ENTER}"));
    let rest = talk.exp_eof().unwrap();
    assert!(rest.contains("presumed"), "{rest}");
}
