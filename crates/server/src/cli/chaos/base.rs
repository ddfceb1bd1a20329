//! What the servers keep their jobs in, and what can happen to it.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use clap::ValueEnum;
use formhand_domain::{Clock as _, SystemClock};
use formhand_mongod::{FailCommand, FailMode, Failure, MongodError, ReplicaSet};
use formhand_store::{Store, StoreError, StorePlace};
use rand::{RngExt as _, rngs::StdRng};
use tokio::sync::Mutex;

use crate::{
    cli::{CliError, Exit},
    config::STORE_FILE,
};

/// Which store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Kind {
    /// One file, for one server.
    Sqlite,
    /// A MongoDB replica set, which is started for it.
    Mongodb,
}

/// The store of all servers.
pub(super) enum Base {
    File(PathBuf),
    Mongo(Box<Mutex<ReplicaSet>>, String),
}

/// Commands that servers send all the time.
const COMMANDS: [&str; 6] = [
    "find",
    "insert",
    "update",
    "findAndModify",
    "aggregate",
    "getMore",
];

/// What a member says that is no longer the primary, shuts down, or does not reach the others in time: 11602, 91 and 189
/// tell the driver to look for another primary, 6 that the host is not to be reached.
const CODES: [i32; 3] = [6, 189, 11_602];

/// The writes of a majority that is not reached.
const NO_MAJORITY: i32 = 64;

impl Base {
    /// The store of this kind in this folder.
    pub(super) async fn start(kind: Kind, folder: &Path) -> Result<Self, CliError> {
        match kind {
            Kind::Sqlite => Ok(Self::File(folder.join("data").join(STORE_FILE))),
            Kind::Mongodb => {
                let set = ReplicaSet::start(&folder.join("mongodb")).await;
                let set = set.map_err(|error| {
                    CliError::new(Exit::Refused, error)
                        .hint("`scripts/mongod` installs a MongoDB server")
                })?;
                // A failure that says that the member is no primary is forgotten with the next heartbeat.
                let options = "/formhand?heartbeatFrequencyMS=500&";
                let url = set.url().replace("/?", options);
                Ok(Self::Mongo(Box::new(Mutex::new(set)), url))
            }
        }
    }

    /// The URL of the database, if it is one.
    pub(super) fn url(&self) -> Option<&str> {
        match self {
            Self::File(_) => None,
            Self::Mongo(_, url) => Some(url),
        }
    }

    /// Opens it beside the servers.
    pub(super) async fn open(&self) -> Result<std::sync::Arc<dyn Store>, StoreError> {
        let place = match self {
            Self::File(file) => StorePlace::Sqlite(file.clone()),
            Self::Mongo(_, url) => StorePlace::Mongo(url.clone()),
        };
        place.open(SystemClock.now()).await
    }

    /// SIGKILL, and it is gone for a while.
    pub(super) async fn kill(&self, random: &mut StdRng) -> Result<(), CliError> {
        let gone = Duration::from_millis(random.random_range(0..4_000));
        if let Self::Mongo(set, _) = self {
            let mut set = set.lock().await;
            set.kill().await;
            tokio::time::sleep(gone).await;
            set.restart().await.map_err(broken)?;
        }
        Ok(())
    }

    /// It stands still for a while: it has the requests, and does not answer.
    pub(super) async fn pause(&self, random: &mut StdRng) -> Result<(), CliError> {
        let length = Duration::from_millis(random.random_range(200..5_000));
        if let Self::Mongo(set, _) = self {
            let set = set.lock().await;
            set.pause().map_err(broken)?;
            tokio::time::sleep(length).await;
            set.resume().map_err(broken)?;
        }
        Ok(())
    }

    /// Some commands fail for a while, before or after they were done.
    pub(super) async fn fail(&self, random: &mut StdRng) -> Result<(), CliError> {
        let mut commands = COMMANDS.to_vec();
        commands.retain(|_| random.random_bool(0.5));
        let failure = match random.random_range(0..3) {
            0 => Failure::CloseConnection,
            1 => Failure::WriteConcernError {
                code: NO_MAJORITY,
                labels: Vec::new(),
            },
            _ => Failure::Error {
                code: CODES[random.random_range(0..CODES.len())],
                labels: Vec::new(),
            },
        };
        let mode = FailMode::Randomly(random.random_range(0.1..0.9));
        let length = Duration::from_millis(random.random_range(200..4_000));
        if let Self::Mongo(set, _) = self {
            let set = set.lock().await;
            let failing = FailCommand::new(commands, mode, failure).only_of("formhand");
            set.fail_command(&failing).await.map_err(broken)?;
            tokio::time::sleep(length).await;
            set.heal().await.map_err(broken)?;
        }
        Ok(())
    }

    /// Stops it, when no server needs it any more.
    pub(super) async fn stop(self) {
        if let Self::Mongo(set, _) = self {
            set.into_inner().stop().await;
        }
    }
}

fn broken(error: MongodError) -> CliError {
    CliError::new(Exit::Internal, error)
}
