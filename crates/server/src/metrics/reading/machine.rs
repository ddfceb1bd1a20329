//! What the machine says: browsers, this process, files.

use std::path::{Path, PathBuf};

use formhand_browser::{RunningBrowser, running_browsers};

use super::{LIMIT, Process};
use crate::{metrics::Places, serving::room};

/// What the machine says.
#[derive(Default)]
pub(in crate::metrics) struct Machine {
    pub(in crate::metrics) browsers: Vec<RunningBrowser>,
    pub(in crate::metrics) process: Process,
    /// The size of the store's file with what belongs to it, in bytes; nothing if it is not a file.
    pub(in crate::metrics) database_bytes: Option<u64>,
    /// What can still be written to the disk of the data folder, in bytes.
    pub(in crate::metrics) free_bytes: Option<u64>,
}

/// How the asynchronous runtime of this process does.
pub(in crate::metrics) struct Runtime {
    pub(in crate::metrics) tasks: usize,
    /// Tasks that are ready and wait for a thread.
    pub(in crate::metrics) queued: usize,
}

impl Runtime {
    pub(super) fn now() -> Self {
        let metrics = tokio::runtime::Handle::current().metrics();
        Self {
            tasks: metrics.num_alive_tasks(),
            queued: metrics.global_queue_depth(),
        }
    }
}

/// Looks around. A disk that hangs is not waited for: nothing then.
pub(in crate::metrics) async fn read(places: &Places) -> Option<Machine> {
    let places = places.clone();
    let looking = tokio::task::spawn_blocking(move || look(&places));
    tokio::time::timeout(LIMIT, looking).await.ok()?.ok()
}

fn look(places: &Places) -> Machine {
    Machine {
        browsers: running_browsers(&places.profiles),
        process: Process::look(),
        database_bytes: places.database.as_deref().map(size_bytes),
        free_bytes: room::free(&places.data).ok(),
    }
}

/// SQLite keeps what was written last beside the file.
fn size_bytes(database: &Path) -> u64 {
    ["", "-wal", "-shm"]
        .iter()
        .filter_map(|ending| {
            let mut name = database.as_os_str().to_owned();
            name.push(ending);
            std::fs::metadata(PathBuf::from(name)).ok()
        })
        .map(|file| file.len())
        .sum()
}
