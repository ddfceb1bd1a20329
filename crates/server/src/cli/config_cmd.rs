//! `formhand config print-default`

use super::{CliError, Exit, Output};
use crate::config::DEFAULT_CONFIG;

/// Prints every key with its default and what it means.
pub(super) fn print_default(output: Output) -> Result<Exit, CliError> {
    if output.json {
        let table: toml::Table =
            toml::from_str(DEFAULT_CONFIG).map_err(|error| CliError::new(Exit::Internal, error))?;
        output.json(&table);
    } else {
        output.line(DEFAULT_CONFIG.trim_end());
    }
    Ok(Exit::Done)
}
