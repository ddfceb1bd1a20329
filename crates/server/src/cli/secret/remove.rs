//! `formhand secret remove`

use serde_json::json;

use super::{
    super::{CliError, Exit, Output},
    failed,
};
use crate::config::SecretsConfig;

/// Takes a secret out.
pub(super) fn run(name: &str, secrets: &SecretsConfig, output: Output) -> Result<Exit, CliError> {
    let mut all = secrets.open().map_err(failed)?;
    if all.remove(name).is_none() {
        return Err(
            CliError::new(Exit::Refused, format!("there is no secret {name}"))
                .hint("`formhand secret list` lists their names"),
        );
    }
    secrets.write(&all).map_err(failed)?;
    if output.json {
        output.json(&json!({ "removed": name }));
    } else {
        output.say(&format!("{name} is out of {}", secrets.file.display()));
    }
    Ok(Exit::Done)
}
