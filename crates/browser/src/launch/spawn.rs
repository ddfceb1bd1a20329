//! Starting the process, from a thread that lives as long as ours.
//!
//! A parent-death signal is sent when the *thread* that forked ends, not the process. A runtime's threads come and
//! go, so all browsers are forked by one thread that never ends.

use std::ffi::OsString;
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::mpsc;

use command_fds::{CommandFdExt, FdMapping};
use std::os::unix::process::CommandExt as _;

/// Sets the parent-death signal without unsafe code of ours (util-linux).
const SETPRIV: &str = "/usr/bin/setpriv";

/// What to start.
pub(crate) struct Order {
    pub(crate) executable: PathBuf,
    pub(crate) flags: Vec<OsString>,
    /// The browser reads its orders here: descriptor 3.
    pub(crate) orders: OwnedFd,
    /// The browser writes its answers here: descriptor 4.
    pub(crate) answers: OwnedFd,
}

type Job = (Order, tokio::sync::oneshot::Sender<std::io::Result<Child>>);

/// Starts it and hands the child back.
pub(crate) async fn spawn(order: Order) -> std::io::Result<Child> {
    static SPAWNER: OnceLock<mpsc::Sender<Job>> = OnceLock::new();
    let spawner = SPAWNER.get_or_init(|| {
        let (sender, jobs) = mpsc::channel::<Job>();
        let started = std::thread::Builder::new()
            .name("formhand-spawner".to_owned())
            .spawn(move || {
                for (order, answer) in jobs {
                    if let Err(Ok(mut child)) = answer.send(start(order)) {
                        // The caller gave up meanwhile.
                        let _ = child.kill();
                        let _ = child.wait();
                    }
                }
            });
        if let Err(error) = started {
            tracing::error!(%error, "failed to start the thread that starts browsers");
        }
        sender
    });
    let (answer, started) = tokio::sync::oneshot::channel();
    let gone = || std::io::Error::other("the thread that starts browsers is gone");
    spawner.send((order, answer)).map_err(|_| gone())?;
    started.await.map_err(|_| gone())?
}

fn start(order: Order) -> std::io::Result<Child> {
    let mut command = if Path::new(SETPRIV).exists() {
        let mut command = Command::new(SETPRIV);
        command
            .args(["--pdeathsig", "KILL", "--"])
            .arg(&order.executable);
        command
    } else {
        // The pipe alone then: Chromium ends by itself when it closes, only not at once.
        Command::new(&order.executable)
    };
    command
        .args(&order.flags)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .process_group(0);
    command
        .fd_mappings(vec![
            FdMapping {
                parent_fd: order.orders,
                child_fd: 3,
            },
            FdMapping {
                parent_fd: order.answers,
                child_fd: 4,
            },
        ])
        .map_err(std::io::Error::other)?;
    command.spawn()
}
