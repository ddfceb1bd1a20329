//! `formhand doctor`

use std::fmt::Write as _;

use serde_json::json;

use super::{CliError, Exit, Output};
use crate::{
    config::Config,
    doctor::{Check, Level, examine},
};

/// Checks that everything is there. A warning is no failure.
pub(super) async fn run(
    config: Result<Config, CliError>,
    output: Output,
) -> Result<Exit, CliError> {
    let checks = examine(config).await;
    if output.json {
        output.json(&json!({"checks": checks}));
    } else {
        for check in &checks {
            output.line(&line(check, output.colour));
        }
    }
    let failed = checks.iter().any(|check| check.level == Level::Fail);
    if !output.json {
        output.say(if failed {
            "\nsomething is missing: see above"
        } else {
            "\nready"
        });
    }
    Ok(if failed { Exit::Negative } else { Exit::Done })
}

fn line(check: &Check, colour: bool) -> String {
    let (word, code) = match check.level {
        Level::Ok => ("ok  ", "32"),
        Level::Warn => ("warn", "33"),
        Level::Fail => ("fail", "31"),
    };
    let word = if colour {
        format!("\x1b[{code}m{word}\x1b[0m")
    } else {
        word.to_owned()
    };
    let mut text = format!(
        "{word}  {:<18} {}",
        check.name,
        check.found.replace('\n', "\n      ")
    );
    if let Some(hint) = &check.hint {
        // Writing to a String cannot fail.
        let _ = write!(text, "\n      {:<18} → {hint}", "");
    }
    text
}
