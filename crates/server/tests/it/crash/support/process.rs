//! The server's process.

use std::{path::Path, process::Stdio};

use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process, waitid};
use serde_json::Value;
use tokio::{
    io::{AsyncBufReadExt as _, BufReader},
    process::{Child, ChildStdout, Command},
};

use super::{log::Log, patiently};
use crate::binary::formhand;

/// A `formhand serve` that may not serve yet. It is killed when this is dropped.
pub(crate) struct Process {
    child: Child,
    pid: Pid,
    stdout: BufReader<ChildStdout>,
    pub(crate) log: Log,
}

impl Process {
    /// Starts it in this folder, with the configuration that is there.
    pub(super) fn start(folder: &Path) -> Self {
        let mut command = Command::from(formhand(folder));
        command
            .args(["serve", "--json", "--config", "formhand.toml"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        let mut child = command.spawn().expect("the server starts");
        let pid = child.id().and_then(|pid| Pid::from_raw(pid.cast_signed()));
        Self {
            pid: pid.expect("it runs"),
            stdout: BufReader::new(child.stdout.take().unwrap()),
            log: Log::read(child.stderr.take().unwrap()),
            child,
        }
    }

    /// What it says when it serves. Nothing if it ended before.
    pub(super) async fn serving(&mut self) -> Option<Value> {
        let mut line = String::new();
        let reading = self.stdout.read_line(&mut line);
        let log = self.log.clone();
        patiently("a server to serve", || log.tail(), reading)
            .await
            .unwrap();
        serde_json::from_str(&line).ok()
    }

    pub(crate) fn signal(&self, signal: Signal) {
        kill_process(self.pid, signal).expect("the server is there");
    }

    /// `SIGSTOP`. When this returns, every thread of it stands still.
    pub(crate) fn pause(&self) {
        self.signal(Signal::STOP);
        waitid(WaitId::Pid(self.pid), WaitIdOptions::STOPPED).expect("it stops");
    }

    /// `SIGCONT`.
    pub(crate) fn go_on(&self) {
        self.signal(Signal::CONT);
    }

    /// `kill -9`. When this returns, the process is gone.
    pub(crate) async fn kill(mut self) {
        self.signal(Signal::KILL);
        let log = self.log.clone();
        let dead = patiently(
            "a killed server to be gone",
            || log.tail(),
            self.child.wait(),
        );
        dead.await.unwrap();
    }

    /// Waits until it has ended, and says with which code.
    pub(crate) async fn ended(mut self) -> Option<i32> {
        let log = self.log.clone();
        let ended = patiently("the server to end", || log.tail(), self.child.wait());
        ended.await.unwrap().code()
    }
}
