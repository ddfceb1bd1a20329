//! `formhand doctor`, and where `formhand doctor portal` begins

use std::fmt::Write as _;

use clap::{Args, Subcommand};
use serde_json::json;

use super::{CliError, Exit, Output, doctor_portal};
use crate::{
    config::Config,
    doctor::{Check, Level, examine},
};

#[derive(Args)]
pub(super) struct DoctorArgs {
    #[command(subcommand)]
    command: Option<DoctorCommand>,
}

/// What else can be examined.
#[derive(Subcommand)]
enum DoctorCommand {
    /// Measure a portal before it is used, and print the settings that suit it
    Portal(doctor_portal::PortalArgs),
}

/// Examines this machine, or a portal.
pub(super) async fn run(
    args: DoctorArgs,
    config: Result<Config, CliError>,
    output: Output,
) -> Result<Exit, CliError> {
    match args.command {
        None => machine(config, output).await,
        Some(DoctorCommand::Portal(args)) => doctor_portal::run(args, config?, output).await,
    }
}

/// Checks that everything is there. A warning is no failure.
async fn machine(config: Result<Config, CliError>, output: Output) -> Result<Exit, CliError> {
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
