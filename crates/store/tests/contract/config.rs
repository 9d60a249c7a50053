//! The configuration in its versions, and the audit log.

use baton_store::{AuditEntry, ConfigVersion};

use crate::talk::at;
use crate::world::World;

pub(crate) fn a_configuration_is_written_after_the_one_that_was_read(world: &World) {
    assert_eq!(world.store.read_blocking(|tx| tx.config()).unwrap(), None);
    let put = |expected, document: &'static str| {
        world.store.write_blocking(move |tx| tx.put_config(expected, at(3), "agent:sam", document)).unwrap()
    };
    assert_eq!(put(0, "queues: []"), Some(1));
    assert_eq!(put(0, "queues: [lost]"), None, "somebody applied another one meanwhile");
    assert_eq!(put(5, "queues: [far]"), None);
    assert_eq!(put(1, "queues: [billing]"), Some(2));
    let newest = ConfigVersion { version: 2, at: at(3), by: "agent:sam".into(), document: "queues: [billing]".into() };
    assert_eq!(world.store.read_blocking(|tx| tx.config()).unwrap(), Some(newest));
    let versions = world.store.read_blocking(|tx| tx.config_versions(10)).unwrap();
    assert_eq!(versions.iter().map(|row| row.version).collect::<Vec<_>>(), [2, 1]);
    assert_eq!(world.store.read_blocking(|tx| tx.config_versions(1)).unwrap().len(), 1);
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
