//! What can be typed.

use std::{net::SocketAddr, path::PathBuf};

use clap::{Args, Parser, Subcommand};

use super::{
    account, alert, audit, chaos, completions, demo, doctor_cmd, evidence, exit, intake, job, key,
    migrate, node, portal, practice, question, secret, serve, session, store, token, webhook,
};
use crate::serving::TOKEN_VARIABLE;

/// The variables of the environment that change what a command does.
pub const ENVIRONMENT: [&str; 4] = [
    TOKEN_VARIABLE,
    "FORMHAND_CONFIG",
    "FORMHAND_DATA",
    "FORMHAND_SERVER",
];

/// Files records into web portals that have no API, each of them once.
#[derive(Parser)]
#[command(name = "formhand", version, disable_help_subcommand = false, after_long_help = exit::TABLE)]
#[command(
    after_help = "Start with `formhand demo`; `formhand help exit-codes` lists the exit codes."
)]
pub(super) struct Cli {
    #[command(flatten)]
    pub(super) global: Global,
    #[command(subcommand)]
    pub(super) command: Command,
}

/// What every command takes.
#[derive(Args)]
pub(super) struct Global {
    /// Write data as JSON.
    #[arg(long, global = true)]
    pub(super) json: bool,
    /// The configuration file [default: formhand.toml of this folder, if there is one].
    #[arg(long, global = true, value_name = "FILE", env = "FORMHAND_CONFIG")]
    pub(super) config: Option<PathBuf>,
    /// The data folder [default: as configured].
    #[arg(long, global = true, value_name = "DIR", env = "FORMHAND_DATA")]
    pub(super) data: Option<PathBuf>,
    /// The server to speak to [default: the one that serves the data folder].
    #[arg(long, global = true, value_name = "URL", env = "FORMHAND_SERVER")]
    pub(super) server: Option<url::Url>,
}

/// What can be done.
#[derive(Subcommand)]
pub(super) enum Command {
    /// Run the server
    Serve(serve::ServeArgs),
    /// Run the practice portal
    Practice(practice::PracticeArgs),
    /// Watch records being filed into the practice portal, and compare with its ledger
    Demo(demo::DemoArgs),
    /// Kill, stop and cut off servers while jobs flow, and compare with the portal's ledger
    Chaos(chaos::ChaosArgs),
    /// Hand in records and follow them
    #[command(subcommand)]
    Job(job::JobCommand),
    /// Check what is kept of filed jobs
    #[command(subcommand)]
    Evidence(evidence::EvidenceCommand),
    /// See the collections that records are taken from
    #[command(subcommand)]
    Intake(intake::IntakeCommand),
    /// Check portal definitions
    #[command(subcommand)]
    Portal(portal::PortalCommand),
    /// Answer what only a person can
    #[command(subcommand)]
    Question(question::QuestionCommand),
    /// See the portals' accounts
    #[command(subcommand)]
    Account(account::AccountCommand),
    /// See the accounts' sessions, and bring them back
    #[command(subcommand)]
    Session(session::SessionCommand),
    /// See what is the matter, and who is told of it
    #[command(subcommand)]
    Alert(alert::AlertCommand),
    /// See who is told what becomes of jobs, and tell it again
    #[command(subcommand)]
    Webhook(webhook::WebhookCommand),
    /// See the servers that work together, and drain one
    #[command(subcommand)]
    Node(node::NodeCommand),
    /// Move what is kept to another database, or seal it
    #[command(subcommand)]
    Store(store::StoreCommand),
    /// See what happened, and prove that nothing of it was changed
    #[command(subcommand)]
    Audit(audit::AuditCommand),
    /// Bring the store's schema up to date, as a server does at its start
    Migrate(migrate::MigrateArgs),
    /// Make keys to seal with, and tell them apart
    #[command(subcommand)]
    Key(key::KeyCommand),
    /// Keep secrets in a sealed file
    #[command(subcommand)]
    Secret(secret::SecretCommand),
    /// Make and list the tokens of the API
    #[command(subcommand)]
    Token(token::TokenCommand),
    /// Show the configuration
    #[command(subcommand)]
    Config(ConfigCommand),
    /// Print the description of the API (OpenAPI 3.1), to make a client of
    Api,
    /// Check that everything is there
    Doctor(doctor_cmd::DoctorArgs),
    /// Print a completion script for a shell
    Completions(completions::CompletionsArgs),
    /// List the exit codes
    #[command(hide = true, long_about = exit::TABLE)]
    ExitCodes,
}

/// What can be done with the configuration.
#[derive(Subcommand)]
pub(super) enum ConfigCommand {
    /// Print every key with its default and what it means
    PrintDefault,
}

/// Where a server listens, when not as configured.
#[derive(Args)]
pub(super) struct Listen {
    /// The address to listen on [default: as configured]. Port 0 takes a free one.
    #[arg(long, value_name = "ADDRESS", value_parser = address)]
    pub(super) listen: Option<SocketAddr>,
}

fn address(text: &str) -> Result<SocketAddr, String> {
    let example = "expected an IP address and a port such as 127.0.0.1:7070";
    text.parse().map_err(|_| example.to_owned())
}
