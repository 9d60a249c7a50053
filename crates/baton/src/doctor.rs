//! `baton doctor`: looks, changes nothing, and says what is wrong and how to mend it.

use anyhow::bail;
use baton_engine::config;

use crate::arguments::Doctor;
use crate::database;

pub(crate) fn run(arguments: &Doctor) -> anyhow::Result<()> {
    let name = &arguments.database.database;
    database::check(name)?;
    if !database::is_postgres(name) && !std::path::Path::new(name).exists() {
        bail!("the database {name} is not there; `baton serve --database {name} --config FILE` makes it");
    }
    let store = database::open_blocking(name)?;
    println!("database       opens, and is of this program's version");
    let (current, slots, open, log_epoch) =
        store.read_blocking(|tx| Ok((tx.config()?, tx.slots()?, tx.open_heads()?, tx.log_epoch()?)))?;
    println!("log            {log_epoch}");
    println!("open           {} conversations that are not at rest, {} slots held", open.len(), slots.len());
    store.close();
    let Some(current) = current else { bail!("there is no configuration yet; give one with `baton apply FILE`") };
    match config::compile(&current.document, current.version) {
        Ok(deployment) => println!(
            "configuration  version {}: {} channels, {} agents",
            current.version,
            deployment.channels().len(),
            deployment.agents().len()
        ),
        Err(error) => bail!("configuration version {} does not run:\n{error}", current.version),
    }
    println!("All is well.");
    Ok(())
}
