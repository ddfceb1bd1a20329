//! `formhand completions`

use std::io::{self, Write as _};

use clap::{Args, CommandFactory as _};
use clap_complete::Shell;

use super::{Exit, Output, args::Cli};

#[derive(Args)]
pub(super) struct CompletionsArgs {
    /// The shell.
    shell: Shell,
}

/// Prints a completion script.
pub(super) fn run(args: &CompletionsArgs, output: Output) -> Exit {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "formhand", &mut script);
    if output.json {
        output.json(&serde_json::json!({"script": String::from_utf8_lossy(&script)}));
    } else {
        // A closed pipe wants no more of it.
        let _ = io::stdout().lock().write_all(&script);
    }
    Exit::Done
}
