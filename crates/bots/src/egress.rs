//! The one way out: everything Baton calls (bots, models, webhooks) is called through here.
//!
//! A name is resolved, the addresses are checked, and the connection goes to an address that was checked, so a name
//! that resolves differently a moment later gains nothing. No redirects, no proxies, http(s) only, all of it bounded.

mod address;
mod allowed;

use std::collections::BTreeSet;
use std::error::Error as StdError;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

pub use self::allowed::InvalidAllowedHost;
use self::{address::is_public, allowed::AllowedHosts};

/// A connection that is not made by then is given up, whatever the time limit of the whole call.
const CONNECT_LIMIT: Duration = Duration::from_secs(5);
/// Shorter than the five seconds after which common servers close an idle connection, so that we rarely meet a closed one.
const POOL_IDLE: Duration = Duration::from_secs(4);
const POOL_IDLE_PER_HOST: usize = 8;

/// What an administrator decides about the way out.
#[derive(Debug, Clone, Default)]
pub struct EgressSettings {
    /// Hosts that may be reached although their address is private, each `host` or `host:port`.
    pub allow_hosts: BTreeSet<String>,
}

/// Why the way out could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum InvalidEgress {
    #[error(transparent)]
    AllowedHost(#[from] InvalidAllowedHost),
    #[error("set up the client for outgoing calls: {0}")]
    Client(String),
}

/// Why an address is not called.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EgressRefused {
    #[error("it is not a URL: {0}")]
    NotAUrl(String),
    #[error("only http and https are called, not `{0}`")]
    Scheme(String),
    #[error("the URL carries a user name or a password; credentials belong in their own setting")]
    Credentials,
    #[error(
        "`{host}` leads to {address}, which is not on the public internet; name it in allow_hosts if that is meant"
    )]
    Private { host: String, address: IpAddr },
    #[error("`{0}` is a name of this machine; name it in allow_hosts if that is meant")]
    ThisMachine(String),
}

/// Why a call through the way out gave no answer. No variant carries a path, a query or a header: they hold secrets.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EgressFailure {
    #[error("call {of}: {why}")]
    Refused { of: String, why: EgressRefused },
    #[error("call {of}: no answer within {limit:?}")]
    TimedOut { of: String, limit: Duration },
    #[error("call {of}: {why}")]
    Unreachable { of: String, why: String },
    #[error("call {of}: the answer is longer than {bytes_max} bytes")]
    TooLong { of: String, bytes_max: usize },
}

/// A POST of JSON.
#[derive(Clone, Copy)]
pub struct Post<'a> {
    pub url: &'a Url,
    pub headers: &'a [(&'static str, String)],
    pub json: &'a str,
    /// For the whole call: resolving, connecting, sending, and reading the answer.
    pub time_limit: Duration,
    pub answer_bytes_max: usize,
}

/// What came back, whatever its status; a redirect is an answer like any other and is not followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    pub status: u16,
    pub body: Vec<u8>,
}

/// The way out. Cheap to clone; clones share connections.
#[derive(Debug, Clone)]
pub struct Egress {
    allowed: Arc<AllowedHosts>,
    /// Connects only to public addresses.
    guarded: reqwest::Client,
    /// Connects to whatever a name that an administrator allowed resolves to.
    trusted: reqwest::Client,
}

impl Egress {
    pub fn new(settings: &EgressSettings) -> Result<Self, InvalidEgress> {
        Ok(Self {
            allowed: Arc::new(AllowedHosts::new(&settings.allow_hosts)?),
            guarded: client(Resolver { only_public: true })?,
            trusted: client(Resolver { only_public: false })?,
        })
    }

    /// Whether `url` may be called, as far as that can be told without resolving its name: for configuration time.
    pub fn check(&self, url: &str) -> Result<(), EgressRefused> {
        let url = Url::parse(url).map_err(|error| EgressRefused::NotAUrl(error.to_string()))?;
        self.check_parsed(&url)
    }

