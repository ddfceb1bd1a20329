//! `formhand key id`

use std::path::PathBuf;

use clap::Args;
use formhand_seal::KeyId;
use serde_json::json;

use super::super::{CliError, Exit, Output};
use crate::config::{Config, KeyConfig, KeyError, SecretSource, read_key};

#[derive(Args)]
pub(in super::super) struct IdArgs {
    /// The file with the key [default: the keys of the configuration].
    file: Option<PathBuf>,
}

/// One key of the configuration, or of a file.
struct Row {
    what: &'static str,
    id: KeyId,
}

/// Says the ids. They tell nothing of the keys.
pub(super) fn run(
    args: IdArgs,
    config: impl FnOnce() -> Result<Config, CliError>,
    output: Output,
) -> Result<Exit, CliError> {
    if let Some(file) = args.file {
        let id = id(&SecretSource::File(file))?;
        if output.json {
            output.json(&json!({ "id": id.to_string() }));
        } else {
            output.line(&id.to_string());
        }
        return Ok(Exit::Done);
    }
    let config = config()?;
    let mut rows = rows("store", "store, old", config.records.keys.as_ref())?;
    let secrets = config.secrets.as_ref().map(|secrets| &secrets.key);
    rows.extend(self::rows("secrets", "secrets, old", secrets)?);
    if rows.is_empty() {
        return Err(
            CliError::new(Exit::BadInput, "the configuration names no key").hint(
                "name the file of one, or a key by seal_key_env or seal_key_file under [store]",
            ),
        );
    }
    if output.json {
        let rows = rows.iter();
        let ids = rows.map(|row| json!({ "of": row.what, "id": row.id.to_string() }));
        output.json(&ids.collect::<Vec<_>>());
        return Ok(Exit::Done);
    }
    let mut table = output.table(&["OF", "KEY"]);
    for row in rows {
        table.add_row([row.what.to_owned(), row.id.to_string()]);
    }
    output.line(&table.trim_fmt());
    Ok(Exit::Done)
}

fn rows(
    current: &'static str,
    old: &'static str,
    keys: Option<&KeyConfig>,
) -> Result<Vec<Row>, CliError> {
    let Some(keys) = keys else {
        return Ok(Vec::new());
    };
    let names = std::iter::once(current).chain(std::iter::repeat(old));
    keys.secrets()
        .zip(names)
        .map(|(source, what)| {
            Ok(Row {
                what,
                id: id(source)?,
            })
        })
        .collect()
}

fn id(source: &SecretSource) -> Result<KeyId, CliError> {
    let key = read_key(source).map_err(|error: KeyError| CliError::new(Exit::BadInput, error))?;
    Ok(key.id())
}
