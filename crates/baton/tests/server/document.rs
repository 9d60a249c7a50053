//! A small library with its people, and what it knows.

use std::fs;
use std::path::PathBuf;

use tempfile::TempDir;

/// What a test changes of the configuration.
pub(crate) struct Document {
    /// The whole section `bots`, whose bot is `helper`.
    pub(crate) bots: String,
    pub(crate) settings: String,
    /// Anything more, at the top level.
    pub(crate) more: String,
    pub(crate) capacity: u8,
    pub(crate) ring_s: u32,
}

impl Default for Document {
    fn default() -> Self {
        Self {
            bots: "helper: {kind: knowledge, name: Helper}".to_owned(),
            settings: "{wrap_up_s: 120}".to_owned(),
            more: String::new(),
            capacity: 3,
            ring_s: 600,
        }
    }
}

/// Everybody who can sign in.
pub(crate) const PEOPLE: [&str; 4] = ["ana", "jonas", "mira", "sam"];

impl Document {
    pub(crate) fn text(&self) -> String {
        let Self { bots, settings, more, capacity, ring_s } = self;
        format!(
            "organisation: City Library
settings: {settings}
channels:
  website: {{title: Ask the library, bot: helper, greeting: Hello!}}
bots:
  {bots}
default_queue: desk
queues:
  desk: {{name: Information desk, ring_s: {ring_s}}}
agents:
  ana: {{name: Ana, email: ana@library.example, queues: [desk], languages: [en], capacity: {capacity}}}
  jonas: {{name: Jonas, email: jonas@library.example, queues: [desk], languages: [en], capacity: {capacity}}}
  mira: {{name: Mira, email: mira@library.example, role: supervisor, capacity: 0}}
  sam: {{name: Sam, email: sam@library.example, role: admin, capacity: 0}}
dispositions: {{answered: Answered, other: Other}}
{more}
"
        )
    }
}

/// A folder with a configuration and articles, gone when dropped.
pub(crate) struct Folder(TempDir);

impl Folder {
    pub(crate) fn with(document: &Document) -> Self {
        let folder = Self::empty();
        fs::write(folder.0.path().join("baton.yaml"), document.text()).unwrap();
        let articles = folder.0.path().join("articles");
        fs::create_dir(&articles).unwrap();
        fs::write(articles.join("loans.md"), LOANS).unwrap();
        fs::write(articles.join("cards.md"), CARDS).unwrap();
        folder
    }

    pub(crate) fn empty() -> Self {
        Self(tempfile::Builder::new().prefix("baton-server-").tempdir().unwrap())
    }

    pub(crate) fn at(&self, name: &str) -> String {
        self.0.path().join(name).display().to_string()
    }

    /// A file with this in it.
    pub(crate) fn file(&self, name: &str, text: &str) -> String {
        let path: PathBuf = self.0.path().join(name);
        fs::write(&path, text).unwrap();
        path.display().to_string()
    }

    pub(crate) fn config(&self) -> String {
        self.at("baton.yaml")
    }

    pub(crate) fn articles(&self) -> String {
        self.at("articles")
    }

    /// An SQLite database in here.
    pub(crate) fn database(&self) -> String {
        self.at("baton.db")
    }
}

const LOANS: &str = "# Loans

## How do I renew a loan?

Sign in on the website, choose My loans, and press Renew beside the book. A loan can be renewed twice, for three weeks each time.

## How many books can I borrow at once?

You can borrow ten books at once, and five films.
";

const CARDS: &str = "# Cards

## What does a lost card cost?

A new card for a lost one costs four euros. Bring a document with your photograph to the desk.
";
