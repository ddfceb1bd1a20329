//! A server in a process of its own.

use std::{
    ffi::OsStr,
    fs::OpenOptions,
    path::{Path, PathBuf},
    process::Stdio,
    sync::Arc,
    time::Duration,
};

use formhand_domain::Secret;
use formhand_engine::GateSwitch;
use rustix::process::{Pid, Signal, kill_process};
use serde::Deserialize;
use tokio::{
    io::{AsyncBufReadExt as _, BufReader},
    process::{Child, Command},
};

use super::stage::Node;
use crate::cli::{CliError, ENVIRONMENT, Exit, client::Client};

/// A server that does not serve by then hangs.
const START: Duration = Duration::from_mins(1);

/// One that does not stop by then hangs, too.
const STOP: Duration = Duration::from_mins(2);

/// A server that serves. It is killed when this is dropped.
pub(super) struct Server {
    child: Child,
    pid: Pid,
    pub(super) client: Arc<Client>,
}

/// What `formhand serve --json` prints.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Serving {
    address: url::Url,
    token_file: PathBuf,
}

impl Server {
    /// Starts one with the configuration of this folder, and waits until it serves.
    pub(super) async fn start(
        folder: &Path,
        node: &Node,
        gate: GateSwitch,
    ) -> Result<Self, CliError> {
        let mut child = spawn(folder, node, gate)?;
        let pid = child.id().and_then(|pid| Pid::from_raw(pid.cast_signed()));
        let pid = pid.ok_or_else(|| broken("a server ended at once"))?;
        let stdout = child.stdout.take();
        let stdout = stdout.ok_or_else(|| broken("a server has no output"))?;
        let mut line = String::new();
        let mut stdout = BufReader::new(stdout);
        let reading = tokio::time::timeout(START, stdout.read_line(&mut line)).await;
        let said = reading
            .is_ok()
            .then(|| serde_json::from_str::<Serving>(&line));
        let Some(Ok(serving)) = said else {
            return Err(
                broken(format!("a server does not serve: {}", last_line(folder)))
                    .hint(format!("{} says more", folder.join(LOG).display())),
            );
        };
        let token = std::fs::read_to_string(&serving.token_file)
            .map_err(|error| broken(format!("the token cannot be read: {error}")))?;
        let client = Client::new(serving.address, Some(Secret::new(token.trim())))?;
        Ok(Self {
            child,
            pid,
            client: Arc::new(client),
        })
    }

    /// Starts one that is killed after so long, whether it serves by then or not.
    pub(super) async fn still_born(
        folder: &Path,
        node: &Node,
        gate: GateSwitch,
        after: Duration,
    ) -> Result<(), CliError> {
        let mut child = spawn(folder, node, gate)?;
        tokio::time::sleep(after).await;
        let _ = child.kill().await;
        Ok(())
    }

    /// Its process, for as long as this lives.
    pub(super) fn pid(&self) -> Pid {
        self.pid
    }

    /// SIGKILL. It is gone when this returns.
    pub(super) async fn kill(&mut self) {
        // Whether it is killed or was dead already, it is waited for.
        let _ = self.child.kill().await;
    }

    /// SIGSTOP or SIGCONT.
    pub(super) fn signal(&self, signal: Signal) {
        // The child is waited for by this handle alone, so the number is still its own.
        let _ = kill_process(self.pid, signal);
    }

    /// Stops it as an operator does. Says whether it stopped in order.
    pub(super) async fn stop(&mut self) -> bool {
        self.signal(Signal::TERM);
        let ended = tokio::time::timeout(STOP, self.child.wait()).await;
        matches!(ended, Ok(Ok(status)) if status.success())
    }
}

fn last_line(folder: &Path) -> String {
    let log = std::fs::read_to_string(folder.join(LOG)).unwrap_or_default();
    log.lines().last().unwrap_or_default().to_owned()
}

/// Where the servers write their log.
pub(super) const LOG: &str = "formhand.log";

fn spawn(folder: &Path, node: &Node, gate: GateSwitch) -> Result<Child, CliError> {
    spawned(folder, node, gate).map_err(|error| broken(format!("no server starts: {error}")))
}

fn spawned(folder: &Path, node: &Node, gate: GateSwitch) -> std::io::Result<Child> {
    let log = OpenOptions::new()
        .create(true)
        .append(true)
        .open(folder.join(LOG))?;
    let mut command = Command::from(unharmed_by_limits(std::env::current_exe()?));
    command
        .args(["serve", "--json", "--config", &node.configuration])
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(log)
        .kill_on_drop(true);
    if gate == GateSwitch::Off {
        command.arg("--without-gate");
    }
    for name in ENVIRONMENT {
        command.env_remove(name);
    }
    command.spawn()
}

/// A program to which a file that may not grow is an error like any other, not the end.
pub(super) fn unharmed_by_limits(program: impl AsRef<OsStr>) -> std::process::Command {
    let mut command = std::process::Command::new("sh");
    // What a shell ignores stays ignored in what it becomes.
    command
        .args(["-c", r#"trap '' XFSZ; exec "$0" "$@""#])
        .arg(program);
    command
}

fn broken(why: impl std::fmt::Display) -> CliError {
    CliError::new(Exit::Internal, why)
}
