//! `formhand secret rekey`

use serde_json::json;

use super::{
    super::{CliError, Exit, Output},
    failed,
};
use crate::config::SecretsConfig;

/// Seals the file with the present key. It is opened with that or with an old one.
pub(super) fn run(secrets: &SecretsConfig, output: Output) -> Result<Exit, CliError> {
    let all = secrets.open().map_err(failed)?;
    secrets.write(&all).map_err(failed)?;
    let key = secrets.key.read().map_err(Box::new);
    let key = key.map_err(|error| failed(error.into()))?.current();
    if output.json {
        output.json(&json!({ "key": key.to_string(), "secrets": all.len() }));
    } else {
        let file = secrets.file.display();
        output.say(&format!("{file} is sealed with the key {key}"));
    }
    Ok(Exit::Done)
}