    fn check_parsed(&self, url: &Url) -> Result<(), EgressRefused> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(EgressRefused::Scheme(url.scheme().to_owned()));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(EgressRefused::Credentials);
        }
        if self.allowed.contains(url) {
            return Ok(());
        }
        // The resolver never sees an address that is written out, so it is checked here.
        let address = match url.host() {
            None => return Err(EgressRefused::NotAUrl("it names no host".to_owned())),
            Some(Host::Ipv4(address)) => IpAddr::V4(address),
            Some(Host::Ipv6(address)) => IpAddr::V6(address),
            Some(Host::Domain(name)) => {
                let name = name.trim_end_matches('.');
                let this_machine = name == "localhost" || name.ends_with(".localhost");
                return if this_machine { Err(EgressRefused::ThisMachine(name.to_owned())) } else { Ok(()) };
            }
        };
        if is_public(address) { Ok(()) } else { Err(EgressRefused::Private { host: address.to_string(), address }) }
    }

    /// Posts, and reads the whole answer. A connection that the other side closed under the request is tried once more,
    /// so what is posted must bear being received twice (ours carry an id for that).
    pub async fn post(&self, post: Post<'_>) -> Result<Answered, EgressFailure> {
        let of = origin(post.url);
        self.check_parsed(post.url).map_err(|why| EgressFailure::Refused { of: of.clone(), why })?;
        let attempt = async {
            match self.post_once(post).await {
                Err(Broken::Closed(_)) => self.post_once(post).await,
                other => other,
            }
        };
        match tokio::time::timeout(post.time_limit, attempt).await {
            Ok(Ok(answered)) => Ok(answered),
            Ok(Err(Broken::Refused(why))) => Err(EgressFailure::Refused { of, why }),
            Ok(Err(Broken::Closed(why) | Broken::Other(why))) => Err(EgressFailure::Unreachable { of, why }),
            Ok(Err(Broken::TooLong)) => Err(EgressFailure::TooLong { of, bytes_max: post.answer_bytes_max }),
            Err(_) => Err(EgressFailure::TimedOut { of, limit: post.time_limit }),
        }
    }

    async fn post_once(&self, post: Post<'_>) -> Result<Answered, Broken> {
        let client = if self.allowed.contains(post.url) { &self.trusted } else { &self.guarded };
        let mut request = client
            .post(post.url.clone())
            .header(reqwest::header::CONTENT_TYPE, "application/json")
            .header(reqwest::header::ACCEPT, "application/json")
            .body(post.json.to_owned());
        for (name, value) in post.headers {
            request = request.header(*name, value);
        }
        let mut response = request.send().await.map_err(broken)?;
        let status = response.status().as_u16();
        let announced = response.content_length().unwrap_or(0);
        if usize::try_from(announced).is_ok_and(|bytes| bytes > post.answer_bytes_max) {
            return Err(Broken::TooLong);
        }
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(broken)? {
            if body.len() + chunk.len() > post.answer_bytes_max {
                return Err(Broken::TooLong);
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Answered { status, body })
    }
}

/// Scheme, host and port: enough to know who was asked, and free of the tokens that paths and queries carry.
pub(crate) fn origin(url: &Url) -> String {
    url.origin().ascii_serialization()
}

enum Broken {
    Refused(EgressRefused),
    /// The other side closed the connection before it answered.
    Closed(String),
    Other(String),
    TooLong,
}

fn broken(error: reqwest::Error) -> Broken {
    // Its own words would print the URL; the causes below it say what happened.
    let error = error.without_url();
    let mut cause: Option<&(dyn StdError + 'static)> = Some(&error);
    let mut deepest = error.to_string();
    while let Some(this) = cause {
        if let Some(refused) = this.downcast_ref::<EgressRefused>() {
            return Broken::Refused(refused.clone());
        }
        deepest = this.to_string();
        cause = this.source();
    }
    // A refused connection would be refused again; a failed exchange may have met a connection just closed as idle.
    if error.is_request() && !error.is_connect() && !error.is_timeout() {
        Broken::Closed(deepest)
    } else {
        Broken::Other(deepest)
    }
}

/// Resolves names with the system's resolver and, for the guarded client, lets only public addresses through.
struct Resolver {
    only_public: bool,
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let only_public = self.only_public;
        Box::pin(async move {
            let host = name.as_str().to_owned();
            // Port 0: the connector puts in the one of the URL.
            let found: Vec<SocketAddr> = tokio::net::lookup_host((host.as_str(), 0)).await?.collect();
            let (usable, private): (Vec<_>, Vec<_>) =
                found.into_iter().partition(|found| !only_public || is_public(found.ip()));
            match (usable.is_empty(), private.first()) {
                (true, Some(first)) => Err(EgressRefused::Private { host, address: first.ip() }.into()),
                (true | false, _) => Ok(Box::new(usable.into_iter()) as Addrs),
            }
        })
    }
}

