//! The configuration wherever it is kept, in a database or at a running server: plan, apply, go back, list, compare.

use anyhow::bail;
use baton_api::wire::{
    Applied, ApplyConfig, ConfigDifferenceView, ConfigPlanView, ConfigView, PlanConfig, RollBackConfig,
};
use baton_api::{change_views, config_view, plan_view};
use baton_engine::config::versions::{Applying, between, keep, roll_back, version_of};
use baton_engine::{Clock, EngineError, SystemClock, plan_in_store};
use baton_store::Store;
use reqwest::Method;

use crate::arguments::Place;
use crate::database;
use crate::remote::Remote;

/// Versions listed at once.
const LISTED_MAX: u32 = 100;

/// Where the configuration is.
pub(crate) enum Versions {
    Store(Store),
    Remote(Remote),
}

impl Versions {
    pub(crate) async fn open(place: &Place) -> anyhow::Result<Self> {
        Ok(match &place.server {
            Some(server) => Self::Remote(Remote::sign_in(server, place.email.as_deref()).await?),
            None => Self::Store(database::open(&place.database.database).await?),
        })
    }

    /// The same for questions, which make no database.
    pub(crate) async fn open_existing(place: &Place) -> anyhow::Result<Self> {
        if place.server.is_none() {
            let name = &place.database.database;
            database::check(name)?;
            if !database::is_postgres(name) && !std::path::Path::new(name).exists() {
                bail!("the database {name} is not there; `baton serve --database {name} --config FILE` makes it");
            }
        }
        Self::open(place).await
    }

    pub(crate) async fn close(self) {
        match self {
            Self::Store(store) => store.close(),
            Self::Remote(remote) => remote.sign_out().await,
        }
    }

    pub(crate) async fn plan(&self, document: String) -> anyhow::Result<ConfigPlanView> {
        Ok(match self {
            Self::Store(store) => plan_view(&plan_in_store(store, &document, SystemClock.now()).await?),
            Self::Remote(remote) => remote.send(Method::POST, "/v1/config/plan", &PlanConfig { document }).await?,
        })
    }

    pub(crate) async fn apply(&self, document: String, note: Option<String>) -> anyhow::Result<Applied> {
        Ok(match self {
            Self::Store(store) => in_store(store, &document, Applying { note, ..from_here() }).await?,
            Self::Remote(remote) => {
                let request = ApplyConfig { document, expected_version: None, note };
                remote.send(Method::PUT, "/v1/config", &request).await?
            }
        })
    }

    pub(crate) async fn roll_back(&self, version: Option<u64>, note: Option<String>) -> anyhow::Result<Applied> {
        Ok(match self {
            Self::Store(store) => {
                let applying = Applying { note, ..from_here() };
                let (version, changed) = roll_back(store, SystemClock.now(), version, &applying).await?;
                Applied { version, changed }
            }
            Self::Remote(remote) => {
                let request = RollBackConfig { version, expected_version: None, note };
                remote.send(Method::POST, "/v1/config/rollback", &request).await?
            }
        })
    }

    /// One version; without a number the newest.
    pub(crate) async fn version(&self, version: Option<u64>) -> anyhow::Result<ConfigView> {
        Ok(match (self, version) {
            (Self::Store(store), Some(version)) => config_view(version_of(store, version).await?),
            (Self::Store(store), None) => {
                config_view(store.read(|tx| tx.config()).await?.ok_or(EngineError::NoConfiguration)?)
            }
            (Self::Remote(remote), Some(version)) => remote.get(&format!("/v1/config/versions/{version}")).await?,
            (Self::Remote(remote), None) => remote.get("/v1/config").await?,
        })
    }

    pub(crate) async fn list(&self) -> anyhow::Result<Vec<ConfigView>> {
        Ok(match self {
            Self::Store(store) => {
                let versions = store.read(|tx| tx.config_versions(None, LISTED_MAX)).await?;
                versions.into_iter().map(config_view).collect()
            }
            Self::Remote(remote) => remote.get(&format!("/v1/config/versions?limit={LISTED_MAX}")).await?,
        })
    }

    pub(crate) async fn difference(&self, from: Option<u64>, to: Option<u64>) -> anyhow::Result<ConfigDifferenceView> {
        Ok(match self {
            Self::Store(store) => {
                let (from, to, changes) = between(store, from, to).await?;
                ConfigDifferenceView { from, to, changes: change_views(&changes) }
            }
            Self::Remote(remote) => {
                let named = [("from", from), ("to", to)];
                let query: Vec<String> =
                    named.iter().filter_map(|(name, version)| Some(format!("{name}={}", (*version)?))).collect();
                remote.get(&format!("/v1/config/difference?{}", query.join("&"))).await?
            }
        })
    }
}

/// Checks a document and keeps it in a store.
pub(crate) async fn in_store(store: &Store, document: &str, applying: Applying) -> anyhow::Result<Applied> {
    let (version, changed) = keep(store, SystemClock.now(), document, &applying).await?;
    Ok(Applied { version, changed })
}

/// Somebody at this machine's command line.
fn from_here() -> Applying {
    let user = std::env::var("USER").ok().filter(|user| !user.is_empty());
    Applying::by(user.map_or_else(|| "command line".to_owned(), |user| format!("command line:{user}")))
}
