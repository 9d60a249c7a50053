//! The committed document is the one that the routes make, and everything in it is fit for generating clients.

#![allow(clippy::unwrap_used)] // A test says what went wrong by where it stopped.

use std::collections::BTreeSet;

use baton_api::matrix::Act;
use baton_api::{ACTION_EXTENSION, ANYONE, openapi};
use serde_json::Value;

fn document() -> Value {
    serde_json::to_value(openapi()).unwrap()
}

fn operations(document: &Value) -> Vec<(String, &Value)> {
    let paths = document["paths"].as_object().unwrap();
    let mut all = Vec::new();
    for (path, item) in paths {
        for (method, operation) in item.as_object().unwrap() {
            all.push((format!("{method} {path}"), operation));
        }
    }
    all
}

#[test]
fn the_committed_document_is_the_one_that_the_routes_make() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/openapi.json");
    let made = openapi().to_pretty_json().unwrap() + "\n";
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, made).unwrap();
        return;
    }
    let committed = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        made == committed,
        "openapi.json is old; run `UPDATE=1 cargo test -p baton-api --test openapi` and commit it"
    );
}

#[test]
fn every_operation_names_its_row_of_the_matrix_and_every_row_has_one() {
    let document = document();
    let mut named = BTreeSet::new();
    for (name, operation) in operations(&document) {
        let action = operation[ACTION_EXTENSION].as_str().unwrap_or_else(|| panic!("{name} names no action"));
        assert!(action == ANYONE || Act::ALL.iter().any(|act| act.name() == action), "{name}: {action}");
        assert_eq!(operation.get("security").is_some(), action != ANYONE, "{name}");
        named.insert(action.to_owned());
    }
    for act in Act::ALL {
        assert!(named.contains(act.name()), "no route asks {}", act.name());
    }
}

#[test]
fn every_answer_is_described_and_every_operation_has_its_own_name() {
    let document = document();
    let mut ids = BTreeSet::new();
    for (name, operation) in operations(&document) {
        let id = operation["operationId"].as_str().unwrap().to_owned();
        assert!(ids.insert(id.clone()), "two operations are called {id}");
        assert!(operation["summary"].as_str().is_some_and(|summary| summary.ends_with(['.', '?'])), "{name}");
        for (status, response) in operation["responses"].as_object().unwrap() {
            assert!(response["description"].as_str().is_some_and(|text| !text.is_empty()), "{name} {status}");
        }
    }
}

#[test]
fn every_schema_that_is_named_is_there() {
    let document = document();
    let text = document.to_string();
    let schemas = document["components"]["schemas"].as_object().unwrap();
    for named in text.split("\"#/components/schemas/").skip(1) {
        let named = named.split('"').next().unwrap();
        assert!(schemas.contains_key(named), "{named} is missing");
    }
    for frame in ["ClientFrame", "ServerFrame", "Problem"] {
        assert!(schemas.contains_key(frame), "{frame} is missing");
    }
}
