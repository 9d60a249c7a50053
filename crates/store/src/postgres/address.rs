//! Where the database is: reading the address, connecting with or without TLS, and saying what failed without the password.

use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use postgres::config::{Host, SslMode};
use postgres::error::SqlState;
use postgres::{Client, Config, NoTls};
use rustls::{ClientConfig, RootCertStore};
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::StoreError;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// What every connection needs: a commit that is on disk when it is answered, and no statement that hangs for ever.
const SETTINGS: &str = "SELECT set_config('synchronous_commit', 'on', false) \
    WHERE current_setting('synchronous_commit') = 'off'; \
    SET lock_timeout = '10s'; SET statement_timeout = '60s'; SET idle_in_transaction_session_timeout = '120s'; \
    SET client_min_messages = 'warning'";

/// A database server and how to reach it.
#[derive(Clone)]
pub(super) struct Address {
    config: Config,
    /// For people: without the password.
    name: String,
    tls: Option<MakeRustlsConnect>,
}

impl Address {
    pub(super) fn new(url: &str) -> Result<Self, StoreError> {
        let mut config = Config::from_str(url).map_err(|error| {
            StoreError::unavailable(
                "read the database's address",
                format!("{}; write postgres://USER:PASSWORD@HOST:5432/DATABASE", causes(&error)),
            )
        })?;
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(CONNECT_TIMEOUT);
        }
        if config.get_application_name().is_none() {
            config.application_name("baton");
        }
        let name = name(&config);
        let tls = wants_tls(&config).then(connector).transpose()?;
        Ok(Self { config, name, tls })
    }

    /// One attempt.
    pub(super) fn connect(&self) -> Result<Client, StoreError> {
        let connected = match &self.tls {
            Some(tls) => self.config.connect(tls.clone()),
            None => self.config.connect(NoTls),
        };
        let mut client = connected.map_err(|error| self.refused(&error))?;
        client.batch_execute(SETTINGS).map_err(|error| self.refused(&error))?;
        Ok(client)
    }

    fn refused(&self, error: &postgres::Error) -> StoreError {
        let said = causes(error);
        let user = self.config.get_user().unwrap_or("the user");
        let mend = match error.code() {
            Some(&SqlState::INVALID_CATALOG_NAME) => {
                format!("create the database: createdb {}", self.config.get_dbname().unwrap_or(user))
            }
            Some(&SqlState::INVALID_PASSWORD | &SqlState::INVALID_AUTHORIZATION_SPECIFICATION) => {
                format!("look at the password of {user} in the address, and at the server's pg_hba.conf")
            }
            Some(&SqlState::TOO_MANY_CONNECTIONS) => {
                "raise the server's max_connections, or give Baton fewer workers".to_owned()
            }
            Some(_) => "look at the server's log".to_owned(),
            None if said.contains("certificate") || said.contains("TLS") || said.contains("tls") => {
                "the server's certificate must be from an authority that this system trusts (SSL_CERT_FILE names more); \
                 sslmode=disable goes without encryption"
                    .to_owned()
            }
            None => "start the server, or correct the address".to_owned(),
        };
        StoreError::unavailable(format!("connect to {}", self.name), format!("{said}: {mend}"))
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }
}

/// What is asked for wins; unasked, the network is encrypted and the own machine is not.
fn wants_tls(config: &Config) -> bool {
    let own_machine = |host: &Host| match host {
        Host::Unix(_) => true,
        Host::Tcp(name) => {
            name == "localhost" || name.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
        }
    };
    match config.get_ssl_mode() {
        SslMode::Disable => false,
        SslMode::Require => true,
        // Prefer, and whatever a later version of the driver adds.
        SslMode::Prefer | _ => !config.get_hosts().iter().all(own_machine),
    }
}

fn connector() -> Result<MakeRustlsConnect, StoreError> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| StoreError::unavailable("prepare TLS for PostgreSQL", error))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(MakeRustlsConnect::new(config))
}

fn name(config: &Config) -> String {
    let hosts: Vec<_> = config
        .get_hosts()
        .iter()
        .enumerate()
        .map(|(place, host)| {
            let ports = config.get_ports();
            let port = ports.get(place).or(ports.first()).copied().unwrap_or(5432);
            match host {
                Host::Tcp(host) => format!("{host}:{port}"),
                Host::Unix(folder) => format!("{}, port {port}", folder.display()),
            }
        })
        .collect();
    let user = config.get_user().unwrap_or("its user");
    format!("PostgreSQL at {}, database {}, as {user}", hosts.join(" or "), config.get_dbname().unwrap_or(user))
}

/// An error with everything that it comes from; the outermost text alone says little.
pub(super) fn causes(error: &(dyn std::error::Error + 'static)) -> String {
    let mut said = error.to_string();
    let mut inner = error.source();
    while let Some(cause) = inner {
        let text = cause.to_string();
        if !said.contains(&text) {
            said = format!("{said}: {text}");
        }
        inner = cause.source();
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_password_is_never_said() {
        let address = Address::new("postgres://ana:s3cret@127.0.0.1:1/desk").unwrap();
        assert_eq!(address.name(), "PostgreSQL at 127.0.0.1:1, database desk, as ana");
        let said = address.connect().err().unwrap().to_string();
        assert!(said.contains("127.0.0.1:1") && said.contains("start the server"), "{said}");
        assert!(!said.contains("s3cret"), "{said}");
    }

    #[test]
    fn an_address_that_is_none_is_explained() {
        let said = Address::new("postgres://[").err().unwrap().to_string();
        assert!(said.contains("postgres://USER:PASSWORD@HOST"), "{said}");
    }

    #[test]
    fn the_network_is_encrypted_unless_it_is_said_otherwise() {
        let tls = |url: &str| wants_tls(&Config::from_str(url).unwrap());
        assert!(tls("postgres://ana@db.example.org/desk"));
        assert!(!tls("postgres://ana@db.example.org/desk?sslmode=disable"));
        assert!(!tls("postgres://ana@localhost/desk"));
        assert!(tls("postgres://ana@localhost/desk?sslmode=require"));
    }
}
