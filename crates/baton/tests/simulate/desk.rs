//! An analyst's desk: a folder for scenarios, and the program.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

/// One queue and three people, twenty customers an hour; what is indented stands under `load`.
pub(crate) const LIBRARY: &str = "\
default_queue: desk
queues:
  desk: {name: Information desk, service_level_s: 30}
agents:
  ana: {name: Ana, email: ana@library.example, role: admin, queues: [desk], capacity: 1}
  jonas: {name: Jonas, email: jonas@library.example, queues: [desk], capacity: 1}
  sam: {name: Sam, email: sam@library.example, queues: [desk], capacity: 1}
load:
  days: 1
  warm_up: 0
  replications: 2
  arrivals: {desk: {per_hour: 20}}
  handle: {exponential: {mean_s: 360}}
  patience: {exponential: {mean_s: 300}}
";

pub(crate) struct Desk(TempDir);

impl Desk {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(crate) fn file(&self, name: &str, text: &str) -> String {
        let path = self.0.path().join(name);
        fs::write(&path, text).unwrap();
        path.to_string_lossy().into_owned()
    }

    pub(crate) fn path(&self, name: &str) -> String {
        self.0.path().join(name).to_string_lossy().into_owned()
    }
}

/// What the program said, and whether it went well.
pub(crate) struct Said {
    pub(crate) well: bool,
    pub(crate) out: String,
    pub(crate) err: String,
}

pub(crate) fn baton(arguments: &[&str]) -> Said {
    let mut command = Command::new(env!("CARGO_BIN_EXE_baton"));
    command.args(arguments).env_remove("BATON_DATABASE").env_remove("RUST_LOG");
    let ended = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Said { well: ended.status.success(), out: text(ended.stdout), err: text(ended.stderr) }
}

impl Said {
    #[track_caller]
    pub(crate) fn text(self) -> String {
        assert!(self.well, "{}{}", self.out, self.err);
        self.out
    }

    #[track_caller]
    pub(crate) fn json(self) -> Value {
        serde_json::from_str(&self.text()).unwrap()
    }

    /// It refused in words, all of these among them.
    #[track_caller]
    pub(crate) fn refused(self, words: &[&str]) {
        assert!(!self.well, "{}", self.out);
        for word in words {
            assert!(self.err.contains(word), "`{word}` is not in: {}", self.err);
        }
        assert!(self.err.starts_with("baton: ") && !self.err.contains("panicked"), "{}", self.err);
    }
}

/// The repository's own folder.
pub(crate) fn repository(path: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}
