//! Scenarios that are wrong: what, where, and how to mend it.

use crate::desk::{Desk, LIBRARY, baton};

#[track_caller]
fn refused(change: (&str, &str), words: &[&str]) {
    assert!(LIBRARY.contains(change.0), "{}", change.0);
    let desk = Desk::new();
    let file = desk.file("scenario.yaml", &LIBRARY.replacen(change.0, change.1, 1));
    let mut all = vec!["scenario.yaml: line "];
    all.extend(words);
    baton(&["simulate", &file]).refused(&all);
}

#[test]
fn a_wrong_number_or_name_is_said_with_its_line_and_column() {
    refused(
        ("per_hour: 20", "per_hour: -1"),
        &["line 12, column 31", "load.arrivals.desk.per_hour", "0 to 10,000,000"],
    );
    refused(("{desk: {per", "{dsk: {per"), &["line 12", "there is no queue `dsk`", "known are: desk"]);
    refused(("per_hour: 20", "rate: 20"), &["line 12", "rate"]);
    refused(("{per_hour: 20}", "{}"), &["say how many come", "per_hour: 30"]);
    refused(("per_hour: 20", "per_hour: {\"25:00\": 3}"), &["`25:00` is not a time of day", "08:30"]);
    refused(("per_hour: 20", "per_hour: [1, 2]"), &["a day has 24 hours, and 2 are listed"]);
    refused(("per_hour: 20", "per_hour: 20, weekdays: {monday: 2}"), &["`monday` is not a day", "mo tu we"]);
    refused(("mean_s: 360", "mean_s: 0"), &["load.handle.exponential.mean_s", "0 is not a number above 0"]);
    refused(("  handle: {exponential: {mean_s: 360}}\n", ""), &["say how long an agent is busy"]);
    refused(("days: 1", "days: many"), &["line 9, column 9", "not a whole number"]);
    refused(("days: 1", "start: soon\n  days: 1"), &["`soon` is not a day; write it as 2026-11-23"]);
    refused(("per_hour: 20", "csv: gone.csv"), &["load.arrivals.desk.csv", "gone.csv"]);
}

#[test]
fn a_fault_in_the_configuration_is_said_at_its_own_line() {
    refused(("service_level_s: 30", "service_level_s: 0"), &["line 3", "queues.desk.service_level_s", "1 to 86400"]);
    refused(("queues: [desk], capacity: 1}\n  jonas", "queues: [dsk], capacity: 1}\n  jonas"), &["line 5", "`dsk`"]);
}

#[test]
fn people_who_are_not_there_are_named() {
    let with = |more: &str| format!("  patience: {{exponential: {{mean_s: 300}}}}\n{more}");
    let patience = "  patience: {exponential: {mean_s: 300}}\n";
    let case = |more: &str, words: &[&str]| refused((patience, &with(more)), words);
    case("  agents: {anna: {decline: 0.1}}\n", &["there is no agent `anna`", "ana, jonas, sam"]);
    case("  agents: {ana: {decline: 2}}\n", &["load.agents.ana.decline", "2 is not a share"]);
    case("  agents: {ana: {hours: \"Mo-Fr 9-5-3\"}}\n", &["load.agents.ana.hours", "opening hours"]);
    case("  people: {more: {count: 2}}\n", &["they work in no queue"]);
    case("  people: {more: {count: 0, like: ana}}\n", &["0 people are outside 1 to"]);
}

#[test]
fn a_file_of_arrivals_is_faulted_at_its_line() {
    let desk = Desk::new();
    let scenario = LIBRARY.replace("{desk: {per_hour: 20}}", "{monday: {csv: monday.csv}}");
    let file = desk.file("scenario.yaml", &scenario);
    for (csv, words) in [
        ("when,queue\n", ["no column `when`", "at, queue"]),
        ("at,queue\n2026-03-02 09:00,desk\nyesterday,desk\n", ["line 3", "`yesterday` is not a moment"]),
        ("at,queue\n2026-03-02 09:00,till\n", ["line 2", "there is no queue `till`"]),
        ("at,handle_s\n2026-03-02 09:00,long\n", ["line 2", "`long` is not a number of seconds"]),
        ("at\n", ["monday.csv", "there is no arrival in it"]),
    ] {
        desk.file("monday.csv", csv);
        baton(&["simulate", &file]).refused(&words);
    }
}

#[test]
fn a_configuration_alone_has_no_load_and_a_load_alone_no_configuration() {
    let desk = Desk::new();
    let (config, load) = LIBRARY.split_once("load:").unwrap();
    baton(&["simulate", &desk.file("config.yaml", config)]).refused(&["no section `load:`", "morning.yaml"]);
    let alone = desk.file("load.yaml", &format!("load:{load}"));
    baton(&["simulate", &alone]).refused(&["load.yaml: line 1", "no configuration beside it", "config: FILE"]);
    let both = desk.file("both.yaml", &format!("config: config.yaml\n{LIBRARY}"));
    baton(&["simulate", &both]).refused(&["line 2", "belongs into the configuration that `config` names"]);
    let gone = desk.file("gone.yaml", &format!("config: gone/config.yaml\nload:{load}"));
    baton(&["simulate", &gone]).refused(&["gone.yaml: line 1", "gone/config.yaml"]);
    baton(&["simulate", &desk.path("absent.yaml")]).refused(&["read the scenario", "absent.yaml"]);
}

#[test]
fn a_run_that_would_never_end_is_refused() {
    let desk = Desk::new();
    let file = desk.file("library.yaml", LIBRARY);
    baton(&["simulate", &file, "--days", "0"]).refused(&["--days: 0 is outside 1 to"]);
    baton(&["simulate", &file, "--replications", "100000"]).refused(&["--replications: 100000 is outside"]);
}
