//! A running browser process: its end is waited for by a thread of its own, which then kills what is left of the
//! group, waits for that too, and removes a temporary profile.

use std::io::Read as _;
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, ExitStatus};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::watch;

use super::census;
use super::group;
use super::profile::Folder;

/// Enough for the reason of a failed start.
const STDERR_LIMIT_BYTES: usize = 4096;

/// How a process ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ended {
    Exited(i32),
    Signal(i32),
}

impl std::fmt::Display for Ended {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Exited(code) => write!(formatter, "exit code {code}"),
            Self::Signal(signal) => write!(formatter, "signal {signal}"),
        }
    }
}

impl From<ExitStatus> for Ended {
    fn from(status: ExitStatus) -> Self {
        status
            .code()
            .map_or_else(|| Self::Signal(status.signal().unwrap_or(0)), Self::Exited)
    }
}

#[derive(Debug)]
pub(crate) struct Process {
    pid: u32,
    profile: PathBuf,
    ended: watch::Receiver<Option<Ended>>,
    cleaned: watch::Receiver<bool>,
    stderr: Arc<Mutex<Vec<u8>>>,
}

impl Process {
    /// Takes charge of a child. The profile folder belongs to it from here on.
    pub(crate) fn watch(mut child: Child, folder: Folder) -> std::io::Result<Self> {
        let pid = child.id();
        let profile = folder.path().to_owned();
        let (ended_sender, ended) = watch::channel(None);
        let (cleaned_sender, cleaned) = watch::channel(false);
        let stderr = Arc::new(Mutex::new(Vec::new()));
        if let Some(pipe) = child.stderr.take() {
            let tail = Arc::clone(&stderr);
            thread("formhand-stderr", move || keep_tail(pipe, &tail))?;
        }
        census::own(pid);
        let watching = thread("formhand-browser", move || {
            let status = child.wait();
            // Said first: whoever waits for the death should not wait for the cleaning.
            ended_sender.send_replace(Some(status.map_or(Ended::Exited(-1), Ended::from)));
            group::kill_and_wait(pid);
            census::disown(pid);
            folder.clear();
            cleaned_sender.send_replace(true);
        });
        if watching.is_err() {
            census::disown(pid);
        }
        watching?;
        Ok(Self {
            pid,
            profile,
            ended,
            cleaned,
            stderr,
        })
    }

    pub(crate) fn pid(&self) -> u32 {
        self.pid
    }

    pub(crate) fn profile(&self) -> &Path {
        &self.profile
    }

    pub(crate) fn ended(&self) -> Option<Ended> {
        *self.ended.borrow()
    }

    /// Resolves when the process has ended.
    pub(crate) async fn wait(&self) -> Ended {
        let mut ended = self.ended.clone();
        let seen = ended
            .wait_for(Option::is_some)
            .await
            .ok()
            .and_then(|ended| *ended);
        seen.unwrap_or(Ended::Exited(-1))
    }

    /// Kills the group and returns when no process of it is left and the profile is removed.
    pub(crate) async fn kill(&self) {
        if self.ended().is_none() {
            group::kill(self.pid);
        }
        let _ = self.cleaned.clone().wait_for(|cleaned| *cleaned).await;
    }

    /// Returns when no process of the group is left and the profile is removed.
    pub(crate) async fn cleaned(&self) {
        let _ = self.cleaned.clone().wait_for(|cleaned| *cleaned).await;
    }

    pub(crate) fn members(&self) -> Vec<u32> {
        group::members(self.pid)
    }

    pub(crate) fn memory_bytes(&self) -> u64 {
        self.members().into_iter().map(group::memory_bytes).sum()
    }

    /// The last lines of what it wrote to standard error.
    pub(crate) fn stderr(&self) -> String {
        let stderr = self.stderr.lock().unwrap_or_else(PoisonError::into_inner);
        String::from_utf8_lossy(&stderr).trim().to_owned()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if self.ended().is_none() {
            group::kill(self.pid);
        }
    }
}

fn thread(name: &str, run: impl FnOnce() + Send + 'static) -> std::io::Result<()> {
    std::thread::Builder::new()
        .name(name.to_owned())
        .spawn(run)
        .map(drop)
}

fn keep_tail(mut pipe: ChildStderr, tail: &Mutex<Vec<u8>>) {
    let mut chunk = [0; 1024];
    while let Ok(length @ 1..) = pipe.read(&mut chunk) {
        let mut tail = tail.lock().unwrap_or_else(PoisonError::into_inner);
        tail.extend_from_slice(&chunk[..length]);
        let surplus = tail.len().saturating_sub(STDERR_LIMIT_BYTES);
        tail.drain(..surplus);
    }
}