fn client(resolver: Resolver) -> Result<reqwest::Client, InvalidEgress> {
    let resolver = Arc::new(resolver);
    let builder = || {
        reqwest::Client::builder()
            .dns_resolver(Arc::clone(&resolver))
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .no_proxy()
            .referer(false)
            .http1_only()
            .user_agent(concat!("Baton/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(CONNECT_LIMIT)
            .pool_idle_timeout(POOL_IDLE)
            .pool_max_idle_per_host(POOL_IDLE_PER_HOST)
    };
    builder().build().or_else(|error| {
        // A machine without certificate authorities can still serve its own bots over plain http.
        tracing::warn!(
            error = %Innermost(&error),
            "https calls to bots and webhooks will fail: install the system's CA certificates (ca-certificates)"
        );
        builder().tls_certs_only([]).build().map_err(|error| InvalidEgress::Client(Innermost(&error).to_string()))
    })
}

/// Displays the deepest cause of an error.
struct Innermost<'a>(&'a (dyn StdError + 'static));

impl std::fmt::Display for Innermost<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut cause = self.0;
        while let Some(deeper) = cause.source() {
            cause = deeper;
        }
        write!(out, "{cause}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn egress(allow: &[&str]) -> Egress {
        let allow_hosts = allow.iter().map(|&host| host.to_owned()).collect();
        Egress::new(&EgressSettings { allow_hosts }).unwrap()
    }

    #[test]
    fn an_administrator_hears_at_configuration_time_what_will_not_be_called() {
        let egress = egress(&["10.0.0.5:8080"]);
        for (url, wanted) in [
            ("no url", "not a URL"),
            ("ftp://bot.example/", "only http and https"),
            ("file:///etc/passwd", "only http and https"),
            ("https://user:pass@bot.example/", "credentials"),
            ("http://localhost:3000/", "allow_hosts"),
            ("http://app.localhost./", "allow_hosts"),
            ("http://127.0.0.1/", "allow_hosts"),
            ("http://0x7f.1/", "allow_hosts"),
            ("http://2130706433/", "allow_hosts"),
            ("http://[::ffff:10.0.0.1]/", "allow_hosts"),
            ("http://169.254.169.254/latest/meta-data", "allow_hosts"),
            ("http://10.0.0.5:9090/", "allow_hosts"),
        ] {
            let said = egress.check(url).unwrap_err().to_string();
            assert!(said.contains(wanted), "{url}: {said}");
            assert!(!said.contains("pass@"), "{said}");
        }
        assert_eq!(egress.check("http://10.0.0.5:8080/turn"), Ok(()));
        assert_eq!(egress.check("https://bot.example/turn"), Ok(()));
    }

    #[tokio::test]
    async fn a_name_that_resolves_to_this_machine_is_refused_at_the_connection() {
        // `localhost` stands for any name whose owner points it inside after the URL was checked.
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://localhost:{}/", listener.local_addr().unwrap().port());
        let guarded = client(Resolver { only_public: true }).unwrap();
        let Broken::Refused(why) = broken(guarded.post(url).send().await.unwrap_err()) else {
            panic!("the connection was not refused by us")
        };
        assert!(matches!(&why, EgressRefused::Private { host, .. } if host == "localhost"), "{why}");
    }

    #[test]
    fn opening_the_way_out_twice_in_one_process_is_harmless() {
        egress(&[]);
        egress(&["localhost"]);
    }
}
