//! What can go wrong with a server that is run for a test.

use std::{io, path::PathBuf};

/// What can go wrong with a server that is run for a test.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MongodError {
    /// There is no server to run.
    #[error(
        "find mongod: none of {searched:?} is a program; run scripts/mongod, or set FORMHAND_MONGOD to a mongod of \
         version 6 or newer"
    )]
    NotInstalled {
        /// Where it was looked for.
        searched: Vec<PathBuf>,
    },
    /// `FORMHAND_MONGOD` names something else than a program.
    #[error(
        "find mongod: {} is no program; set FORMHAND_MONGOD to a mongod, or unset it and run scripts/mongod",
        path.display()
    )]
    NotAProgram {
        /// What it names.
        path: PathBuf,
    },
    /// Nothing would end the server with its owner.
    #[error(
        "start mongod: {} is missing, without which it would outlive its owner; install util-linux",
        path.display()
    )]
    NoSetpriv {
        /// Where it has to be.
        path: PathBuf,
    },
    /// A file or a folder of the server could not be made.
    #[error("make {}: {source}", path.display())]
    Folder {
        /// Which one.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// There is no port to listen on.
    #[error("take a port for mongod: {source}")]
    Port {
        /// The system's reason.
        source: io::Error,
    },
    /// The process could not be started.
    #[error("start {}: {source}", program.display())]
    Spawn {
        /// The program.
        program: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// The process ended before it could take writes.
    #[error("start mongod: it ended ({ended}) before it could take writes; its log says:\n{log}")]
    Died {
        /// How it ended.
        ended: String,
        /// The lines of its log that say why, or its last ones.
        log: String,
    },
    /// The process runs, and takes no writes.
    #[error("start mongod: it takes no writes after {waited_ms} ms; its log says:\n{log}")]
    TimedOut {
        /// How long was waited.
        waited_ms: u128,
        /// The lines of its log that say why, or its last ones.
        log: String,
    },
    /// The process has ended, so that no signal can be sent to it.
    #[error("signal mongod: {source}")]
    Signal {
        /// The system's reason.
        source: io::Error,
    },
    /// The server does not answer. It may be paused, or wait for commands that are late.
    #[error("{doing}: mongod has not answered after {waited_ms} ms")]
    Unanswered {
        /// What it was asked to do.
        doing: &'static str,
        /// How long was waited.
        waited_ms: u128,
    },
    /// The server refused a command, or cannot be reached.
    #[error("{doing}: {source}")]
    Command {
        /// What it was asked to do.
        doing: &'static str,
        /// What the driver says.
        source: Box<mongodb::error::Error>,
    },
}
