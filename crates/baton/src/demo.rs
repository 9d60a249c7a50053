//! `baton demo`: a ready-made deployment to look at, with sign-ins, that keeps its data.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, ensure};
use axum::Json;
use axum::routing::get;
use baton_core::AgentId;
use baton_engine::config::versions::Applying;
use baton_store::Store;
use rand::RngCore;
use serde::{Deserialize, Serialize};

use crate::arguments::{Database, Demo, Serve};
use crate::busy::{self, Busy, Wishes};
use crate::serve::{Server, hex, log_to_stderr, stopped, token_secret, write_private};
use crate::{database, demo_page, keys, versions};

const CONFIG: &str = include_str!("../demo.yaml");

/// A sign-in of the demo, shown to whoever opens its console.
#[derive(Clone, Serialize, Deserialize)]
struct SignIn {
    agent: String,
    name: String,
    role: String,
    email: String,
    password: String,
}

pub(crate) async fn run(arguments: Demo) -> anyhow::Result<()> {
    log_to_stderr("warn");
    ensure!((0.1..=50.0).contains(&arguments.pace), "--pace is 0.1 to 50");
    let folder =
        arguments.data.clone().unwrap_or_else(|| PathBuf::from(if arguments.busy { "data/busy" } else { "data/demo" }));
    let folder = &folder;
    let config = configuration(arguments.busy);
    if arguments.fresh && folder.exists() {
        forget(folder)?;
    }
    fs::create_dir_all(folder).with_context(|| format!("make the folder {}", folder.display()))?;
    let database = folder.join("baton.db").display().to_string();
    let store = database::open(&database).await?;
    // An admin may have changed the demo's configuration: what is there is kept.
    if store.read(|tx| tx.config()).await?.is_none() {
        versions::in_store(&store, &config, Applying::by("demo")).await?;
    }
    let sign_ins = {
        let (folder, store) = (folder.clone(), store.clone());
        tokio::task::spawn_blocking(move || sign_ins(&folder, &store, &config)).await??
    };
    let serve = Serve {
        database: Database { database: database.clone() },
        config: None,
        listen: arguments.listen,
        public_url: None,
        articles: None,
        judging: crate::arguments::Judging::default(),
        client_address_header: None,
        token_secret: None,
        no_rate_limits: false,
        demonstration: arguments.busy,
    };
    let secret = token_secret(None, &database)?;
    let server = Server::start(&serve, store, secret).await?;
    let here = format!("http://{}", server.address);
    println!();
    println!("  Baton's demo is running, with its data in {}.", folder.display());
    println!();
    println!("  A page with the widget   {here}/");
    println!("  The console              {here}/console/");
    println!("  The API's documentation  {here}/docs/");
    println!();
    println!("  Sign-ins for the console, each one click on its first page:");
    let scripted = if arguments.busy { scripted(&sign_ins) } else { Vec::new() };
    let sign_ins: Vec<_> = sign_ins.into_iter().filter(|sign_in| !is_scripted(&sign_in.agent)).collect();
    for sign_in in &sign_ins {
        println!("    {:<11} {:<18} {}", sign_in.role, sign_in.email, sign_in.password);
    }
    println!();
    println!("  Stop it with Ctrl-C. Begin again with --fresh.");
    let pages = demo_page::router(arguments.busy)
        .route("/console/demo-sign-ins.json", get(move || async move { Json(sign_ins) }));
    if !arguments.busy {
        return server.run(pages, stopped()).await;
    }
    println!("  Scripted customers and two scripted agents fill the floor, with seed {}.", arguments.seed);
    let wishes = Wishes { base: here, seed: arguments.seed, pace: arguments.pace, agents: scripted };
    let for_s = arguments.for_s.map(Duration::from_secs);
    let stop = async move {
        let busy = Busy::begin(wishes);
        let over = async {
            match for_s {
                Some(span) => tokio::time::sleep(span).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = stopped() => {}
            () = over => {}
        }
        // While the server still answers, so that nothing is left open.
        match busy {
            Ok(busy) => busy.end().await,
            Err(error) => tracing::error!("fill the floor: {error:#}"),
        }
    };
    server.run(pages, stop).await
}

/// The demo's configuration; the busy one has two agents more.
fn configuration(busy: bool) -> String {
    if busy { CONFIG.replacen("\nagents:\n", &format!("\nagents:\n{}", busy::AGENTS), 1) } else { CONFIG.to_owned() }
}

fn is_scripted(agent: &str) -> bool {
    busy::HABITS.iter().any(|habits| habits.name == agent)
}

/// How the scripted agents sign in.
fn scripted(sign_ins: &[SignIn]) -> Vec<(busy::Habits, String, String)> {
    let found = busy::HABITS.iter().filter_map(|habits| {
        let sign_in = sign_ins.iter().find(|sign_in| sign_in.agent == habits.name)?;
        Some((*habits, sign_in.email.clone(), sign_in.password.clone()))
    });
    found.collect()
}

/// Removes the demo's own files, and nothing else that may lie in the folder.
fn forget(folder: &Path) -> anyhow::Result<()> {
    for name in ["baton.db", "baton.db-wal", "baton.db-shm", "baton.db.secret", "sign-ins.json"] {
        let file = folder.join(name);
        if file.exists() {
            fs::remove_file(&file).with_context(|| format!("remove {}", file.display()))?;
        }
    }
    Ok(())
}

/// The sign-ins of the first start, made then.
fn sign_ins(folder: &Path, store: &Store, config: &str) -> anyhow::Result<Vec<SignIn>> {
    let file = folder.join("sign-ins.json");
    if let Ok(kept) = fs::read_to_string(&file) {
        return serde_json::from_str(&kept)
            .with_context(|| format!("{} is broken; start with --fresh", file.display()));
    }
    let deployment = baton_engine::config::compile(config, 1)?;
    let mut made = Vec::new();
    for (agent, configured) in deployment.agents() {
        let mut random = [0_u8; 6];
        rand::rng().fill_bytes(&mut random);
        let password = format!("{agent}-{}", hex(&random));
        keys::set_password(store, &AgentId::new(agent.as_str())?, &password)?;
        made.push(SignIn {
            agent: agent.to_string(),
            name: configured.name.clone(),
            role: configured.role.as_str().to_owned(),
            email: configured.email.clone(),
            password,
        });
    }
    made.sort_by_key(|sign_in| ["agent", "supervisor", "admin"].iter().position(|role| *role == sign_in.role));
    write_private(&file, &serde_json::to_string_pretty(&made)?)?;
    Ok(made)
}
