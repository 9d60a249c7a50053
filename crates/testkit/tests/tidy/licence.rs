//! Which licences we build with. `deny.toml` says the same to cargo-deny.

use serde_json::Value;

/// Permissive licences that ask for no more than a notice.
const ALLOWED: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "BlueOak-1.0.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Unicode-DFS-2016",
    "Unlicense",
    "Zlib",
];

/// Packages under another licence, each for a reason. MPL-2.0 covers its own files only: used unchanged, they bind
/// nothing of ours. CC-BY-4.0 is for data that the build reads.
const EXCEPTIONS: &[(&str, &str)] = &[
    ("cssparser", "MPL-2.0"),
    ("dtoa-short", "MPL-2.0"),
    ("lightningcss", "MPL-2.0"),
    ("axe-core", "MPL-2.0"),
    ("caniuse-lite", "CC-BY-4.0"),
    // A font, served as it is; its licence covers the font, not what is written in it.
    ("fontsource-variable/inter", "OFL-1.1"),
    // Python's licence is permissive; a tool of the build, not served.
    ("argparse", "Python-2.0"),
];

/// Whether a package may be used: its licence is an SPDX expression (or the older form with a slash) that can be
/// satisfied from the list.
pub(crate) fn is_allowed(package: &str, expression: &str) -> bool {
    // The compiled parts of a package carry its name: `lightningcss-linux-x64-gnu`.
    let excepted = EXCEPTIONS.iter().any(|(name, licence)| *licence == expression && package.starts_with(name));
    excepted || Expression::satisfied(expression)
}

/// Package and licence as a `package-lock.json` records them; a package without one has an empty licence. The
/// workspace's own packages are links and have no place in `node_modules`.
pub(crate) fn npm_licences(lock: &str) -> Vec<(String, String)> {
    let lock: Value = serde_json::from_str(lock).expect("a package-lock.json is JSON");
    let packages = lock["packages"].as_object().into_iter().flatten();
    packages
        .filter(|(place, package)| place.contains("node_modules/") && package["link"].as_bool() != Some(true))
        .map(|(place, package)| {
            let name = place.rsplit("node_modules/").next().unwrap_or(place).trim_start_matches('@').to_owned();
            (name, package["license"].as_str().unwrap_or_default().to_owned())
        })
        .collect()
}

/// A reader of `A OR (B AND C)`, from the left, with AND binding closer.
struct Expression<'a> {
    words: std::iter::Peekable<std::vec::IntoIter<&'a str>>,
}

impl Expression<'_> {
    fn satisfied(text: &str) -> bool {
        let spaced = text.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
        let words: Vec<&str> = spaced.split_whitespace().collect();
        let mut expression = Expression { words: words.into_iter().peekable() };
        expression.either() && expression.words.peek().is_none()
    }

    fn either(&mut self) -> bool {
        let mut satisfied = self.both();
        while self.words.next_if_eq(&"OR").is_some() {
            // Read on even when it is satisfied already, so that the rest is consumed.
            satisfied |= self.both();
        }
        satisfied
    }

    fn both(&mut self) -> bool {
        let mut satisfied = self.one();
        while self.words.next_if_eq(&"AND").is_some() {
            satisfied &= self.one();
        }
        satisfied
    }

    fn one(&mut self) -> bool {
        match self.words.next() {
            Some("(") => {
                let inner = self.either();
                self.words.next_if_eq(&")").is_some() && inner
            }
            Some(licence) => {
                // An exception only adds permissions.
                if self.words.next_if_eq(&"WITH").is_some() {
                    self.words.next();
                }
                ALLOWED.contains(&licence)
            }
            None => false,
        }
    }
}

#[test]
fn a_licence_expression_is_read_as_it_is_meant() {
    for good in [
        "MIT",
        "MIT/Apache-2.0",
        "GPL-3.0 OR MIT",
        "(MIT OR GPL-2.0) AND BSD-3-Clause",
        "Apache-2.0 WITH LLVM-exception",
    ] {
        assert!(is_allowed("some", good), "{good}");
    }
    for bad in ["", "AGPL-3.0", "MIT AND GPL-3.0", "(MIT", "MIT MIT", "MPL-2.0", "UNLICENSED", "SEE LICENSE IN x"] {
        assert!(!is_allowed("some", bad), "{bad}");
    }
    assert!(is_allowed("cssparser", "MPL-2.0"));
}
