//! How `batch` behaves as a process: files that appear whole or not at all, signals, exit codes.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

const LIST: &str = "Employees,HR team,L&D team\n300,y,n\n201-500,,\n";

fn batch(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_whoowns"));
    command.arg("batch").args(arguments).current_dir(folder).env_remove("NO_COLOR");
    command
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    batch(folder, arguments).output().unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn folder(list: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("list.csv"), list).unwrap();
    folder
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn exit_codes() {
    for (list, arguments, code) in [
        (LIST, &["list.csv"][..], 0),
        (LIST, &["list.csv", "--strict"], 1),
        ("Employees,HR team,L&D team\n300,y,n\n", &["list.csv", "--strict"], 0),
        ("Employees\nlarge\n", &["list.csv"], 1),
        ("Employees\n1,2\n", &["list.csv"], 1),
        ("", &["list.csv"], 2),
        (LIST, &["missing.csv"], 2),
        (LIST, &["list.csv", "--columns", "owners"], 2),
        (LIST, &["list.csv", "--delimiter", "ab"], 2),
        (LIST, &["list.csv", "--encoding", "nonsense"], 2),
        (LIST, &["list.csv", "-o", "no/such/folder.csv"], 2),
        (LIST, &["list.csv", "-o", "list.csv/inside.csv"], 2),
        (LIST, &["."], 2),
    ] {
        let output = run(folder(list).path(), arguments);
        assert_eq!(output.status.code(), Some(code), "{list:?} {arguments:?}: {}", stderr(&output));
    }
}

#[test]
fn what_was_mapped_and_what_came_of_it_is_said() {
    let folder = folder(LIST);
    let output = run(folder.path(), &["list.csv", "-o", "answers.csv", "--summary", "summary.json"]);
    let said = stderr(&output);
    assert!(
        said.contains("headcount from `Employees`")
            && said.contains("no column gives: how HR and L&D work (`team_structure`)"),
        "{said}"
    );
    assert!(
        said.contains("2 rows: 2 answers, 0 rejects") && said.contains("decided 1, presumed 1"),
        "{said}"
    );
    let summary: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(folder.path().join("summary.json")).unwrap()).unwrap();
    assert_eq!((&summary["schema_version"], &summary["rows"]), (&1.into(), &2.into()));
    assert_eq!(summary["statuses"]["decided"], 1);
    let quiet = run(folder.path(), &["list.csv", "-o", "answers.csv", "--quiet"]);
    assert_eq!(stderr(&quiet), "");
}

#[test]
fn rejects_stand_beside_the_answers() {
    let folder = folder("Employees,x\n300,\n1\n");
    assert_eq!(run(folder.path(), &["list.csv", "-o", "answers.csv"]).status.code(), Some(1));
    let rejects = fs::read_to_string(folder.path().join("answers.csv.rejects.csv")).unwrap();
    assert_eq!(rejects, "line,reason,Employees,x\n3,1 cell instead of 2,1\n");
    run(folder.path(), &["list.csv", "-o", "answers.csv", "--rejects", "elsewhere"]);
    assert_eq!(fs::read_to_string(folder.path().join("elsewhere")).unwrap(), rejects);
}

