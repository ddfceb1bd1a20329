//! From `[[intake]]` to the sources of an engine.

use std::{fs, path::Path, sync::Arc};

use formhand_engine::{QUEUE_FIELDS, SourceKind, SourceSetup};
use formhand_portal::{
    Portal,
    mapping::{self, Mapping},
};
use formhand_store::SourcePlace;

use super::ServeError;
use crate::config::{Config, IntakeConfig, IntakeKind, overlap};

/// Reads a mapping.
pub fn load_mapping(path: &Path) -> Result<Mapping, ServeError> {
    let text = fs::read_to_string(path).map_err(|source| ServeError::NoMapping {
        file: path.to_owned(),
        source,
    })?;
    mapping::load(path, &text).map_err(ServeError::Mapping)
}

/// Reads what the configuration says of sources, and the mappings that it points to.
pub fn load_sources(
    config: &Config,
    portals: &[Arc<Portal>],
) -> Result<Vec<SourceSetup>, ServeError> {
    let source = |source: &IntakeConfig| {
        Ok(SourceSetup {
            name: source.name.clone(),
            place: place(source)?,
            kind: kind(config, source, portals)?,
            existing: source.existing,
            write_back: source.write_back.clone(),
        })
    };
    config.intake.iter().map(source).collect()
}

fn place(source: &IntakeConfig) -> Result<SourcePlace, ServeError> {
    let url = source.url.as_ref().map(crate::config::UrlSource::read);
    Ok(SourcePlace {
        url: url.transpose().map_err(|error| ServeError::Source {
            name: source.name.to_string(),
            message: format!("has {error}"),
        })?,
        database: source.database.clone(),
        collection: source.collection.clone(),
    })
}

/// What the documents are, held against what they are to become.
pub(crate) fn kind(
    config: &Config,
    source: &IntakeConfig,
    portals: &[Arc<Portal>],
) -> Result<SourceKind, ServeError> {
    let wrong = |message: String| ServeError::Source {
        name: source.name.to_string(),
        message,
    };
    let IntakeKind::Mapping(file) = &source.kind else {
        let read = |path: &str| QUEUE_FIELDS.iter().any(|field| overlap(path, field));
        check_written(source, read).map_err(wrong)?;
        return Ok(SourceKind::Queue);
    };
    let mapping = load_mapping(file)?;
    let portal = portals
        .iter()
        .find(|portal| portal.name == *mapping.portal());
    let portal = portal.ok_or_else(|| ServeError::UnknownPortal {
        what: format!("intake {}", source.name),
        portal: mapping.portal().to_string(),
        known: list(portals.iter().map(|portal| portal.name.as_str())),
    })?;
    mapping.check_against(portal).map_err(ServeError::Mapping)?;
    for account in mapping.accounts() {
        let accounts = config.accounts.iter().map(|account| &account.key);
        let mut of_portal = accounts.filter(|key| key.portal == portal.name);
        if !of_portal.clone().any(|key| key.account == *account) {
            let known = list(of_portal.by_ref().map(|key| key.account.as_str()));
            let message = format!(
                "takes records for account {account} of portal {}, which is not configured; there is {known}",
                portal.name
            );
            return Err(wrong(message));
        }
    }
    check_written(source, |path| mapping.reads(path)).map_err(wrong)?;
    Ok(SourceKind::Mapping(Box::new(mapping)))
}

/// What is written back must be nothing that is read: else a note of ours would change what is filed, or be work itself.
fn check_written(source: &IntakeConfig, is_read: impl Fn(&str) -> bool) -> Result<(), String> {
    match source.write_back.paths().find(|path| is_read(path)) {
        Some(path) => Err(format!(
            "writes back to {path:?}, which is read as well: expected a place of its own such as \"formhand.status\""
        )),
        None => Ok(()),
    }
}

fn list<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<&str> = names.collect();
    if names.is_empty() {
        "none".to_owned()
    } else {
        names.join(", ")
    }
}
