//! Scenarios that are right.

use std::fs;

use serde_json::Value;

use crate::desk::{Desk, LIBRARY, baton, repository};

#[test]
fn the_same_seed_gives_the_same_figures_and_another_seed_others() {
    let desk = Desk::new();
    let file = desk.file("library.yaml", LIBRARY);
    let run = |seed: &str| baton(&["simulate", &file, "--seed", seed, "--json"]).text();
    assert_eq!(run("7"), run("7"));
    assert_ne!(run("7"), run("8"));
}

#[test]
fn every_queue_and_all_together_have_exactly_the_named_figures() {
    let desk = Desk::new();
    let said = baton(&["simulate", &desk.file("library.yaml", LIBRARY), "--json"]);
    assert!(said.err.contains("handoffs simulated in") && !said.err.contains('█'), "{}", said.err);
    let said = said.json();
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    for of in [&said["overall"], &said["queues"]["desk"], &said["confidence_95"]["overall"]] {
        let mut found = keys(of);
        found.sort();
        let expected = [
            "abandoned",
            "answered",
            "estimate",
            "mean_wait_s",
            "occupancy",
            "offered",
            "service_level",
            "wait_p50_s",
            "wait_p90_s",
            "wait_p99_s",
        ];
        assert_eq!(found, expected);
        let mut estimate = keys(&of["estimate"]);
        estimate.sort();
        assert_eq!(estimate, ["coverage_80", "mean_width_s", "rrase", "winkler_s"]);
    }
    let figure = |name: &str| said["overall"][name].as_f64().unwrap();
    assert!((figure("offered") - figure("answered") - figure("abandoned")).abs() < 1e-6, "{said:#}");
    assert!(figure("mean_wait_s") > 0.0 && figure("wait_p50_s") <= figure("wait_p99_s"));
    let interval = said["confidence_95"]["overall"]["mean_wait_s"].as_array().unwrap();
    assert!(interval[0].as_f64().unwrap() < figure("mean_wait_s"));
}

#[test]
fn a_scenario_stands_beside_its_configuration_names_it_or_contains_it() {
    let desk = Desk::new();
    let (config, load) = LIBRARY.split_once("load:").unwrap();
    let load = format!("load:{load}");
    desk.file("config.yaml", config);
    let indented: String = config.lines().flat_map(|line| ["  ", line, "\n"]).collect();
    let files = [
        desk.file("beside.yaml", LIBRARY),
        desk.file("names.yaml", &format!("config: config.yaml # the one that runs\n{load}")),
        desk.file("contains.yaml", &format!("config:\n{indented}{load}")),
    ];
    let figures = files.map(|file| baton(&["simulate", &file, "--json"]).json()["overall"].clone());
    assert_eq!(figures[0], figures[1]);
    assert_eq!(figures[0], figures[2]);
}

#[test]
fn a_configuration_compared_with_itself_meets_the_same_customers_and_differs_in_nothing() {
    let desk = Desk::new();
    let file = desk.file("library.yaml", LIBRARY);
    let same = baton(&["simulate", &file, "--compare", &file, "--json"]).json();
    assert_eq!(same["compare"]["difference"]["overall"]["mean_wait_s"]["mean"], 0.0);

    // One more at the desk: the same customers come, and fewer of them leave.
    let more = LIBRARY
        .split("load:")
        .next()
        .unwrap()
        .replace("  sam:", "  kim: {name: Kim, email: kim@library.example, queues: [desk], capacity: 1}\n  sam:");
    let more = baton(&["simulate", &file, "--compare", &desk.file("more.yaml", &more), "--json"]).json();
    let difference = |figure: &str| more["compare"]["difference"]["overall"][figure]["mean"].as_f64().unwrap();
    assert!(difference("offered") == 0.0 && difference("abandoned") < 0.0 && difference("mean_wait_s") < 0.0);
}

#[test]
fn the_picture_says_in_words_what_it_shows_and_suits_light_and_dark() {
    let desk = Desk::new();
    let (file, picture) = (desk.file("library.yaml", LIBRARY), desk.path("day.svg"));
    let table = baton(&["simulate", &file, "--picture", &picture]).text();
    assert!(table.contains("Information desk") && table.contains("service level"), "{table}");
    let svg = fs::read_to_string(picture).unwrap();
    for part in ["role=\"img\"", "<title", "<desc", "prefers-color-scheme:dark", "Mean wait", "Occupancy", "</svg>"] {
        assert!(svg.contains(part), "{part} is not in the picture");
    }
    assert!(svg.contains("Information desk: mean wait is highest at "), "{svg}");
}

#[test]
fn real_arrivals_are_played_through_as_they_came() {
    let desk = Desk::new();
    desk.file(
        "monday.csv",
        "at,queue,handle_s,patience_s\n2026-03-02 09:00:00,desk,600,\n2026-03-02 09:00:10,desk,600,\n\
         2026-03-02 09:00:20,desk,60,\n2026-03-02T09:01:00Z,desk,60,15\n",
    );
    let scenario = LIBRARY
        .replace("  days: 1\n  warm_up: 0\n", "")
        .replace("{desk: {per_hour: 20}}", "{monday: {csv: monday.csv}}")
        .replace("  patience: {exponential: {mean_s: 300}}\n", "");
    let said = baton(&["simulate", &desk.file("monday.yaml", &scenario), "--json"]).json();
    // Three people for four customers: the last comes to busy people and gives up 20 seconds before one is free.
    let figure = |name: &str| said["overall"][name].as_f64().unwrap();
    assert_eq!([figure("offered"), figure("answered"), figure("abandoned")], [4.0, 3.0, 1.0]);
}

#[test]
fn people_ways_and_hours_are_those_of_the_scenario() {
    let desk = Desk::new();
    let scenario = format!(
        "{LIBRARY}  agents:\n    all: {{decline: 0.3, miss: 0.1, accept: {{constant: {{s: 4}}}}}}\n    \
         ana: {{hours: \"Mo-Fr 09:00-12:00\"}}\n  people: {{helpers: {{count: 2, like: jonas}}}}\n"
    );
    let said = baton(&["simulate", &desk.file("ways.yaml", &scenario), "--json"]).json();
    let beside = |name: &str| said["beside"]["overall"][name].as_f64().unwrap();
    assert!(beside("offers_declined") > 0.0 && beside("offers_not_answered") > 0.0, "{said:#}");
    assert!(said["overall"]["wait_p50_s"].as_f64().unwrap() >= 4.0, "nobody is answered before they accept");
}

#[test]
fn every_scenario_of_the_examples_and_the_manual_runs() {
    let mut run = 0;
    for entry in fs::read_dir(repository("examples/scenarios")).unwrap().flatten() {
        let file = entry.path().to_string_lossy().into_owned();
        let text = fs::read_to_string(&file).unwrap();
        if entry.path().extension().is_some_and(|extension| extension == "yaml") && text.contains("per_hour") {
            baton(&["simulate", &file, "--days", "1", "--warm-up", "0", "--replications", "1"]).text();
            run += 1;
        }
    }
    assert!(run >= 3, "only {run} scenarios were found");
    let desk = Desk::new();
    let manual = fs::read_to_string(repository("docs/simulate.md")).unwrap();
    let scenarios: Vec<&str> = manual.split("```yml\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert!(!scenarios.is_empty());
    for (number, text) in scenarios.iter().enumerate() {
        let file = desk.file(&format!("manual-{number}.yaml"), text);
        baton(&["simulate", &file, "--days", "1", "--warm-up", "0", "--replications", "1"]).text();
    }
}
