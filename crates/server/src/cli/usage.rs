//! Mistakes on the command line. Where clap only says that a command is unknown, the valid ones are listed.

use std::{
    io::{self, Write as _},
    process::ExitCode,
};

use clap::{
    Command, CommandFactory as _,
    error::{ContextKind, ContextValue, ErrorKind},
};

use super::{Exit, args::Cli};

/// Prints what clap has to say and gives the exit code.
pub(super) fn report(error: &clap::Error) -> ExitCode {
    // A closed pipe is no failure of the help.
    let _ = error.print();
    if !error.use_stderr() {
        return Exit::Done.into();
    }
    if error.kind() == ErrorKind::InvalidSubcommand
        && let Some(ContextValue::String(given)) = error.get(ContextKind::InvalidSubcommand)
    {
        let arguments: Vec<String> = std::env::args().skip(1).collect();
        let valid = valid_commands(&Cli::command(), &arguments, given);
        let _ = writeln!(io::stderr().lock(), "\nhint: the commands here are {valid}");
    }
    Exit::Usage.into()
}

/// The commands where the unknown one stood.
fn valid_commands(root: &Command, arguments: &[String], unknown: &str) -> String {
    let mut command = root;
    for argument in arguments.iter().take_while(|argument| *argument != unknown) {
        command = command.find_subcommand(argument).unwrap_or(command);
    }
    let names: Vec<&str> = command
        .get_subcommands()
        .filter(|command| !command.is_hide_set())
        .map(Command::get_name)
        .collect();
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definition_of_the_arguments_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn the_valid_commands_are_those_of_the_place() {
        let arguments = ["--json", "job", "lst"].map(ToOwned::to_owned);
        let valid = valid_commands(&Cli::command(), &arguments, "lst");
        insta::assert_snapshot!(valid, @"submit, list, show, evidence, watch, retry, resolve, verify, take-over, cancel, hold, release");
    }
}
