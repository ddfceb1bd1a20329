//! The server's process. It ends with its owner, and its end is seen.

use std::{
    io,
    os::{
        fd::{AsFd as _, OwnedFd},
        unix::process::ExitStatusExt as _,
    },
    path::Path,
    process::{Command, ExitStatus},
    thread,
    time::Duration,
};

use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    process::{
        Pid, PidfdFlags, Signal, WaitId, WaitIdOptions, pidfd_open, pidfd_send_signal, waitid,
    },
};
use tokio::sync::{oneshot, watch};

/// Sets the parent-death signal without unsafe code of ours (util-linux).
pub(crate) const SETPRIV: &str = "/usr/bin/setpriv";

/// How long a process that got SIGKILL may take to be gone before nobody waits for it any more.
const DEATH_LIMIT: Duration = Duration::from_secs(10);

/// The status of a process whose end somebody else took note of: exit code 255.
const UNKNOWN_STATUS: i32 = 0xff00;

/// A process. It is killed when this is dropped, and gone then.
#[derive(Debug)]
pub(crate) struct Process {
    pid: u32,
    /// Means this process even when its number is given to another one.
    handle: OwnedFd,
    ended: watch::Receiver<Option<ExitStatus>>,
}

/// The command that becomes this program, and that gets SIGKILL when the thread that started it ends.
pub(crate) fn ends_with_owner(program: &Path) -> Command {
    let mut command = Command::new(SETPRIV);
    command.args(["--pdeathsig", "KILL", "--"]).arg(program);
    command
}

impl Process {
    /// Starts it.
    pub(crate) async fn start(command: Command) -> io::Result<Self> {
        let (answer, started) = oneshot::channel();
        // A parent-death signal is sent when the *thread* that forked ends, not the process. A runtime's threads come and go,
        // so each process has a thread of its own, which ends after it.
        thread::Builder::new()
            .name("formhand-mongod".to_owned())
            .spawn(move || own(command, answer))?;
        started
            .await
            .unwrap_or_else(|_| Err(io::Error::other("the thread that starts it is gone")))
    }

    pub(crate) fn pid(&self) -> u32 {
        self.pid
    }

    /// Resolves when it has ended.
    pub(crate) async fn wait(&self) -> ExitStatus {
        let mut ended = self.ended.clone();
        let seen = ended.wait_for(Option::is_some).await;
        seen.ok()
            .and_then(|ended| *ended)
            .unwrap_or_else(|| ExitStatus::from_raw(UNKNOWN_STATUS))
    }

    pub(crate) fn signal(&self, signal: Signal) -> io::Result<()> {
        Ok(pidfd_send_signal(&self.handle, signal)?)
    }

    /// Lets it stand still. It does when this returns, with all its threads.
    pub(crate) fn pause(&self) -> io::Result<()> {
        self.signal(Signal::STOP)?;
        // Without taking note of it, so that who pauses it once more sees it, too.
        let stopped = WaitIdOptions::STOPPED | WaitIdOptions::NOWAIT;
        waitid(WaitId::PidFd(self.handle.as_fd()), stopped)?;
        Ok(())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // An error means that it is gone already.
        if self.signal(Signal::KILL).is_ok() {
            let limit = Timespec::try_from(DEATH_LIMIT).ok();
            let mut end = [PollFd::new(&self.handle, PollFlags::IN)];
            let _ = poll(&mut end, limit.as_ref());
        }
    }
}

/// Starts a process, hands it over and stays until it has ended.
fn own(mut command: Command, answer: oneshot::Sender<io::Result<Process>>) {
    let (sender, ended) = watch::channel(None);
    let mut child = match command.spawn() {
        Ok(child) => child,
        Err(error) => {
            let _ = answer.send(Err(error));
            return;
        }
    };
    let pid = child.id();
    match open(pid) {
        // If nobody waits for it any more, it is dropped here, and killed with that.
        Ok(handle) => drop(answer.send(Ok(Process { pid, handle, ended }))),
        Err(error) => {
            let _ = child.kill();
            let _ = answer.send(Err(error));
        }
    }
    let status = child.wait();
    sender.send_replace(Some(
        status.unwrap_or_else(|_| ExitStatus::from_raw(UNKNOWN_STATUS)),
    ));
}

fn open(pid: u32) -> io::Result<OwnedFd> {
    let pid = Pid::from_raw(pid.cast_signed()).ok_or(io::ErrorKind::InvalidInput)?;
    Ok(pidfd_open(pid, PidfdFlags::empty())?)
}
