//! The repository keeps its own house in order: who may depend on whom, under which licences we build, and whether
//! every link of the documentation leads somewhere.

mod tidy {
    pub(crate) mod graph;
    pub(crate) mod licence;
    pub(crate) mod links;
    pub(crate) mod repository;
}

use std::collections::{BTreeMap, BTreeSet};

use tidy::graph::{Graph, features, shipped};
use tidy::licence::{is_allowed, npm_licences};
use tidy::links::{Page, anchors_of};
use tidy::repository;

/// A crate depends on crates of lower floors only. A crate that is not here has no place yet: give it one.
const FLOORS: &[(&str, u8)] = &[
    ("baton-core", 0),
    ("baton-routing", 1),
    ("baton-detect", 1),
    ("baton-brief", 1),
    ("baton-insight", 1),
    ("baton-store", 1),
    ("baton-bots", 1),
    ("baton-learn", 2),
    ("baton-embed", 2),
    ("baton-simulate", 2),
    ("baton-engine", 3),
    ("baton-api", 4),
    ("baton", 5),
];

/// Beside the house: they may use anything, and nothing that is shipped uses them.
const NEVER_SHIPPED: &[&str] = &["baton-testkit", "baton-bench", "baton-sim"];

/// The crates without I/O, and what would give them some.
const PURE: &[&str] =
    &["baton-core", "baton-routing", "baton-detect", "baton-learn", "baton-brief", "baton-insight", "baton-simulate"];
const IMPURE: &[&str] = &["tokio", "axum", "reqwest", "hyper", "rusqlite", "postgres", "tracing-subscriber", "rand"];

/// All that the rules of a conversation are built with: names for errors, and ids. No serialisation.
const CORE_NEEDS: &[&str] = &["thiserror", "uuid"];

/// What must not be in the binary: a second cryptography, a second TLS, a copyleft or unmaintained crate.
const BANNED: &[&str] = &["openssl-sys", "native-tls", "ring", "evalexpr", "priority-queue", "serde_yaml", "sqlx"];

