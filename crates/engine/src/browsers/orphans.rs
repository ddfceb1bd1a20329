//! Browsers that a dead server left behind. They die with their owner by construction; this makes sure of it before
//! any lease of the former process is given to another.

use std::path::Path;

use formhand_browser::{browser_processes, kill_browsers};

/// Kills every process whose profile lies in `profiles`, and returns how many there were.
///
/// Call it only while holding the data folder's lock: then nobody else can own such a process.
pub(crate) fn kill_orphans(profiles: &Path) -> usize {
    let mut killed = 0;
    while !browser_processes(profiles, "").is_empty() {
        killed += kill_browsers(profiles, "");
        std::thread::yield_now();
    }
    killed
}
