//! `baton apply`: checks a configuration and runs by it, at a running server or in the database directly.

use std::fs;
use std::path::Path;

use anyhow::{Context, bail};
use baton_engine::config;
use baton_store::Store;
use serde_json::{Value, json};
use url::Url;

use crate::arguments::Apply;
use crate::database;

pub(crate) async fn run(arguments: Apply) -> anyhow::Result<()> {
    let document = read(&arguments.file)?;
    if arguments.check {
        println!("{} is right.", arguments.file.display());
        return Ok(());
    }
    let (version, changed) = if let Some(server) = arguments.server {
        at_server(&server, arguments.email.as_deref(), &document).await?
    } else {
        let store = database::open(&arguments.database.database).await?;
        let applied = in_store(&store, &document, "command line").await;
        store.close();
        applied?
    };
    if changed {
        println!("Version {version} is applied.");
    } else {
        println!("Nothing changed; version {version} runs already.");
    }
    Ok(())
}

/// Reads and checks a configuration file; faults are said as `file:line:column`.
pub(crate) fn read(file: &Path) -> anyhow::Result<String> {
    let document = fs::read_to_string(file).with_context(|| format!("read the configuration {}", file.display()))?;
    if let Err(error) = config::compile(&document, 1) {
        let faults: Vec<String> = error.faults.iter().map(|fault| format!("  {}: {fault}", file.display())).collect();
        bail!("the configuration is not right:\n{}", faults.join("\n"));
    }
    Ok(document)
}

/// Writes a checked document as the next version; false when it is what runs already.
pub(crate) async fn in_store(store: &Store, document: &str, by: &str) -> anyhow::Result<(u64, bool)> {
    let current = store.read(|tx| tx.config()).await?;
    let version = current.as_ref().map_or(0, |current| current.version);
    if current.is_some_and(|current| current.document == document) {
        return Ok((version, false));
    }
    let (at, by, document) = (baton_engine::Clock::now(&baton_engine::SystemClock), by.to_owned(), document.to_owned());
    let written = store.write(move |tx| tx.put_config(version, at, &by, &document)).await?;
    written.map(|version| (version, true)).context("another version was applied meanwhile; run it again")
}

async fn at_server(server: &Url, email: Option<&str>, document: &str) -> anyhow::Result<(u64, bool)> {
    let email =
        email.context("name who applies it: --email you@example.org, and give the password in BATON_PASSWORD")?;
    let password =
        std::env::var("BATON_PASSWORD").context("give the password in the environment variable BATON_PASSWORD")?;
    let client = reqwest::Client::builder().no_proxy().build()?;
    let signed_in = ask(client
        .post(server.join("/v1/session")?)
        .json(&json!({ "email": email, "password": password, "transport": "bearer" })))
    .await
    .context("sign in")?;
    let token = signed_in.get("token").and_then(Value::as_str).context("sign in: the server gave no token")?;
    let applied =
        ask(client.put(server.join("/v1/config")?).bearer_auth(token).json(&json!({ "document": document }))).await;
    let _ = client.delete(server.join("/v1/session")?).bearer_auth(token).send().await;
    let applied = applied.context("apply the configuration")?;
    let version = applied.get("version").and_then(Value::as_u64).context("the server named no version")?;
    Ok((version, applied.get("changed").and_then(Value::as_bool).unwrap_or(true)))
}

async fn ask(request: reqwest::RequestBuilder) -> anyhow::Result<Value> {
    let answer = request.send().await?;
    let status = answer.status();
    let body: Value = answer.json().await.unwrap_or(Value::Null);
    if !status.is_success() {
        let detail = body.get("detail").and_then(Value::as_str).unwrap_or("it said nothing more");
        bail!("the server refused with {status}: {detail}");
    }
    Ok(body)
}
