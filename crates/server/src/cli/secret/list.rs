//! `formhand secret list`

use super::{
    super::{CliError, Exit, Output},
    failed,
};
use crate::config::SecretsConfig;

/// The names.
pub(super) fn run(secrets: &SecretsConfig, output: Output) -> Result<Exit, CliError> {
    let all = secrets.open().map_err(failed)?;
    if output.json {
        output.json(&all.keys().collect::<Vec<_>>());
        return Ok(Exit::Done);
    }
    for name in all.keys() {
        output.line(name);
    }
    Ok(Exit::Done)
}
