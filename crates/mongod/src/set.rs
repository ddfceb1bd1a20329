//! The replica set: starting it, and what can be done to it.

use std::{
    fs,
    path::Path,
    process::{self, ExitStatus},
    time::Duration,
};

use mongodb::bson::Document;
use rustix::process::Signal;
use tokio::time::timeout;

use crate::{
    FailCommand, Failing, MongodError, connect, fail, find::find, home::Home, log::Log,
    process::Process,
};

/// A start takes half a second. A busy machine and a slow disk need many times that.
const START_LIMIT: Duration = Duration::from_mins(1);

/// How long a server that has closed its connections may take to end.
const END_LIMIT: Duration = Duration::from_secs(1);

/// A server that has not stopped in order by then is killed. It takes a second.
const STOP_LIMIT: Duration = Duration::from_secs(10);

/// How long the server may take to answer a command of ours, which takes it milliseconds.
const ANSWER_LIMIT: Duration = Duration::from_secs(30);

/// A MongoDB replica set of one member, which listens on the loopback address. Dropping it kills it; the folder stays.
#[derive(Debug)]
pub struct ReplicaSet {
    url: String,
    // Dropped before the port is given back.
    process: Process,
    home: Home,
}

impl ReplicaSet {
    /// Starts one with its data and its log in this folder, which is made if need be, and waits until it takes writes. The
    /// folder must not hold the data of another one.
    pub async fn start(folder: &Path) -> Result<Self, MongodError> {
        let home = Home::make(find()?, folder)?;
        let port = home.port();
        let (process, log) = home.spawn().await?;
        ready(&process, &log, async {
            connect::listens(port).await;
            connect::initiate(port, START_LIMIT).await?;
            connect::writable(port, START_LIMIT).await
        })
        .await?;
        Ok(Self {
            url: connect::url(port),
            process,
            home,
        })
    }

    /// The same in a folder of this process' own among these. What processes that have ended left there is removed.
    pub async fn start_among(folders: &Path) -> Result<Self, MongodError> {
        for entry in fs::read_dir(folders).into_iter().flatten().flatten() {
            if !Path::new("/proc").join(entry.file_name()).exists() {
                // What cannot go now goes another time.
                let _ = fs::remove_dir_all(entry.path());
            }
        }
        Self::start(&folders.join(process::id().to_string())).await
    }

    /// The connection string, without the name of a database.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The process that runs, or that ran last.
    pub fn pid(&self) -> u32 {
        self.process.pid()
    }

    /// SIGKILL. It is gone when this returns; its port stays its own.
    pub async fn kill(&mut self) {
        // An error means that it is gone already.
        let _ = self.process.signal(Signal::KILL);
        self.process.wait().await;
    }

    /// Starts it again on the same port and the same data, and waits until it takes writes. One that runs is killed first.
    pub async fn restart(&mut self) -> Result<(), MongodError> {
        self.kill().await;
        let port = self.home.port();
        let (process, log) = self.home.spawn().await?;
        self.process = process;
        ready(&self.process, &log, async {
            connect::listens(port).await;
            connect::writable(port, START_LIMIT).await
        })
        .await
    }

    /// SIGSTOP. It stands still when this returns: connections stay open, new ones too, and are not answered.
    pub fn pause(&self) -> Result<(), MongodError> {
        self.process.pause().map_err(no_signal)
    }

    /// SIGCONT.
    pub fn resume(&self) -> Result<(), MongodError> {
        self.process.signal(Signal::CONT).map_err(no_signal)
    }

    /// Stops it as an operator does. One that does not stop is killed. Says whether it stopped in order.
    pub async fn stop(self) -> bool {
        let asked = self.process.signal(Signal::TERM).is_ok();
        // A paused one would not hear of it.
        let _ = self.process.signal(Signal::CONT);
        let ended = timeout(STOP_LIMIT, self.process.wait()).await;
        asked && ended.is_ok_and(|status| status.success())
    }

    /// Lets commands fail from now on, in place of those that failed until now. Before that, the ones that are
    /// [late](FailCommand::late_by) go on.
    pub async fn fail_command(&self, failing: &FailCommand) -> Result<Failing, MongodError> {
        let answer = self.run("let commands fail", failing.command()).await?;
        Ok(Failing::since(&answer))
    }

    /// Resolves when so many commands have met the fail point since it was set. One that is late has met it when it begins
    /// to wait.
    pub async fn until_failed(&self, failing: Failing, times: i64) -> Result<(), MongodError> {
        let command = failing.wait_for(times);
        self.run("wait for commands to fail", command).await?;
        Ok(())
    }

    /// Lets commands succeed again. Before that, the ones that are [late](FailCommand::late_by) go on.
    pub async fn heal(&self) -> Result<(), MongodError> {
        self.run("let commands succeed again", fail::heal()).await?;
        Ok(())
    }

    async fn run(&self, doing: &'static str, command: Document) -> Result<Document, MongodError> {
        let client = connect::member(self.home.port(), ANSWER_LIMIT)?;
        timeout(ANSWER_LIMIT, connect::run(&client, doing, command))
            .await
            .unwrap_or_else(|_| {
                Err(MongodError::Unanswered {
                    doing,
                    waited_ms: ANSWER_LIMIT.as_millis(),
                })
            })
    }
}

/// Waits for the server, but not for one that has ended.
async fn ready(
    process: &Process,
    log: &Log,
    starting: impl Future<Output = Result<(), MongodError>>,
) -> Result<(), MongodError> {
    let died = |ended: ExitStatus| MongodError::Died {
        ended: ended.to_string(),
        log: log.reason(),
    };
    let started = tokio::select! {
        biased;
        ended = process.wait() => return Err(died(ended)),
        started = timeout(START_LIMIT, starting) => started,
    };
    match started {
        Ok(Ok(())) => Ok(()),
        // A connection closes a moment before the process ends, and only the end says why.
        Ok(Err(error)) => match timeout(END_LIMIT, process.wait()).await {
            Ok(ended) => Err(died(ended)),
            Err(_) => Err(error),
        },
        Err(_) => Err(MongodError::TimedOut {
            waited_ms: START_LIMIT.as_millis(),
            log: log.reason(),
        }),
    }
}

fn no_signal(source: std::io::Error) -> MongodError {
    MongodError::Signal { source }
}
