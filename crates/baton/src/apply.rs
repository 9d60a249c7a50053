//! The configuration as code: see what a file would change, run by it, go back, and look at what was.

use std::fs;
use std::path::Path;

use anyhow::{Context, bail};
use baton_api::wire::Applied;
use baton_engine::config;

use crate::arguments::{Apply, ConfigCommand, Difference, Export, ExportWhat, List, Plan, RollBack};
use crate::plan_text;
use crate::versions::Versions;

pub(crate) async fn plan(arguments: Plan) -> anyhow::Result<()> {
    let document = read(&arguments.file)?;
    let versions = Versions::open_existing(&arguments.place).await?;
    let plan = versions.plan(document).await.context("plan the configuration");
    versions.close().await;
    let plan = plan?;
    if arguments.json {
        println!("{}", serde_json::to_string_pretty(&plan)?);
    } else {
        print!("{}", plan_text::plan(&plan));
    }
    Ok(())
}

pub(crate) async fn apply(arguments: Apply) -> anyhow::Result<()> {
    let document = read(&arguments.file)?;
    if arguments.check {
        println!("{} is right.", arguments.file.display());
        return Ok(());
    }
    let versions = Versions::open(&arguments.place).await?;
    let applied = versions.apply(document, arguments.note).await.context("apply the configuration");
    versions.close().await;
    say(&applied?);
    Ok(())
}

pub(crate) async fn roll_back(arguments: RollBack) -> anyhow::Result<()> {
    let versions = Versions::open_existing(&arguments.place).await?;
    let applied = versions.roll_back(arguments.version, arguments.note).await.context("go back");
    versions.close().await;
    say(&applied?);
    Ok(())
}

pub(crate) async fn export(arguments: Export) -> anyhow::Result<()> {
    match arguments.what {
        ExportWhat::Config { version, output, place } => {
            let versions = Versions::open_existing(&place).await?;
            let found = versions.version(version).await.context("export the configuration");
            versions.close().await;
            let found = found?;
            match output {
                None => print!("{}", found.document),
                Some(file) => {
                    fs::write(&file, &found.document).with_context(|| format!("write {}", file.display()))?;
                    println!("Version {} is in {}.", found.version, file.display());
                }
            }
            Ok(())
        }
    }
}

pub(crate) async fn config(command: ConfigCommand) -> anyhow::Result<()> {
    match command {
        ConfigCommand::Versions(List { place, json }) => {
            let versions = Versions::open_existing(&place).await?;
            let list = versions.list().await.context("list the versions");
            versions.close().await;
            let list = list?;
            if json {
                println!("{}", serde_json::to_string_pretty(&list)?);
            } else {
                print!("{}", plan_text::versions(&list));
            }
        }
        ConfigCommand::Diff(Difference { from, to, place, json }) => {
            let versions = Versions::open_existing(&place).await?;
            let difference = versions.difference(from, to).await.context("compare the versions");
            versions.close().await;
            let difference = difference?;
            if json {
                println!("{}", serde_json::to_string_pretty(&difference)?);
            } else {
                print!("{}", plan_text::difference(&difference));
            }
        }
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

fn say(applied: &Applied) {
    let version = applied.version;
    if applied.changed {
        println!("Version {version} is applied.");
    } else {
        println!("Nothing changed; version {version} runs already.");
    }
}
