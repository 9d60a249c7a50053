//! Passwords and bot keys from the command line, for the time before anybody can sign in.

use std::io::Read;

use anyhow::{Context, bail};
use baton_core::{AgentId, BotId};
use baton_engine::{Clock, SystemClock, config};
use baton_store::{Credential, Store};

use crate::arguments::{BotKey, Passwd};
use crate::database;

/// Sets the password of a configured agent.
pub(crate) fn passwd(arguments: &Passwd) -> anyhow::Result<()> {
    let agent = AgentId::new(&arguments.agent)?;
    let mut password = String::new();
    eprintln!(
        "Type the password of {agent}, at least {} characters, and end with Enter and Ctrl-D.",
        baton_api::PASSWORD_CHARS_MIN
    );
    std::io::stdin().read_to_string(&mut password).context("read the password")?;
    let store = database::open_blocking(&arguments.database.database)?;
    let set = set_password(&store, &agent, password.trim_end_matches(['\r', '\n']));
    store.close();
    set?;
    println!("The password of {agent} is set; their other sessions have ended.");
    Ok(())
}

/// Writes the credential of a configured agent and ends their sessions.
pub(crate) fn set_password(store: &Store, agent: &AgentId, password: &str) -> anyhow::Result<()> {
    if password.chars().count() < baton_api::PASSWORD_CHARS_MIN {
        bail!("the password is too short; use at least {} characters", baton_api::PASSWORD_CHARS_MIN);
    }
    let deployment = deployment(store)?;
    let Some(configured) = deployment.agent(agent) else {
        let known: Vec<&str> = deployment.agents().keys().map(AgentId::as_str).collect();
        bail!("there is no agent `{agent}` in the configuration; known are: {}", known.join(", "));
    };
    let password_hash = baton_api::hash_password(password).map_err(|problem| anyhow::anyhow!(problem.detail))?;
    let credential = Credential {
        agent: agent.clone(),
        email: configured.email.clone(),
        password_hash,
        changed_at: SystemClock.now(),
    };
    store.write_blocking(move |tx| {
        tx.delete_tokens_of(baton_store::TokenKind::Session, credential.agent.as_str())?;
        tx.put_credential(&credential)
    })?;
    Ok(())
}

/// Makes a key for a configured bot.
pub(crate) fn bot_key(arguments: &BotKey) -> anyhow::Result<()> {
    let bot = BotId::new(&arguments.bot)?;
    let store = database::open_blocking(&arguments.database.database)?;
    let made = make_bot_key(&store, &bot, &arguments.label);
    store.close();
    println!("{}", made?);
    Ok(())
}

pub(crate) fn make_bot_key(store: &Store, bot: &BotId, label: &str) -> anyhow::Result<String> {
    if !deployment(store)?.has_bot(bot) {
        bail!("there is no bot `{bot}` in the configuration");
    }
    let (row, secret) = baton_api::new_bot_key(bot, label.to_owned(), SystemClock.now());
    store.write_blocking(move |tx| tx.put_token(&row))?;
    Ok(secret)
}

fn deployment(store: &Store) -> anyhow::Result<baton_engine::Deployment> {
    let current = store.read_blocking(|tx| tx.config())?;
    let current = current.context("there is no configuration yet; give one with `baton apply FILE`")?;
    Ok(config::compile(&current.document, current.version)?)
}
