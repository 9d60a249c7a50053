//! `baton serve`: opens the store, starts the engine, and answers until it is told to stop.

use std::fmt::Write as _;
use std::fs;
use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, bail};
use axum::Router;
use axum::http::HeaderName;
use axum::serve::ListenerExt;
use baton_api::{App, Rates, Settings};
use baton_engine::config::versions::Applying;
use baton_engine::{Engine, EngineError, Options, sync_articles};
use baton_store::Store;
use rand::RngCore;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use url::Url;

use crate::arguments::Serve;
use crate::assess::models;
use crate::{apply, assets, database, manual, versions};

/// How long sockets get to close after a signal.
const STOP_WITHIN: Duration = Duration::from_secs(5);
/// How long requests that are under way get to end after that.
const REQUESTS_END_WITHIN: Duration = Duration::from_secs(5);

pub(crate) async fn run(arguments: Serve) -> anyhow::Result<()> {
    log_to_stderr("info");
    let store = database::open(&arguments.database.database).await?;
    if let Some(file) = &arguments.config {
        let document = apply::read(file)?;
        let applied = versions::in_store(&store, &document, Applying::by("start")).await?;
        tracing::info!(version = applied.version, changed = applied.changed, "configuration");
    }
    let token_secret = token_secret(arguments.token_secret.as_deref(), &arguments.database.database)?;
    let server = Server::start(&arguments, store, token_secret).await?;
    let address = server.address;
    println!("Baton listens on http://{address}");
    server.run(Router::new(), stopped()).await
}

/// Logs go to standard error, as much as `RUST_LOG` says.
pub(crate) fn log_to_stderr(default: &str) {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new(default));
    // A second start in one process keeps the first one's log.
    let colours = std::io::IsTerminal::is_terminal(&std::io::stderr());
    let _ =
        tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(colours).try_init();
}

/// A server that is bound and whose engine runs.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    listener: TcpListener,
    app: App,
    store: Store,
}

impl Server {
    pub(crate) async fn start(arguments: &Serve, store: Store, token_secret: [u8; 32]) -> anyhow::Result<Self> {
        // Said before a port is taken: it is what a newcomer meets first, whatever else runs on the machine.
        if store.read(|tx| tx.config()).await?.is_none() {
            return Err(EngineError::NoConfiguration.into());
        }
        let listener = TcpListener::bind(arguments.listen).await.with_context(|| {
            format!("listen on {}; is another program there? Choose another with --listen", arguments.listen)
        })?;
        let address = listener.local_addr()?;
        let sources = match &arguments.articles {
            Some(folder) => baton_engine::read_articles(folder)?,
            None => manual::articles(),
        };
        let changed = sync_articles(&store, sources).await?;
        tracing::info!(changed, "articles");
        let engine =
            Engine::start(store.clone(), Options { models: models(&arguments.judging)?, ..Options::default() }).await?;
        let public_url = match &arguments.public_url {
            Some(url) => url.clone(),
            None => Url::parse(&format!("http://{address}"))?,
        };
        let client_address_header = match &arguments.client_address_header {
            None => None,
            Some(name) => Some(
                HeaderName::try_from(name.as_str()).with_context(|| format!("`{name}` is not the name of a header"))?,
            ),
        };
        let rates = if arguments.no_rate_limits { Rates::UNLIMITED } else { Rates::default() };
        let settings =
            Settings { public_url, token_secret, client_address_header, rates, demonstration: arguments.demonstration };
        let app = App::new(engine, settings);
        Ok(Self { address, listener, app, store })
    }

    /// Answers until `stop` ends, then lets everybody finish.
    pub(crate) async fn run(self, more: Router, stop: impl Future<Output = ()> + Send + 'static) -> anyhow::Result<()> {
        let router = baton_api::router(self.app.clone())
            .merge(assets::router(self.app.clone()))
            .merge(manual::router())
            .merge(more);
        let stopping = self.app.clone();
        let (tell, told) = oneshot::channel();
        let stop = async move {
            stop.await;
            tracing::info!("stopping");
            // Sockets hear that it is a restart before the engine cuts them off as too slow.
            stopping.close_sockets(STOP_WITHIN).await;
            stopping.engine().stop().await;
            let _ = tell.send(());
        };
        let service = router.into_make_service_with_connect_info::<SocketAddr>();
        // Frames are small and each matters at once: none is to wait until the one before it is acknowledged.
        let listener = self.listener.tap_io(|stream| {
            if let Err(error) = stream.set_nodelay(true) {
                tracing::debug!(%error, "a connection keeps its delay");
            }
        });
        let serving = axum::serve(listener, service).with_graceful_shutdown(stop);
        // Whoever sent half a request and stands still does not hold up a restart.
        let patience = async {
            if told.await.is_ok() {
                tokio::time::sleep(REQUESTS_END_WITHIN).await;
            } else {
                std::future::pending::<()>().await;
            }
        };
        tokio::select! {
            served = serving => served.context("serve")?,
            () = patience => tracing::warn!("cut off requests that did not end in time"),
        }
        self.store.close();
        Ok(())
    }
}

/// A signal to end.
pub(crate) async fn stopped() {
    let interrupt = tokio::signal::ctrl_c();
    match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(mut terminate) => tokio::select! {
            _ = interrupt => {}
            _ = terminate.recv() => {}
        },
        Err(_) => {
            let _ = interrupt.await;
        }
    }
}

/// The secret that signs customers' access tokens: given, or kept in a file beside the SQLite database.
pub(crate) fn token_secret(given: Option<&str>, database: &str) -> anyhow::Result<[u8; 32]> {
    if let Some(given) = given {
        return unhex(given)
            .context("BATON_TOKEN_SECRET must be 64 hexadecimal digits; make one with `openssl rand -hex 32`");
    }
    let mut fresh = [0_u8; 32];
    rand::rng().fill_bytes(&mut fresh);
    if database::is_postgres(database) {
        tracing::warn!(
            "no BATON_TOKEN_SECRET: customers' access tokens end with this process, their clients get others"
        );
        return Ok(fresh);
    }
    let file = format!("{database}.secret");
    match fs::read_to_string(&file) {
        Ok(kept) => unhex(kept.trim())
            .with_context(|| format!("{file} is broken; delete it, and customers' clients get other tokens")),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            write_private(Path::new(&file), &hex(&fresh)).with_context(|| format!("write {file}"))?;
            Ok(fresh)
        }
        Err(error) => bail!("read {file}: {error}"),
    }
}

/// Writes a file that only its owner can read.
pub(crate) fn write_private(file: &Path, text: &str) -> std::io::Result<()> {
    use std::io::Write;
    use std::os::unix::fs::OpenOptionsExt;
    let mut file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(file)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn unhex(text: &str) -> Option<[u8; 32]> {
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    let mut bytes = [0_u8; 32];
    for (index, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(index * 2..index * 2 + 2)?, 16).ok()?;
    }
    Some(bytes)
}
