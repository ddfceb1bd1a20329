//! From the arguments to the exit code.

use std::{
    io::{self, Write as _},
    process::ExitCode,
};

use clap::Parser as _;

use super::{
    CliError, Exit, Output, account, alert, api,
    args::{Cli, Command, Global},
    audit, chaos,
    client::Client,
    completions, config_cmd, demo, doctor_cmd, evidence, exit, intake, job, key, migrate, node,
    output::stderr_colour,
    portal, practice, question, secret, serve, session, store, token, usage, webhook,
};
use crate::config::Config;

/// Runs the command of this process's arguments.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return usage::report(&error),
    };
    let result = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => {
            let result = runtime.block_on(Box::pin(run(cli)));
            // A second stop signal must not wait for what a first one has begun.
            runtime.shutdown_background();
            result
        }
        Err(error) => Err(CliError::new(
            Exit::Internal,
            format!("cannot start: {error}"),
        )),
    };
    match result {
        Ok(exit) => exit.into(),
        Err(error) => {
            let text = error.render(stderr_colour());
            let _ = io::stderr().lock().write_all(text.as_bytes());
            error.exit.into()
        }
    }
}

async fn run(cli: Cli) -> Result<Exit, CliError> {
    let output = Output::new(cli.global.json);
    match cli.command {
        Command::Serve(args) => serve::run(args, config(&cli.global)?, output).await,
        Command::Practice(args) => practice::run(args, output).await,
        Command::Demo(args) => demo::run(args, output).await,
        Command::Chaos(args) => chaos::run(args, output).await,
        Command::Job(command) => job::run(command, &client(&cli.global)?, output).await,
        Command::Evidence(command) => evidence::run(command, &client(&cli.global)?, output).await,
        Command::Intake(command) => intake::run(command, || client(&cli.global), output).await,
        Command::Portal(command) => portal::run(command, output),
        Command::Question(command) => question::run(command, &client(&cli.global)?, output).await,
        Command::Account(command) => account::run(command, &client(&cli.global)?, output).await,
        Command::Session(command) => session::run(command, &client(&cli.global)?, output).await,
        Command::Alert(command) => alert::run(command, &client(&cli.global)?, output).await,
        Command::Webhook(command) => webhook::run(command, &client(&cli.global)?, output).await,
        Command::Node(command) => node::run(command, &client(&cli.global)?, output).await,
        Command::Store(command) => store::run(command, config(&cli.global)?, output).await,
        Command::Audit(command) => {
            let server = cli.global.server.is_some();
            let server = server.then(|| client(&cli.global)).transpose()?;
            audit::run(command, server, || config(&cli.global), output).await
        }
        Command::Migrate(args) => migrate::run(args, &config(&cli.global)?, output).await,
        Command::Key(command) => key::run(command, || config(&cli.global), output),
        Command::Secret(command) => secret::run(command, &config(&cli.global)?, output),
        Command::Token(command) => token::run(command, || config(&cli.global), output),
        Command::Config(_) => config_cmd::print_default(output),
        Command::Api => Ok(api::run(output)),
        Command::Doctor(args) => doctor_cmd::run(args, config(&cli.global), output).await,
        Command::Completions(args) => Ok(completions::run(&args, output)),
        Command::ExitCodes => {
            output.line(exit::TABLE);
            Ok(Exit::Done)
        }
    }
}

fn config(global: &Global) -> Result<Config, CliError> {
    let mut config = Config::load(global.config.as_deref())?;
    if let Some(data) = &global.data {
        config.data.clone_from(data);
    }
    Ok(config)
}

fn client(global: &Global) -> Result<Client, CliError> {
    let data = match &global.data {
        Some(data) => data.clone(),
        None => config(global)?.data,
    };
    Client::find(global.server.as_ref(), &data)
}
