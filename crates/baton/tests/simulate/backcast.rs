//! A past day that meets another configuration.

use rusqlite::{Connection, params};
use uuid::Uuid;

use crate::desk::{Desk, LIBRARY, baton};

/// Monday, 2026-03-02, 09:00 UTC.
const NINE: i64 = 1_772_442_000_000;

/// Two people at the desk for a day on which every customer keeps one of them busy for three to eight minutes and nobody
/// waits longer than five. First come, first served, to the second: what a live floor would have written.
fn a_day(database: &str) {
    let (mut free, mut number) = ([NINE; 2], 0_u64);
    let mut chance = 42_u64;
    let mut draw = |from: i64, to: i64| {
        chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        from + i64::try_from((chance >> 33) % u64::try_from(to - from).unwrap()).unwrap()
    };
    let store = Connection::open(database).unwrap();
    let put = "INSERT INTO handoff (handoff, conversation, queue, requested_at_ms, accepted_at_ms, ended_at_ms, \
               outcome, triggers, agent) VALUES (?1, ?2, 'desk', ?3, ?4, ?5, ?6, 'explicit_request', ?7)";
    let mut at = NINE;
    while at < NINE + 8 * 3_600_000 {
        at += draw(10, 340) * 1000;
        number += 1;
        let ids = [Uuid::from_u128(u128::from(number)), Uuid::from_u128(u128::from(number) << 64)];
        let who = usize::from(free[1] < free[0]);
        let accepted = at.max(free[who]);
        let (accepted, ended, outcome, agent) = if accepted > at + 300_000 {
            (None, at + 300_000, "abandoned", None)
        } else {
            free[who] = accepted + draw(180, 480) * 1000;
            (Some(accepted), free[who], "closed", Some(["ana", "jonas"][who]))
        };
        let [handoff, conversation] = ids.map(|id| id.as_bytes().to_vec());
        store.execute(put, params![handoff, conversation, at, accepted, ended, outcome, agent]).unwrap();
    }
}

fn configuration(more: &str) -> String {
    let agents = "agents:\n  ana: {name: Ana, email: ana@library.example, role: admin, queues: [desk], capacity: 1}\n  \
                  jonas: {name: Jonas, email: jonas@library.example, queues: [desk], capacity: 1}\n";
    let queues = "default_queue: desk\nqueues:\n  desk: {name: Information desk, service_level_s: 30}\n";
    let rest =
        "organisation: Library\nchannels: {web: {title: Library, bot: bot}}\nbots: {bot: {kind: api, name: Bot}}\n";
    format!("{rest}{queues}{agents}{more}")
}

const KIM: &str = "  kim: {name: Kim, email: kim@library.example, queues: [desk], capacity: 1}\n";

#[test]
fn a_third_colleague_would_have_spared_customers_their_wait() {
    let desk = Desk::new();
    let database = desk.path("library.db");
    baton(&["apply", &desk.file("config.yaml", &configuration("")), "--database", &database]).text();
    a_day(&database);
    let changed = desk.file("three.yaml", &configuration(KIM));
    let days = ["--from", "2026-03-02", "--to", "2026-03-02"];
    let arguments = ["backcast", &changed, "--database", &database, days[0], days[1], days[2], days[3]];
    let said = baton(&[&arguments[..], &["--json", "--replications", "3"]].concat()).json();

    let figure = |of: &str, name: &str| said[of]["overall"][name].as_f64().unwrap();
    assert!(figure("really", "abandoned") > 5.0 && figure("really", "mean_wait_s") > 20.0, "{said:#}");
    // What runs comes to what happened: the same customers left, and waits were as long.
    assert_eq!(said["validation"]["trusted"], true, "{said:#}");
    assert_eq!(figure("as_configured", "offered"), figure("really", "offered"));
    assert!((figure("as_configured", "mean_wait_s") - figure("really", "mean_wait_s")).abs() < 10.0, "{said:#}");
    assert!(figure("changed", "mean_wait_s") < 0.5 * figure("really", "mean_wait_s"), "{said:#}");
    assert!(said["difference"]["overall"]["abandoned"]["mean"].as_f64().unwrap() < 0.0);

    let table = baton(&[&arguments[..], &["--replications", "2"]].concat()).text();
    for words in ["Information desk", "really", "as configured", "changed", "can be trusted"] {
        assert!(table.contains(words), "{table}");
    }
    // The same days plan the same desk.
    let needed =
        baton(&["staffing", "--database", &database, days[0], days[1], days[2], days[3], "--days", "1", "--json"]);
    let needed = needed.json();
    let intervals = needed["queues"]["desk"]["intervals"].as_array().unwrap();
    assert!(intervals[20]["agents"].as_u64().unwrap() >= 2 && intervals[4]["agents"] == 0, "{needed:#}");
}

#[test]
fn days_without_handoffs_and_wrong_days_are_said() {
    let desk = Desk::new();
    let database = desk.path("library.db");
    let config = desk.file("config.yaml", &configuration(""));
    baton(&["backcast", &config, "--database", &database]).refused(&["library.db is not there"]);
    baton(&["apply", &config, "--database", &database]).text();
    let asked = |more: &[&str]| baton(&[&["backcast", &config, "--database", &database], more].concat());
    asked(&[]).refused(&["no handoff was requested", "--from"]);
    asked(&["--from", "monday"]).refused(&["--from: write a day as 2026-11-23"]);
    asked(&["--from", "2026-03-03", "--to", "2026-03-02"]).refused(&["2026-03-02 is before 2026-03-03"]);
    a_day(&database);
    let broken = desk.file("broken.yaml", &LIBRARY.replace("default_queue: desk", "default_queue: till"));
    let broken = baton(&["backcast", &broken, "--database", &database, "--from", "2026-03-02", "--to", "2026-03-02"]);
    broken.refused(&["broken.yaml: line 1", "`till`"]);
}
