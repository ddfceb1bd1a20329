//! `Launch::start`: from a description of a browser to a browser that answers.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::unix::pipe;

use super::error::LaunchError;
use super::flags::{flags, only_through};
use super::kind::Kind;
use super::process::{Ended, Process};
use super::profile::{Folder, Profile};
use super::spawn::{Order, spawn};
use crate::browser::Browser;
use crate::cdp::{CallError, Connection};
use crate::egress::Egress;
use crate::page::Drawing;

/// A first start on a cold disk has been seen to take several seconds.
const START_LIMIT: Duration = Duration::from_secs(30);

/// How long a browser that has closed its pipe may take to end by itself.
const END_LIMIT: Duration = Duration::from_secs(1);

/// Chromium's exit code for a profile that is in use.
const EXIT_PROFILE_IN_USE: &str = "exit code 21";

/// A browser to start.
#[derive(Debug, Clone)]
pub struct Launch {
    /// Which program.
    pub kind: Kind,
    /// Where it is, if not where it usually is.
    pub executable: Option<PathBuf>,
    /// Where it keeps its data.
    pub profile: Profile,
    /// Without a window. The headless shell never has one.
    pub headless: bool,
}

impl Launch {
    /// Starts it and waits until it answers.
    pub async fn start(self) -> Result<Browser, LaunchError> {
        self.start_with(None).await
    }

    /// Starts it with one way out for the whole browser, so that the context of its profile can have a gate. Nothing
    /// leaves the browser any more once that context is closed.
    pub async fn start_behind_egress(self) -> Result<Browser, LaunchError> {
        let egress = Egress::open()
            .await
            .map_err(|source| LaunchError::NoEgress { source })?;
        self.start_with(Some(Arc::new(egress))).await
    }

    async fn start_with(self, egress: Option<Arc<Egress>>) -> Result<Browser, LaunchError> {
        let executable = match self.executable {
            Some(executable) => executable,
            None => self.kind.find()?,
        };
        let folder = Folder::make(self.profile)?;
        let mut flags = flags(self.kind, self.headless, folder.path());
        if let Some(egress) = &egress {
            flags.extend(only_through(egress));
        }
        let (orders, to_browser) = ends().map_err(|source| spawn_error(&executable, source))?;
        let (from_browser, answers) = ends().map_err(|source| spawn_error(&executable, source))?;
        let order = Order {
            executable: executable.clone(),
            flags,
            orders,
            answers,
        };
        let child = spawn(order)
            .await
            .map_err(|source| spawn_error(&executable, source))?;
        let process =
            Process::watch(child, folder).map_err(|source| spawn_error(&executable, source))?;
        let pipes = pipe::Sender::from_owned_fd(to_browser)
            .and_then(|to| pipe::Receiver::from_owned_fd(from_browser).map(|from| (to, from)))
            .map_err(|source| spawn_error(&executable, source))?;
        let drawing = Drawing::new(self.kind == Kind::StillShell);
        connect(process, pipes, drawing, egress).await
    }
}

async fn connect(
    process: Process,
    (to, from): (pipe::Sender, pipe::Receiver),
    drawing: Drawing,
    egress: Option<Arc<Egress>>,
) -> Result<Browser, LaunchError> {
    let process = Arc::new(process);
    let connection = Connection::new(to);
    let started = tokio::select! {
        started = tokio::time::timeout(START_LIMIT, Browser::set_up(connection.clone(), Arc::clone(&process), from, drawing, egress)) => {
            started.ok()
        }
        ended = process.wait() => {
            connection.close();
            process.kill().await;
            return Err(died(ended, process.stderr()));
        }
    };
    match started {
        Some(Ok(browser)) => Ok(browser),
        Some(Err(error)) => {
            if error == CallError::Closed {
                // The pipe closes a moment before the process ends, and only the end says why.
                let _ = tokio::time::timeout(END_LIMIT, process.wait()).await;
            }
            process.kill().await;
            Err(match error {
                CallError::Closed => died(process.wait().await, process.stderr()),
                error => LaunchError::Call(error),
            })
        }
        None => {
            let stderr = process.stderr();
            process.kill().await;
            let waited_ms = u64::try_from(START_LIMIT.as_millis()).unwrap_or(u64::MAX);
            Err(LaunchError::TimedOut { waited_ms, stderr })
        }
    }
}

fn died(ended: Ended, stderr: String) -> LaunchError {
    let ended = ended.to_string();
    if ended == EXIT_PROFILE_IN_USE || stderr.contains("ProcessSingleton") {
        LaunchError::ProfileInUse { detail: stderr }
    } else {
        LaunchError::Died { ended, stderr }
    }
}

/// The reading and the writing end of a pipe, both closed in any other process that we start.
fn ends() -> std::io::Result<(std::os::fd::OwnedFd, std::os::fd::OwnedFd)> {
    Ok(rustix::pipe::pipe_with(rustix::pipe::PipeFlags::CLOEXEC)?)
}

fn spawn_error(executable: &std::path::Path, source: std::io::Error) -> LaunchError {
    LaunchError::Spawn {
        executable: executable.to_owned(),
        source,
    }
}
