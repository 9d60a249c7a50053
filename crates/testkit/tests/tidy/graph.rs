//! What is built with what, as `cargo metadata` tells it.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;

use super::repository;

pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) licence: Option<String>,
    ours: bool,
}

pub(crate) struct Graph {
    packages: BTreeMap<String, Package>,
    /// By package id, what it needs when it runs: neither tests nor build scripts.
    needs: BTreeMap<String, Vec<String>>,
    /// The same with build scripts and tests.
    all: BTreeMap<String, Vec<String>>,
}

impl Graph {
    pub(crate) fn of_this_workspace() -> Self {
        let metadata = metadata();
        let ours: BTreeSet<&str> = texts(&metadata["workspace_members"]).collect();
        let packages = list(&metadata["packages"])
            .map(|package| {
                let id = text(&package["id"]);
                let package = Package {
                    name: text(&package["name"]).to_owned(),
                    version: text(&package["version"]).to_owned(),
                    licence: package["license"].as_str().map(str::to_owned),
                    ours: ours.contains(id),
                };
                (id.to_owned(), package)
            })
            .collect();
        let mut needs = BTreeMap::new();
        let mut all = BTreeMap::new();
        for node in list(&metadata["resolve"]["nodes"]) {
            let runs = |dependency: &&Value| list(&dependency["dep_kinds"]).any(|kind| kind["kind"].is_null());
            let id = |dependency: &Value| text(&dependency["pkg"]).to_owned();
            let node_id = text(&node["id"]).to_owned();
            needs.insert(node_id.clone(), list(&node["deps"]).filter(runs).map(id).collect());
            all.insert(node_id, list(&node["deps"]).map(id).collect());
        }
        Self { packages, needs, all }
    }

    pub(crate) fn members(&self) -> impl Iterator<Item = &str> {
        self.packages.values().filter(|package| package.ours).map(|package| package.name.as_str())
    }

    /// What one of our crates names as dependencies.
    pub(crate) fn needed_by(&self, member: &str) -> impl Iterator<Item = &str> {
        let ids = self.id_of(member).and_then(|id| self.needs.get(id)).into_iter().flatten();
        ids.filter_map(|id| self.packages.get(id)).map(|package| package.name.as_str())
    }

    /// Those of them that are our own.
    pub(crate) fn members_needed_by(&self, member: &str) -> impl Iterator<Item = &str> {
        let ids = self.id_of(member).and_then(|id| self.needs.get(id)).into_iter().flatten();
        ids.filter_map(|id| self.packages.get(id)).filter(|package| package.ours).map(|package| package.name.as_str())
    }

    /// The names of everything that ends up in what this crate builds.
    pub(crate) fn reached_from(&self, member: &str) -> BTreeSet<&str> {
        let start: Vec<&str> = self.id_of(member).into_iter().collect();
        Self::reach(start, &self.needs)
            .into_iter()
            .filter_map(|id| self.packages.get(id))
            .map(|p| p.name.as_str())
            .collect()
    }

    /// Everybody else's packages that our crates, their tests or their build scripts are built with.
    pub(crate) fn foreign(&self) -> impl Iterator<Item = &Package> {
        let ours = self.packages.iter().filter(|(_, package)| package.ours).map(|(id, _)| id.as_str());
        Self::reach(ours, &self.all).into_iter().filter_map(|id| self.packages.get(id)).filter(|package| !package.ours)
    }

    fn id_of(&self, member: &str) -> Option<&str> {
        self.packages.iter().find(|(_, package)| package.ours && package.name == member).map(|(id, _)| id.as_str())
    }

    fn reach<'a>(
        from: impl IntoIterator<Item = &'a str>,
        along: &'a BTreeMap<String, Vec<String>>,
    ) -> BTreeSet<&'a str> {
        let mut reached = BTreeSet::new();
        let mut to_visit: Vec<&str> = from.into_iter().collect();
        while let Some(id) = to_visit.pop() {
            if reached.insert(id) {
                to_visit.extend(along.get(id).into_iter().flatten().map(String::as_str));
            }
        }
        reached
    }
}

/// Everything that the binary contains, by name, with its versions. The metadata would name more: it counts features
/// that are only offered.
pub(crate) fn shipped() -> BTreeMap<String, BTreeSet<String>> {
    let mut shipped: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let tree = cargo(&["tree", "--package", "baton", "--edges", "normal", "--prefix", "none", "--format", "{p}"]);
    for line in tree.lines() {
        let mut words = line.split_whitespace();
        if let (Some(name), Some(version)) = (words.next(), words.next()) {
            shipped.entry(name.to_owned()).or_default().insert(version.to_owned());
        }
    }
    shipped
}

/// Every feature that is on in the binary, and in whatever a build of the whole workspace makes, a line each.
pub(crate) fn features() -> String {
    let of = |whose: &[&str]| {
        let rest = ["--edges", "normal,features", "--prefix", "none", "--format", "{p} [{f}]"];
        cargo(&[&["tree"], whose, &rest].concat())
    };
    of(&["--package", "baton"]) + &of(&["--workspace"])
}

fn metadata() -> Value {
    let told = cargo(&["metadata", "--format-version", "1", "--filter-platform", "x86_64-unknown-linux-gnu"]);
    serde_json::from_str(&told).expect("cargo metadata is JSON")
}

fn cargo(arguments: &[&str]) -> String {
    let told =
        Command::new(env!("CARGO")).args(arguments).current_dir(repository::root()).output().expect("cargo can be run");
    assert!(told.status.success(), "cargo {arguments:?}: {}", String::from_utf8_lossy(&told.stderr));
    String::from_utf8(told.stdout).expect("cargo speaks UTF-8")
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn texts(value: &Value) -> impl Iterator<Item = &str> {
    list(value).filter_map(Value::as_str)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
