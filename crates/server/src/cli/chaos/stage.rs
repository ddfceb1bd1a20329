//! The practice portal in this process, and a folder in which servers live and die.

use std::{
    fs, io,
    os::unix::fs::DirBuilderExt as _,
    path::{Path, PathBuf},
};

use formhand_practice::{Options, Practice};

use super::server::Server;
use crate::cli::{CliError, Exit, demo};

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
        let options = Options {
            delays: 0.0,
            promo: false,
            captcha: false,
            ..Options::default()
        };
        let user = options.users.first().cloned().unwrap_or_default();
        let practice = formhand_practice::start(options).await.map_err(|error| {
            CliError::new(
                Exit::Internal,
                format!("the practice portal does not start: {error}"),
            )
        })?;
        let name = format!("formhand-chaos-{:08x}", rand::random::<u32>());
        let folder = std::env::temp_dir().join(name);
        let config = configuration(practice.url(), &user.name, workers);
        fill(&folder, &config, &user.password).map_err(|error| {
            let message = format!("cannot write into {}: {error}", folder.display());
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

fn fill(folder: &Path, config: &str, password: &str) -> io::Result<()> {
    // Not recursive: a folder that is there already is not ours.
    fs::DirBuilder::new().mode(0o700).create(folder)?;
    fs::write(folder.join("formhand.toml"), config)?;
    fs::write(folder.join("password"), password)?;
    fs::write(folder.join("chaos.yaml"), DEFINITION)?;
    for (name, text) in demo::DEFINITIONS {
        fs::write(folder.join(name), text)?;
    }
    Ok(())
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
