//! The practice portal in this process, and a folder in which servers live and die.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use formhand_practice::{Options, Practice};

use super::server::Server;
use crate::cli::{CliError, Exit, demo, practice, scratch::fresh_folder};

/// The practice portal, for many logins and parallel jobs.
const DEFINITION: &str = "\
formhand: 1
portal: practice
title: Practice portal, under fire
extends: practice.yaml
session:
  budget: {logins: 100, per: 10s}
  max_parallel: 4
";

/// As many attempts as a configuration may allow: a job is struck more than once.
pub(super) const ATTEMPTS: u32 = 20;

/// The first wait before a retry, in milliseconds.
pub(super) const RETRY_MS: i64 = 50;

/// All that runs.
pub(super) struct Stage {
    pub(super) practice: Practice,
    folder: PathBuf,
}

impl Stage {
    /// Starts the portal and writes what servers need.
    pub(super) async fn set(workers: u8) -> Result<Self, CliError> {
        let options = Options::swift();
        let user = options.users.first().cloned().unwrap_or_default();
        let practice = practice::start(options).await?;
        let config = configuration(practice.url(), &user.name, workers);
        let folder = filled(&config, &user.password).map_err(|error| {
            let message = format!("what servers need cannot be written: {error}");
            CliError::new(Exit::Internal, message)
        })?;
        Ok(Self { practice, folder })
    }

    /// Starts a server and waits until it serves.
    pub(super) async fn serve(&self) -> Result<Server, CliError> {
        Server::start(&self.folder).await
    }

    /// Where everything is. It stays when all else is gone.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where the servers keep jobs.
    pub(super) fn database(&self) -> PathBuf {
        self.folder.join("data/formhand.db")
    }

    /// Where their browsers' profiles are.
    pub(super) fn profiles(&self) -> PathBuf {
        self.folder.join("data/profiles")
    }
}

fn filled(config: &str, password: &str) -> io::Result<PathBuf> {
    let folder = fresh_folder("chaos")?;
    fs::write(folder.join("formhand.toml"), config)?;
    fs::write(folder.join("password"), password)?;
    fs::write(folder.join("chaos.yaml"), DEFINITION)?;
    for (name, text) in demo::DEFINITIONS {
        fs::write(folder.join(name), text)?;
    }
    Ok(folder)
}

/// Leases are short, so that a pause can outlast them.
fn configuration(base: &str, user: &str, workers: u8) -> String {
    format!(
        r#"listen = "127.0.0.1:0"
data = "data"
workers = {workers}
portals = ["chaos.yaml"]

[timing]
lease = "4s"
renew_every = "1s"
margin = "1s"

[retry]
max_attempts = {ATTEMPTS}
first_delay = "{RETRY_MS}ms"

[log]
format = "json"
filter = "info"

[[accounts]]
portal = "practice"
name = "main"
user = "{user}"
password_file = "password"
solver = "human"

[portal.practice]
base = "{base}"
"#
    )
}
