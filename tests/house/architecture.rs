//! ARCHITECTURE.md names files that are there, and every room of the library.

use std::path::Path;

use super::{PACKAGES, root};

fn text() -> String {
    std::fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap()
}

#[test]
fn every_file_that_a_change_belongs_to_is_there() {
    let text = text();
    let (_, changes) = text.split_once("## Where does a change belong?").unwrap();
    let named = changes.split('`').skip(1).step_by(2).filter(|name| name.contains('/'));
    let gone: Vec<&str> = named.filter(|name| !root().join(name).exists()).collect();
    assert!(gone.is_empty(), "not there: {gone:?}");
    assert!(changes.lines().filter(|line| line.starts_with("| ")).count() > 10);
}

#[test]
fn every_room_is_named() {
    let text = text();
    let rooms = PACKAGES.into_iter().flat_map(|package| std::fs::read_dir(root().join(package)).unwrap());
    for room in rooms.map(|entry| entry.unwrap().path()) {
        let name = room.file_stem().and_then(|name| name.to_str()).unwrap();
        let is_room = !["lib", "main"].contains(&name);
        assert!(!is_room || text.contains(&format!("| `{name}` |")), "{} has no line", Path::display(&room));
    }
    let floors = std::fs::read_dir(root().join("core/src/clients")).unwrap();
    for floor in floors.map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()) {
        let name = floor.file_name().and_then(|name| name.to_str()).unwrap();
        assert!(
            text.contains(&format!("`clients/{name}`")) || text.contains(&format!("| `{name}` |")),
            "clients/{name}"
        );
    }
}
