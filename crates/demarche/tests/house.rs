//! The house keeps its direction: no room knows one that a story enters later.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::path::Path;

const SOURCE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src");

/// The rooms in the order in which `lib.rs` lists them.
fn rooms() -> Vec<String> {
    let lib = fs::read_to_string(Path::new(SOURCE).join("lib.rs")).unwrap();
    let names = lib.lines().filter_map(|line| {
        let line = line.strip_prefix("pub ").unwrap_or(line);
        line.strip_prefix("mod ")?.strip_suffix(';').map(str::to_owned)
    });
    names.collect()
}

fn files(folder: &Path, out: &mut Vec<std::path::PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            if !path.ends_with("tests") {
                files(&path, out);
            }
        } else if !path.ends_with("tests.rs") {
            out.push(path);
        }
    }
}

#[test]
fn rooms_know_only_the_rooms_before_them() {
    let rooms = rooms();
    assert!(rooms.len() > 10, "{rooms:?}");
    let mut wrong = Vec::new();
    for (at, room) in rooms.iter().enumerate() {
        let mut of_room = Vec::new();
        let folder = Path::new(SOURCE).join(room);
        if folder.is_dir() {
            files(&folder, &mut of_room)
        } else {
            of_room.push(Path::new(SOURCE).join(format!("{room}.rs")))
        }
        for file in of_room {
            let text = fs::read_to_string(&file).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap_or("");
            for later in &rooms[at + 1..] {
                if code.contains(&format!("crate::{later}::")) {
                    wrong.push(format!("{} knows {later}", file.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
