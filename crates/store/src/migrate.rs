//! The steps from an empty database to this program's tables, forward only, with the same numbers on both databases.

use crate::StoreError;
use crate::sql::{LOG_EPOCH, META, Sql};

pub(crate) struct Migration {
    pub(crate) number: u32,
    pub(crate) name: &'static str,
    pub(crate) sqlite: &'static str,
    pub(crate) postgres: &'static str,
}

macro_rules! migration {
    ($number:literal, $file:literal) => {
        Migration {
            number: $number,
            name: $file,
            sqlite: include_str!(concat!("../migrations/sqlite/", $file, ".sql")),
            postgres: include_str!(concat!("../migrations/postgres/", $file, ".sql")),
        }
    };
}

/// In order, numbered from 1 without gaps. What was released is never changed.
pub(crate) const MIGRATIONS: [Migration; 8] = [
    migration!(1, "0001_the_log"),
    migration!(2, "0002_people_and_secrets"),
    migration!(3, "0003_configuration_and_knowledge"),
    migration!(4, "0004_engines"),
    migration!(5, "0005_notes_on_configurations"),
    migration!(6, "0006_policies_on_trial"),
    migration!(7, "0007_attachments"),
    migration!(8, "0008_the_desk"),
];

const CREATE_META: &str = "CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL)";
const PUT_META: &str = "INSERT INTO meta (key, value) VALUES (?1, ?2) \
    ON CONFLICT (key) DO UPDATE SET value = excluded.value";
const SCHEMA_VERSION: &str = "schema_version";

/// The schema's number as this program knows it.
pub(crate) fn newest() -> u32 {
    MIGRATIONS.last().map_or(0, |migration| migration.number)
}

/// Takes the steps that are missing. Runs inside one transaction that nobody else can be in; `script` runs many
/// statements at once.
pub(crate) fn migrate<S: Sql>(
    sql: &mut S,
    text_of: impl Fn(&Migration) -> &'static str,
    script: impl Fn(&mut S, &str) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    sql.execute(CREATE_META, &[])?;
    let found = match sql.query_one(META, &[SCHEMA_VERSION.into()])? {
        None => 0,
        Some(mut row) => {
            let text = row.text()?;
            text.parse().map_err(|_| StoreError::corrupt(format!("`{text}` is no version of a schema")))?
        }
    };
    let known = newest();
    if found > known {
        return Err(StoreError::Newer {
            found: format!("schema version {found}"),
            known: format!("schema version {known}"),
        });
    }
    for migration in MIGRATIONS.iter().filter(|migration| migration.number > found) {
        tracing::info!(number = migration.number, name = migration.name, "migrating the database");
        script(sql, text_of(migration))?;
    }
    if found < known {
        sql.execute(PUT_META, &[SCHEMA_VERSION.into(), (&known.to_string()).into()])?;
    }
    if sql.query_one(META, &[LOG_EPOCH.into()])?.is_none() {
        let identity = uuid::Uuid::now_v7().to_string();
        sql.execute(PUT_META, &[LOG_EPOCH.into(), (&identity).into()])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_follow_each_other_and_begin_the_names() {
        for (place, migration) in MIGRATIONS.iter().enumerate() {
            assert_eq!(migration.number as usize, place + 1);
            assert!(migration.name.starts_with(&format!("{:04}_", migration.number)), "{}", migration.name);
        }
    }

    #[test]
    fn both_databases_make_the_same_tables_columns_and_indexes() {
        for migration in MIGRATIONS {
            let shape = |sql: &str| -> Vec<String> {
                let lines = sql.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("--"));
                let own =
                    lines.filter(|line| !line.contains("VIRTUAL TABLE") && !line.to_lowercase().contains("words"));
                // The name says enough; the types differ.
                own.map(|line| {
                    let words = if line.starts_with("CREATE") { 4 } else { 1 };
                    line.split_whitespace()
                        .take(words)
                        .collect::<Vec<_>>()
                        .join(" ")
                        .trim_end_matches(['(', ' ', ';', ','])
                        .to_owned()
                })
                .filter(|line| line != ")")
                .collect()
            };
            assert_eq!(shape(migration.sqlite), shape(migration.postgres), "{}", migration.name);
        }
    }
}
