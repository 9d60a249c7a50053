//! Where a story takes place: an empty database.

use baton_store::{SqliteOptions, Store};
use baton_testkit::Postgres;
use tempfile::TempDir;

pub(crate) struct World {
    pub(crate) store: Store,
    /// The model has one writer by nature; the others race.
    pub(crate) name: &'static str,
    _folder: Option<TempDir>,
}

pub(crate) fn sqlite() -> World {
    let folder = TempDir::new().unwrap();
    let store = Store::open_sqlite(&folder.path().join("baton.db"), &SqliteOptions::default()).unwrap();
    World { store, name: "sqlite", _folder: Some(folder) }
}

pub(crate) fn postgres() -> Option<World> {
    match Postgres::shared().and_then(Postgres::database) {
        Ok(url) => {
            let store = Store::open_postgres(&url, 4).unwrap();
            Some(World { store, name: "postgres", _folder: None })
        }
        Err(why) => {
            baton_testkit::skipped("the contract on PostgreSQL", &why);
            None
        }
    }
}

pub(crate) fn in_memory() -> World {
    World { store: Store::in_memory(), name: "model", _folder: None }
}
