//! How the program behaves as a process: pipes, full disks, old files, colour.

use std::fs;
use std::io::Write;
use std::process::{Command, Output, Stdio};

fn whoowns(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_whoowns"));
    command.args(arguments).env_remove("NO_COLOR");
    command
}

fn run(arguments: &[&str]) -> Output {
    whoowns(arguments).output().unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn a_closed_pipe_ends_it_quietly() {
    let mut child = whoowns(&["decide", "--format", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(stderr(&output), "");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said_and_is_exit_2() {
    let output = run(&["decide", "--set", "headcount=300", "-o", "/dev/full"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("cannot write `/dev/full`"), "{}", stderr(&output));
    let full = fs::File::options().write(true).open("/dev/full").unwrap();
    let output = whoowns(&["decide", "--set", "headcount=300"]).stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("cannot write standard output"), "{}", stderr(&output));
}

#[test]
fn an_old_file_survives_a_failed_run_and_gives_way_to_a_finished_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("answer.json");
    fs::write(&path, "old").unwrap();
    let file = path.to_str().unwrap();
    assert_eq!(
        run(&["decide", "--set", "headcount=x", "--format", "json", "-o", file]).status.code(),
        Some(2)
    );
    assert_eq!(fs::read_to_string(&path).unwrap(), "old");
    assert_eq!(
        run(&["decide", "--set", "headcount=9", "--format", "json", "-o", file]).status.code(),
        Some(0)
    );
    assert!(fs::read_to_string(&path).unwrap().starts_with('{'));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing else is left behind");
}

#[cfg(unix)]
#[test]
fn a_link_is_followed() {
    let folder = tempfile::tempdir().unwrap();
    let (real, link) = (folder.path().join("real.csv"), folder.path().join("link.csv"));
    fs::write(&real, "old").unwrap();
    std::os::unix::fs::symlink(&real, &link).unwrap();
    let output = run(&["decide", "--set", "headcount=9", "--format", "csv", "-o", link.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert!(fs::read_to_string(&real).unwrap().starts_with("name,status"));
}

#[test]
fn colour_only_where_it_is_wanted() {
    let escape = |output: &Output| output.stdout.contains(&0x1b);
    let base = ["decide", "--set", "headcount=300"];
    assert!(!escape(&run(&base)), "no terminal, no colour");
    assert!(escape(&run(&[&base[..], &["--color", "always"]].concat())));
    assert!(!escape(&run(&[&base[..], &["--color", "never"]].concat())));
}

#[test]
fn quiet_leaves_standard_error_to_errors() {
    let folder = tempfile::tempdir().unwrap();
    let list = folder.path().join("clients.csv");
    fs::write(&list, "Company,Employees\nAcme,300\n").unwrap();
    let list = list.to_str().unwrap();
    assert_ne!(stderr(&run(&["batch", list])), "");
    assert_eq!(stderr(&run(&["batch", list, "--quiet"])), "");
    assert_ne!(stderr(&run(&["decide", "--set", "x=1", "--quiet"])), "");
}

#[test]
fn standard_input_has_a_name_in_messages() {
    let mut child = whoowns(&["decide", "-"]).stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"{\"headcount\": [3]}").unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("<stdin>:1:15"), "{}", stderr(&output));
}

#[test]
fn all_profiles_or_none() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let (good, bad, worse) =
        (write("a.toml", "headcount = 3"), write("b.toml", "x = 1"), write("c.json", "{"));
    let output = run(&["decide", &good, &bad, &worse, "--format", "ndjson"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty(), "nothing is printed");
    for name in ["b.toml:1:1", "c.json:1:1"] {
        assert!(stderr(&output).contains(name), "{}", stderr(&output));
    }
}

#[test]
fn a_report_is_not_made_of_answers() {
    let folder = tempfile::tempdir().unwrap();
    let (list, report) = (folder.path().join("clients.csv"), folder.path().join("report.html"));
    fs::write(&list, "Company,Employees\nAcme,300\n").unwrap();
    let (list_name, report_name) = (list.to_str().unwrap(), report.to_str().unwrap());
    let output = run(&["batch", list_name, "-o", list_name, "--report", report_name]);
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    assert_eq!(fs::read_to_string(&list).unwrap(), "Company,Employees\nAcme,300\n");
    assert!(!report.exists());
}

#[test]
fn known_cases_beside_rulesets_are_no_rulesets() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/own-rules/");
    let file = |name: &str| format!("{folder}{name}");
    let (rules, cases) = (file("purchase-approval.toml"), file("purchase-approval.cases.toml"));
    let both = run(&["rules", "check", &rules, &cases]);
    assert_eq!(both.status.code(), Some(0), "{}", stderr(&both));
    assert!(stderr(&both).contains("whoowns rules test"), "{}", stderr(&both));
    let none = run(&["rules", "check", &cases]);
    assert_eq!(none.status.code(), Some(2), "nothing was checked");
}