#[test]
fn a_crate_depends_on_lower_floors_only() {
    let graph = Graph::of_this_workspace();
    let floors: BTreeMap<_, _> = FLOORS.iter().copied().collect();
    let mut wrong = Vec::new();
    for member in graph.members().filter(|member| !NEVER_SHIPPED.contains(member)) {
        let Some(floor) = floors.get(member) else {
            wrong.push(format!("{member} is on no floor: add it to FLOORS or to NEVER_SHIPPED"));
            continue;
        };
        for needed in graph.members_needed_by(member) {
            if floors.get(needed).is_none_or(|below| below >= floor) {
                wrong.push(format!("{member} must not depend on {needed}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_pure_crates_can_reach_no_network_disk_or_chance() {
    let graph = Graph::of_this_workspace();
    let members: Vec<&str> = graph.members().collect();
    let mut wrong = Vec::new();
    for member in PURE.iter().copied().filter(|member| members.contains(member)) {
        let reached = graph.reached_from(member);
        wrong.extend(
            IMPURE.iter().filter(|name| reached.contains(**name)).map(|name| format!("{member} reaches {name}")),
        );
    }
    // Asked of what it names itself: what others switch on in a shared package is not core's doing.
    let core: Vec<_> = graph.needed_by("baton-core").filter(|name| !CORE_NEEDS.contains(name)).collect();
    wrong.extend(core.iter().map(|name| format!("baton-core must not depend on {name}")));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_shipped_is_built_once_and_without_banned_crates() {
    let shipped = shipped();
    assert!(shipped.contains_key("baton-core"), "cargo tree told something else: {:?}", shipped.keys());
    let banned: Vec<_> = BANNED.iter().filter(|name| shipped.contains_key(**name)).collect();
    assert!(banned.is_empty(), "the binary must not contain {banned:?}; see deny.toml for why");
    for single in ["libsqlite3-sys", "rustls", "tokio", "axum", "reqwest"] {
        assert!(shipped.get(single).is_none_or(|versions| versions.len() == 1), "{single}: {:?}", shipped[single]);
    }
}

#[test]
fn no_fault_can_be_planted_into_what_is_shipped() {
    let features = features();
    assert!(features.contains("baton-core v"), "cargo tree told something else: {features}");
    let on: Vec<&str> = features.lines().filter(|line| line.contains("planted")).collect();
    assert!(on.is_empty(), "the faults of the simulation are in a build without its feature: {on:?}");
}

#[test]
fn everything_we_build_with_has_a_licence_we_may_use() {
    let graph = Graph::of_this_workspace();
    let refused: Vec<String> = graph
        .foreign()
        .filter(|package| !is_allowed(&package.name, package.licence.as_deref().unwrap_or("")))
        .map(|package| format!("{} {}: {:?}", package.name, package.version, package.licence))
        .collect();
    assert!(
        refused.is_empty(),
        "not on the list of licences (crates/testkit/tests/tidy/licence.rs):\n{}",
        refused.join("\n")
    );
}

#[test]
fn what_the_web_is_built_with_has_a_licence_we_may_use() {
    let refused: Vec<String> = repository::tracked("package-lock.json")
        .iter()
        .flat_map(|lock| npm_licences(&repository::read(lock)))
        .filter(|(name, licence)| !is_allowed(name, licence))
        .map(|(name, licence)| format!("{name}: {licence}"))
        .collect();
    assert!(refused.is_empty(), "not on the list of licences:\n{}", refused.join("\n"));
}

#[test]
fn every_link_of_the_documentation_leads_somewhere() {
    let pages: BTreeMap<String, Page> = repository::tracked(".md")
        .into_iter()
        // Articles that tests are made of lead nowhere on purpose.
        .filter(|path| !path.contains("/tests/"))
        .map(|path| (path.clone(), Page::read(&repository::read(&path))))
        .collect();
    let broken: Vec<String> = pages
        .iter()
        .flat_map(|(path, page)| page.links.iter().map(move |link| (path, link)))
        .filter_map(|(path, link)| Page::problem_with(path, link, &pages).map(|why| format!("{path}: {link}: {why}")))
        .collect();
    assert!(broken.is_empty(), "{}", broken.join("\n"));
    assert!(pages.contains_key("docs/index.md"), "the manual is missing: {:?}", pages.keys());
}

#[test]
fn every_page_of_the_manual_is_reached_from_its_index() {
    let index = Page::read(&repository::read("docs/index.md"));
    let linked: BTreeSet<&str> = index.links.iter().filter_map(|link| link.split('#').next()).collect();
    let lost: Vec<String> = repository::tracked(".md")
        .into_iter()
        .filter_map(|path| path.strip_prefix("docs/").map(str::to_owned))
        .filter(|page| page != "index.md" && !page.contains('/') && !linked.contains(page.as_str()))
        .collect();
    assert!(lost.is_empty(), "docs/index.md names no way to {lost:?}");
}

#[test]
fn every_error_code_is_explained_in_the_manual() {
    let explained = anchors_of(&repository::read("docs/errors.md"));
    let codes = repository::error_codes();
    assert!(codes.contains("stale_epoch"), "the codes are not where they were looked for: {codes:?}");
    let missing: Vec<_> = codes.iter().filter(|code| !explained.contains(*code)).collect();
    assert!(missing.is_empty(), "docs/errors.md has no heading for {missing:?}");
}

#[test]
fn every_request_that_the_manual_names_is_one_the_server_takes() {
    let document: serde_json::Value =
        serde_json::from_str(&repository::read("crates/api/openapi.json")).expect("the API's document is JSON");
    let taken: BTreeSet<String> = document["paths"]
        .as_object()
        .into_iter()
        .flatten()
        .flat_map(|(path, item)| {
            let methods: Vec<&String> = item.as_object().into_iter().flatten().map(|(method, _)| method).collect();
            methods
                .into_iter()
                .map(|method| without_names(&format!("{} {path}", method.to_uppercase())))
                .collect::<Vec<_>>()
        })
        .collect();
    let mut named = 0;
    let mut unknown = Vec::new();
    for path in repository::tracked(".md").into_iter().filter(|path| path.starts_with("docs/")) {
        for code in repository::read(&path).lines().flat_map(|line| line.split('`').skip(1).step_by(2)) {
            let request = code.split('?').next().unwrap_or(code);
            let method = request.split(' ').next().unwrap_or_default();
            if !["GET", "POST", "PUT", "DELETE"].contains(&method) || !request.contains("/v1/") {
                continue;
            }
            named += 1;
            if !taken.contains(&without_names(request)) {
                unknown.push(format!("{path}: {request}"));
            }
        }
    }
    assert!(named > 10, "only {named} requests were found in the manual");
    assert!(unknown.is_empty(), "{}", unknown.join("\n"));
}

/// `GET /v1/offers/{offer}` with whatever name the place has.
fn without_names(request: &str) -> String {
    let parts = request.split('/').map(|part| if part.starts_with('{') { "{}" } else { part });
    parts.collect::<Vec<_>>().join("/")
}

#[test]
fn the_table_of_rights_in_the_manual_is_the_one_that_is_asked() {
    let page = repository::read("docs/security.md");
    let rows = repository::rights();
    assert!(rows.iter().any(|row| row.starts_with("| `read_private` | no | no | no |")), "not where it was: {rows:?}");
    let missing: Vec<_> = rows.iter().filter(|row| !page.contains(row.as_str())).collect();
    assert!(missing.is_empty(), "docs/security.md lacks these rows:\n{missing:#?}");
}

#[test]
fn every_test_that_the_architecture_names_exists() {
    let page = repository::read("ARCHITECTURE.md");
    let named: BTreeSet<&str> = page
        .lines()
        .filter(|line| line.starts_with("| "))
        .flat_map(|line| line.split('`').skip(1).step_by(2))
        // The names of tests are sentences; columns and codes are shorter.
        .filter(|word| word.matches('_').count() >= 3)
        .collect();
    assert!(named.len() > 10, "the table of invariants names only {named:?}");
    let sources: String = repository::tracked(".rs").iter().map(|path| repository::read(path)).collect();
    let missing: Vec<_> = named.iter().filter(|name| !sources.contains(&format!("fn {name}("))).collect();
    assert!(missing.is_empty(), "ARCHITECTURE.md names tests that are not there: {missing:?}");
}
