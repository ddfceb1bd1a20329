//! `formhand secret set`

use serde_json::json;

use super::{
    super::{CliError, Exit, Output},
    ask, failed,
};
use crate::config::SecretsConfig;

/// Puts a secret in. It comes from standard input and never from an argument, which everybody on the machine can see.
pub(super) fn run(name: &str, secrets: &SecretsConfig, output: Output) -> Result<Exit, CliError> {
    let mut all = secrets.open().map_err(failed)?;
    let secret = ask::secret(&format!("the secret {name}, which is not shown:"), output)
        .map_err(|error| CliError::new(Exit::BadInput, format!("cannot read it: {error}")))?;
    if secret.expose().is_empty() {
        return Err(CliError::new(Exit::BadInput, "an empty secret is none")
            .hint("write it to standard input"));
    }
    let is_new = all.insert(name.to_owned(), secret).is_none();
    secrets.write(&all).map_err(failed)?;
    if output.json {
        output.json(&json!({ "name": name, "isNew": is_new }));
    } else {
        let was = if is_new {
            ""
        } else {
            ", in the place of another"
        };
        output.say(&format!(
            "{name} is in {}{was}; the configuration names it \"sealed:{name}\"",
            secrets.file.display()
        ));
    }
    Ok(Exit::Done)
}
