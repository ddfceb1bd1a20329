//! The practice portal in this process, and a folder in which servers live and die.

use std::{
    fs, io,
    path::{Path, PathBuf},
    time::Duration,
};

use formhand_engine::GateSwitch;
use formhand_practice::{Fault, FaultError, FaultName, Options, Practice, Step};

use super::{definition, server::Server};
use crate::cli::{CliError, Exit, practice, scratch::fresh_folder};

/// A portal takes its time for a save: before it is done, and before it is answered.
const SAVING: [(FaultName, u64); 2] = [(FaultName::Slow, 150), (FaultName::SlowSuccess, 350)];

/// How long after the form arrived the portal answers.
pub(super) const ANSWERED_AFTER: Duration = Duration::from_millis(SAVING[0].1 + SAVING[1].1);

/// Longer than a lease.
pub(super) const PAUSE: Duration = Duration::from_millis(3_300);

/// As many attempts as a configuration may allow: a job is struck more than once.
pub(super) const ATTEMPTS: u32 = 20;

/// The first wait before a retry, in milliseconds. It doubles, up to some seconds after the blows that a job may meet.
pub(super) const RETRY_MS: i64 = 1;

/// All that runs.
pub(super) struct Stage {
    pub(super) practice: Practice,
    gate: GateSwitch,
    folder: PathBuf,
}

impl Stage {
    /// Starts the portal and writes what servers need.
    pub(super) async fn set(workers: u8, gate: GateSwitch) -> Result<Self, CliError> {
        let options = Options::swift();
        let user = options.users.first().cloned().unwrap_or_default();
        let practice = practice::start(options).await?;
        dawdle(&practice).map_err(|error| CliError::new(Exit::Internal, error))?;
        let config = configuration(practice.url(), &user.name, workers);
        let folder = filled(&config, &user.password).map_err(|error| {
            let message = format!("what servers need cannot be written: {error}");
            CliError::new(Exit::Internal, message)
        })?;
        Ok(Self {
            practice,
            gate,
            folder,
        })
    }

    /// Starts a server and waits until it serves.
    pub(super) async fn serve(&self) -> Result<Server, CliError> {
        Server::start(&self.folder, self.gate).await
    }

    /// Starts a server and kills it after so long.
    pub(super) async fn serve_in_vain(&self, killed_after: Duration) -> Result<(), CliError> {
        Server::still_born(&self.folder, self.gate, killed_after).await
    }

    /// Where everything is. It stays when all else is gone.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Nothing is cut any more.
    pub(super) fn calm(&self) -> Result<(), CliError> {
        dawdle(&self.practice).map_err(|error| CliError::new(Exit::Internal, error))
    }

    /// Where the servers keep jobs.
    pub(super) fn database(&self) -> PathBuf {
        self.folder.join("data/formhand.db")
    }

    /// Where they keep what attempts have shown.
    pub(super) fn evidence(&self) -> PathBuf {
        self.folder.join("data/evidence")
    }

    /// Where their browsers' profiles are.
    pub(super) fn profiles(&self) -> PathBuf {
        self.folder.join("data/profiles")
    }
}

/// Lets saves take their time, and nothing else happen any more.
fn dawdle(practice: &Practice) -> Result<(), FaultError> {
    let slow = |(name, delay_ms)| Fault::new(name).step(Step::Save).delay_ms(delay_ms);
    practice.set_faults(SAVING.map(slow).into())
}

fn filled(config: &str, password: &str) -> io::Result<PathBuf> {
    let folder = fresh_folder("chaos")?;
    fs::write(folder.join("formhand.toml"), config)?;
    fs::write(folder.join("password"), password)?;
    for (name, text) in definition::files() {
        fs::write(folder.join(name), text)?;
    }
    Ok(folder)
}

/// Leases are short, so that a pause need not be long to outlast them.
fn configuration(base: &str, user: &str, workers: u8) -> String {
    format!(
        r#"listen = "127.0.0.1:0"
data = "data"
workers = {workers}
portals = ["{}"]

[timing]
lease = "3s"
renew_every = "1s"
margin = "500ms"

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
"#,
        definition::NAME,
    )
}
