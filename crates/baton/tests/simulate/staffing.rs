//! How many agents it takes.

use crate::desk::{Desk, LIBRARY, baton, repository};

#[test]
fn the_published_load_needs_fourteen_agents_and_the_simulation_agrees() {
    let said = baton(&[
        "staffing",
        "--per-hour",
        "200",
        "--handle-s",
        "180",
        "--service-level",
        "0.8",
        "--within-s",
        "20",
        "--days",
        "10",
        "--json",
    ])
    .json();
    let only = &said["queues"]["given"]["intervals"][0];
    assert_eq!(only["agents"], 14);
    let expected = |name: &str| only["expected"][name].as_f64().unwrap();
    assert!((expected("chance_of_waiting") - 0.174_132).abs() < 1e-6);
    assert!((expected("service_level") - 0.888_350).abs() < 1e-6);
    assert!((expected("mean_wait_s") - 7.836).abs() < 1e-3);
    let simulated = only["simulated"]["service_level"].as_f64().unwrap();
    assert!((simulated - 0.888).abs() < 0.03, "{simulated}");
}

#[test]
fn a_scenario_is_planned_interval_by_interval() {
    let file = repository("examples/scenarios/morning.yaml");
    let file = file.to_string_lossy();
    let said =
        baton(&["staffing", &file, "--queue", "general", "--interval-min", "60", "--days", "2", "--json"]).json();
    let intervals = said["queues"]["general"]["intervals"].as_array().unwrap();
    assert_eq!(intervals.len(), 24);
    let agents: Vec<u64> = intervals.iter().map(|interval| interval["agents"].as_u64().unwrap()).collect();
    assert_eq!((agents[3], agents[20]), (0, 0), "nobody comes at night");
    assert!(agents[10] > agents[17], "the morning peak takes more people than the evening: {agents:?}");
}

#[test]
fn a_stricter_target_takes_more_people() {
    let agents = |target: &[&str]| {
        let mut arguments =
            vec!["staffing", "--per-hour", "60", "--handle-s", "300", "--patience-s", "200", "--days", "1", "--json"];
        arguments.extend(target);
        baton(&arguments).json()["queues"]["given"]["intervals"][0]["agents"].as_u64().unwrap()
    };
    assert!(agents(&["--abandonment", "0.01"]) > agents(&["--abandonment", "0.2"]));
    assert!(agents(&["--occupancy", "0.5"]) == 10, "five busy at most half of their time");
}

#[test]
fn what_cannot_be_planned_is_said() {
    baton(&["staffing"]).refused(&["say what there is to do", "--per-hour"]);
    baton(&["staffing", "--per-hour", "60"]).refused(&["--handle-s: say how long"]);
    baton(&["staffing", "--per-hour", "60", "--handle-s", "0"]).refused(&["--handle-s: 0 is not a number above 0"]);
    baton(&["staffing", "--per-hour", "60", "--handle-s", "60", "--service-level", "80"])
        .refused(&["--service-level: 80 is not a share", "0.8"]);
    baton(&["staffing", "--per-hour", "60", "--handle-s", "60", "--interval-min", "7"]).refused(&["--interval-min: 7"]);
    let desk = Desk::new();
    let file = desk.file("library.yaml", LIBRARY);
    baton(&["staffing", &file, "--queue", "till"]).refused(&["there is no queue `till`", "desk"]);
    baton(&["staffing", &file, "--day", "monday"]).refused(&["`monday` is not a day", "mo tu we"]);
    baton(&["staffing", "--database", &desk.path("gone.db")]).refused(&["gone.db is not there"]);
}
