//! The hosts inside the own network that an administrator has named.

use std::collections::BTreeSet;

use url::{Host, Url};

/// An entry of `allow_hosts` that names no host.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` in allow_hosts is neither `host` nor `host:port`")]
pub struct InvalidAllowedHost(pub String);

/// One allowed host, on one port or on all.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    host: String,
    port: Option<u16>,
}

#[derive(Debug, Clone, Default)]
pub(super) struct AllowedHosts(BTreeSet<Entry>);

impl AllowedHosts {
    pub(super) fn new(texts: &BTreeSet<String>) -> Result<Self, InvalidAllowedHost> {
        texts
            .iter()
            .map(|text| entry(text).ok_or_else(|| InvalidAllowedHost(text.clone())))
            .collect::<Result<_, _>>()
            .map(Self)
    }

    pub(super) fn contains(&self, url: &Url) -> bool {
        let Some(host) = url.host() else { return false };
        let host = same_form(&host);
        let any_port = Entry { host, port: None };
        let this_port = Entry { host: any_port.host.clone(), port: url.port_or_known_default() };
        self.0.contains(&any_port) || self.0.contains(&this_port)
    }
}

/// Reads `host`, `host:port`, `[v6]` and `[v6]:port` with the same rules by which URLs are read.
fn entry(text: &str) -> Option<Entry> {
    let (host, port) = match text.rsplit_once(':') {
        Some((host, port)) if !host.contains(':') || host.ends_with(']') => (host, Some(port.parse().ok()?)),
        Some(_) | None => (text, None),
    };
    let bare_v6 = host.contains(':') && !host.starts_with('[');
    let host = Host::parse(&if bare_v6 { format!("[{host}]") } else { host.to_owned() }).ok()?;
    Some(Entry { host: same_form(&host), port })
}

fn same_form<S: AsRef<str>>(host: &Host<S>) -> String {
    match host {
        Host::Domain(name) => name.as_ref().trim_end_matches('.').to_ascii_lowercase(),
        Host::Ipv4(address) => address.to_string(),
        Host::Ipv6(address) => address.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(entries: &[&str]) -> AllowedHosts {
        AllowedHosts::new(&entries.iter().map(|&entry| entry.to_owned()).collect()).unwrap()
    }

    fn url(text: &str) -> Url {
        text.parse().unwrap()
    }

    #[test]
    fn a_host_is_allowed_on_every_port_and_a_host_with_port_only_there() {
        let hosts = allowed(&["Model.internal", "localhost:9000", "::1", "[fd00::2]:80"]);
        for yes in [
            "http://model.internal:8000/v1",
            "https://MODEL.internal./",
            "http://localhost:9000",
            "http://[::1]:5/",
            "http://[fd00::2]/",
        ] {
            assert!(hosts.contains(&url(yes)), "{yes}");
        }
        for no in ["http://localhost/", "http://localhost:9001", "http://evil.model.internal/", "http://[fd00::2]:81/"]
        {
            assert!(!hosts.contains(&url(no)), "{no}");
        }
    }

    #[test]
    fn a_url_in_place_of_a_host_is_called_out() {
        for bad in ["http://x.example", "x:99999", "", "a b", "x.example/path"] {
            let said = AllowedHosts::new(&BTreeSet::from([bad.to_owned()])).unwrap_err().to_string();
            assert!(said.contains("allow_hosts"), "{bad}: {said}");
        }
    }
}