#[test]
fn outputs_that_are_the_same_file_are_refused() {
    let folder = folder(LIST);
    fs::write(folder.path().join("there.csv"), "old").unwrap();
    fs::create_dir(folder.path().join("sub")).unwrap();
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("there.csv", folder.path().join("link.csv")).unwrap();
        std::os::unix::fs::symlink("fresh.csv", folder.path().join("dangling.csv")).unwrap();
        fs::hard_link(folder.path().join("there.csv"), folder.path().join("hard.csv")).unwrap();
    }
    let before = names(folder.path());
    for arguments in [
        &["list.csv", "-o", "list.csv"][..],
        &["list.csv", "-o", "./sub/../list.csv"],
        &["list.csv", "-o", "x.csv", "--rejects", "x.csv"],
        &["list.csv", "-o", "x.csv", "--summary", "sub/../x.csv"],
        &["list.csv", "-o", "x.csv", "--report", "./x.csv"],
        &["list.csv", "-o", "x.csv", "--summary", "x.csv.rejects.csv"],
        &["list.csv", "--summary", "y.json", "--report", "y.json"],
        &["list.csv", "--rejects", "list.csv"],
        &["list.csv", "--summary", "-"],
        #[cfg(unix)]
        &["list.csv", "-o", "there.csv", "--summary", "link.csv"],
        #[cfg(unix)]
        &["list.csv", "-o", "there.csv", "--summary", "hard.csv"],
        #[cfg(unix)]
        &["list.csv", "-o", "fresh.csv", "--summary", "dangling.csv"],
    ] {
        let output = run(folder.path(), arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", stderr(&output));
        assert!(stderr(&output).contains("would be the same file"), "{arguments:?}: {}", stderr(&output));
        assert_eq!(names(folder.path()), before);
    }
    assert_eq!(fs::read_to_string(folder.path().join("list.csv")).unwrap(), LIST);
    assert_eq!(fs::read_to_string(folder.path().join("there.csv")).unwrap(), "old");
}

#[test]
fn a_failed_run_leaves_the_old_file() {
    let folder = folder("");
    fs::write(folder.path().join("answers.csv"), "old").unwrap();
    assert_eq!(run(folder.path(), &["list.csv", "-o", "answers.csv"]).status.code(), Some(2));
    assert_eq!(fs::read_to_string(folder.path().join("answers.csv")).unwrap(), "old");
    assert_eq!(names(folder.path()), ["answers.csv", "list.csv"]);
}

#[test]
fn standard_input_and_output() {
    let folder = folder("");
    let mut child = batch(folder.path(), &["-", "-q", "--columns", "status"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(LIST.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let answered = "Employees,HR team,L&D team,lms_status\n300,y,n,decided\n201-500,,,presumed\n";
    assert_eq!(String::from_utf8(output.stdout).unwrap(), answered);
}

#[test]
fn a_closed_pipe_ends_it_quietly() {
    let rows = "300,y,n\n".repeat(200_000);
    let folder = folder(&format!("Employees,HR team,L&D team\n{rows}"));
    let mut child = batch(folder.path(), &["list.csv", "-q"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), stderr(&output)), (Some(0), String::new()));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said() {
    let folder = folder(LIST);
    for name in ["/dev/full", "full.xlsx"] {
        std::os::unix::fs::symlink("/dev/full", folder.path().join("full.xlsx")).ok();
        let output = run(folder.path(), &["list.csv", "-o", name]);
        assert_eq!(output.status.code(), Some(2), "{name}: {}", stderr(&output));
        assert!(stderr(&output).contains("No space left"), "{}", stderr(&output));
    }
}

#[cfg(unix)]
#[test]
fn a_signal_removes_the_unfinished_file_and_leaves_the_old_one() {
    for signal in ["TERM", "INT"] {
        let folder = folder("");
        fs::write(folder.path().join("answers.csv"), "old").unwrap();
        let mut child = batch(folder.path(), &["-", "-o", "answers.csv", "--input-format", "csv"])
            .stdin(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut list = child.stdin.take().unwrap();
        list.write_all(LIST.as_bytes()).unwrap();
        list.flush().unwrap();
        // The unfinished file stands there once the run has begun.
        let started = Instant::now();
        while names(folder.path()).len() < 3 {
            assert!(started.elapsed() < Duration::from_secs(60), "the run has not begun");
            std::thread::sleep(Duration::from_millis(5));
        }
        Command::new("kill").args(["-s", signal, &child.id().to_string()]).status().unwrap();
        let status = child.wait().unwrap();
        assert_eq!(status.code(), Some(130));
        assert_eq!(names(folder.path()), ["answers.csv", "list.csv"]);
        assert_eq!(fs::read_to_string(folder.path().join("answers.csv")).unwrap(), "old");
    }
}
