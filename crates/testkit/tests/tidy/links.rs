//! Links between Markdown pages, resolved as a reader would: a file that is there, a heading that is there.

use std::collections::{BTreeMap, BTreeSet};

use super::repository;

pub(crate) struct Page {
    pub(crate) links: Vec<String>,
    anchors: BTreeSet<String>,
}

impl Page {
    pub(crate) fn read(markdown: &str) -> Self {
        Self { links: links_of(markdown), anchors: anchors_of(markdown) }
    }

    /// Why a link of the page at `path` leads nowhere; `None` when it leads somewhere or out of the repository.
    pub(crate) fn problem_with(path: &str, link: &str, pages: &BTreeMap<String, Self>) -> Option<String> {
        if link.contains("://") || link.starts_with("mailto:") {
            return None;
        }
        let (file, anchor) = link.split_once('#').map_or((link, None), |(file, anchor)| (file, Some(anchor)));
        let target = if file.is_empty() { path.to_owned() } else { resolved(path, file) };
        if !repository::root().join(&target).exists() {
            return Some(format!("there is no {target}"));
        }
        let anchor = anchor?;
        match pages.get(&target) {
            Some(page) if page.anchors.contains(anchor) => None,
            Some(_) => Some(format!("{target} has no heading #{anchor}")),
            None => Some(format!("{target} is not a page with headings")),
        }
    }
}

/// The path that `link` means in the page at `path`, both from the root.
fn resolved(path: &str, link: &str) -> String {
    let mut parts: Vec<&str> = path.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            name => parts.push(name),
        }
    }
    parts.join("/")
}

/// The lines outside code blocks.
fn prose(markdown: &str) -> impl Iterator<Item = &str> {
    let mut in_code = false;
    markdown.lines().filter(move |line| {
        let fence = line.trim_start().starts_with("```");
        in_code ^= fence;
        !in_code && !fence
    })
}

/// What stands in `](…)`, pictures too; code in a line is not a link.
fn links_of(markdown: &str) -> Vec<String> {
    let mut links = Vec::new();
    for line in prose(markdown) {
        let outside_code: String = line.split('`').step_by(2).collect::<Vec<_>>().join(" ");
        for piece in outside_code.split("](").skip(1) {
            let target = piece.split(')').next().unwrap_or_default().split_whitespace().next().unwrap_or_default();
            links.push(target.to_owned());
        }
    }
    links
}

/// The anchors of the headings, formed as the manual forms them: lower case, spaces become hyphens, punctuation goes.
pub(crate) fn anchors_of(markdown: &str) -> BTreeSet<String> {
    let headings = prose(markdown).filter(|line| line.starts_with('#'));
    headings
        .map(|heading| {
            let text = heading.trim_start_matches('#').trim();
            text.chars()
                .filter_map(|letter| match letter {
                    ' ' => Some('-'),
                    '-' | '_' => Some(letter),
                    _ => letter.is_alphanumeric().then_some(letter),
                })
                .flat_map(char::to_lowercase)
                .collect()
        })
        .collect()
}

#[test]
fn a_link_is_found_where_a_reader_sees_one() {
    let page = "# One thing\n\nSee [a](b.md#c) and ![p](../p.png \"t\"), not `[x](y)`.\n\n```\n[no](no.md)\n# no\n```\n## What's `here`?\n";
    assert_eq!(links_of(page), ["b.md#c", "../p.png"]);
    assert_eq!(anchors_of(page), BTreeSet::from(["one-thing".to_owned(), "whats-here".to_owned()]));
    assert_eq!(resolved("docs/decisions/0001.md", "../routing.md"), "docs/routing.md");
}
