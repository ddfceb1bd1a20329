//! What stays the same when a server is started again: its program, its folder and its port.

use std::{
    fs::{DirBuilder, File},
    io,
    os::unix::{fs::DirBuilderExt as _, process::CommandExt as _},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use crate::{
    MongodError,
    connect::NAME,
    log::Log,
    port::Port,
    process::{Process, SETPRIV, ends_with_owner},
};

/// Inside the folder: the data, and the log of all runs.
const DATA: &str = "data";
const LOG: &str = "mongod.log";

/// No more memory than this for data; only what is used is taken. With the least there can be, 0.25, one transaction of
/// 15 MB is refused because the cache is full.
const CACHE_GB: &str = "1";

/// The journal in files that hold the largest document, 16 MB, but not three times 100 MB in advance, as is usual. It is
/// read at each start, too.
const JOURNAL: &str = "log=(prealloc=false,file_max=32MB)";

/// What makes start and end faster. What is promised about data stays as it is.
const PARAMETERS: [&str; 3] = [
    // For fail points.
    "enableTestCommands=1",
    // Nobody reads it.
    "diagnosticDataCollectionEnabled=false",
    // Otherwise a primary that is asked to stop first gives its clients 15 s to find another one.
    "shutdownTimeoutMillisForSignaledShutdown=0",
];

/// Where a server lives.
#[derive(Debug)]
pub(crate) struct Home {
    program: PathBuf,
    folder: PathBuf,
    port: Port,
}

impl Home {
    /// Makes the folder, unless it is there, with an empty one for the data in it, and takes a port.
    pub(crate) fn make(program: PathBuf, folder: &Path) -> Result<Self, MongodError> {
        private_folders()
            .recursive(true)
            .create(folder)
            .map_err(cannot_make(folder))?;
        // The owner may go to another folder before the server is started again.
        let folder = folder.canonicalize().map_err(cannot_make(folder))?;
        let data = folder.join(DATA);
        private_folders()
            .create(&data)
            .map_err(cannot_make(&data))?;
        let port = Port::take().map_err(|source| MongodError::Port { source })?;
        Ok(Self {
            program,
            folder,
            port,
        })
    }

    pub(crate) fn port(&self) -> u16 {
        self.port.number()
    }

    /// Starts the process. It does not listen yet.
    pub(crate) async fn spawn(&self) -> Result<(Process, Log), MongodError> {
        let setpriv = Path::new(SETPRIV);
        if !setpriv.exists() {
            let path = setpriv.to_owned();
            return Err(MongodError::NoSetpriv { path });
        }
        let path = self.folder.join(LOG);
        let (log, output) = Log::open(&path).map_err(cannot_make(&path))?;
        let command = self.command(output).map_err(cannot_make(&path))?;
        let process = Process::start(command).await;
        let process = process.map_err(|source| MongodError::Spawn {
            program: self.program.clone(),
            source,
        })?;
        Ok((process, log))
    }

    fn command(&self, output: File) -> io::Result<Command> {
        let mut command = ends_with_owner(&self.program);
        command
            .args(["--replSet", NAME])
            .args(["--bind_ip", "127.0.0.1", "--nounixsocket"])
            .args(["--port", &self.port().to_string()])
            .arg("--dbpath")
            .arg(self.folder.join(DATA))
            .args(["--wiredTigerCacheSizeGB", CACHE_GB])
            .args(["--wiredTigerEngineConfigString", JOURNAL]);
        for parameter in PARAMETERS {
            command.args(["--setParameter", parameter]);
        }
        command
            .stdin(Stdio::null())
            // Not `--logpath`: what the system's loader says about a missing library would not be in there.
            .stderr(output.try_clone()?)
            .stdout(output)
            // Ctrl-C in a terminal is for its owner, who may still need it.
            .process_group(0);
        Ok(command)
    }
}

/// Only for their owner.
fn private_folders() -> DirBuilder {
    let mut builder = DirBuilder::new();
    builder.mode(0o700);
    builder
}

fn cannot_make(path: &Path) -> impl FnOnce(io::Error) -> MongodError {
    move |source| MongodError::Folder {
        path: path.to_owned(),
        source,
    }
}
