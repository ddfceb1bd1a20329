//! The browsers of a data folder, as the operating system sees them.

use std::{fs, path::Path};

use rustix::process::{Pid, Signal, kill_process};

/// The processes whose profile has such a name: `worker-`, `master-`, or any with an empty one.
pub(super) fn find(profiles: &Path, kind: &str) -> Vec<Pid> {
    let wanted = format!("--user-data-dir={}/{kind}", profiles.display());
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
    processes
        .filter_map(|entry| entry.file_name().to_str()?.parse::<i32>().ok())
        .filter(|pid| {
            // One that ended meanwhile has no line, and is none of ours any more.
            let line = fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
            line.split(|byte| *byte == 0)
                .any(|argument| argument.starts_with(wanted.as_bytes()))
        })
        .filter_map(Pid::from_raw)
        .collect()
}

/// Kills them.
pub(super) fn kill(profiles: &Path, kind: &str) {
    for pid in find(profiles, kind) {
        // One that is gone already is as dead as it should be.
        let _ = kill_process(pid, Signal::KILL);
    }
}
