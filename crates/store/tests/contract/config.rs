//! The configuration in its versions, and the audit log.

use baton_store::{AuditEntry, ConfigVersion};

use crate::talk::at;
use crate::world::World;

pub(crate) fn a_configuration_is_written_after_the_one_that_was_read(world: &World) {
    let store = &world.store;
    assert_eq!(store.read_blocking(|tx| tx.config()).unwrap(), None);
    assert_eq!(store.read_blocking(|tx| tx.config_newest()).unwrap(), 0);
    let put = |expected, note: Option<&'static str>, document: &'static str| {
        store.write_blocking(move |tx| tx.put_config(expected, at(3), "agent:sam", note, document)).unwrap()
    };
    assert_eq!(put(0, None, "queues: []"), Some(1));
    assert_eq!(put(0, None, "queues: [lost]"), None, "somebody applied another one meanwhile");
    assert_eq!(put(5, None, "queues: [far]"), None);
    assert_eq!(put(1, Some("billing moves in"), "queues: [billing]"), Some(2));
    let newest = ConfigVersion {
        version: 2,
        at: at(3),
        by: "agent:sam".into(),
        note: Some("billing moves in".into()),
        document: "queues: [billing]".into(),
    };
    assert_eq!(store.read_blocking(|tx| tx.config()).unwrap(), Some(newest.clone()));
    assert_eq!(store.read_blocking(|tx| tx.config_newest()).unwrap(), 2);
}

pub(crate) fn every_version_of_the_configuration_is_kept(world: &World) {
    let store = &world.store;
    for version in 0..3 {
        let document = format!("queues: [{version}]");
        store.write_blocking(move |tx| tx.put_config(version, at(3), "agent:sam", None, &document)).unwrap();
    }
    let second = store.read_blocking(|tx| tx.config_version(2)).unwrap().unwrap();
    assert_eq!((second.version, second.document.as_str(), second.note), (2, "queues: [1]", None));
    assert_eq!(store.read_blocking(|tx| tx.config_version(4)).unwrap(), None);
    let listed = |before, limit| -> Vec<u64> {
        let versions = store.read_blocking(move |tx| tx.config_versions(before, limit)).unwrap();
        assert!(versions.iter().all(|version| version.document.is_empty()));
        versions.iter().map(|version| version.version).collect()
    };
    assert_eq!(listed(None, 10), [3, 2, 1]);
    assert_eq!(listed(None, 1), [3]);
    assert_eq!(listed(Some(3), 10), [2, 1]);
    assert!(listed(Some(1), 10).is_empty());
}

pub(crate) fn the_audit_log_keeps_its_order(world: &World) {
    for number in 0..5 {
        let entry = AuditEntry {
            at: at(number),
            who: "agent:ada".into(),
            action: "read".into(),
            what: format!("conversation {number}"),
        };
        world.store.write_blocking(move |tx| tx.put_audit(&entry)).unwrap();
    }
    let newest = world.store.read_blocking(|tx| tx.audit(2)).unwrap();
    let what: Vec<_> = newest.iter().map(|entry| entry.what.as_str()).collect();
    assert_eq!(what, ["conversation 4", "conversation 3"]);
}
