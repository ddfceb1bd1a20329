//! The processes of browsers, found by where their profiles are.

use std::{fs, path::Path};

use rustix::process::{Pid, Signal, kill_process};

/// The processes of browsers whose profile lies in this folder and has a name that begins like this.
///
/// A killed process shows until its parent has taken note of it; its command line is empty at once, so it is not found.
pub fn browser_processes(profiles: &Path, name: &str) -> Vec<i32> {
    let wanted = format!("--user-data-dir={}/{name}", profiles.display());
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
    processes
        .filter_map(|entry| entry.file_name().to_str()?.parse::<i32>().ok())
        .filter(|pid| {
            let line = fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
            line.split(|byte| *byte == 0)
                .any(|argument| argument.starts_with(wanted.as_bytes()))
        })
        .collect()
}

/// Kills them, and returns how many there were. Others may have been started meanwhile.
pub fn kill_browsers(profiles: &Path, name: &str) -> usize {
    let found = browser_processes(profiles, name).into_iter();
    let pids = found.filter_map(Pid::from_raw);
    // One may be gone by itself meanwhile, which is just as well.
    pids.filter(|pid| kill_process(*pid, Signal::KILL).is_ok())
        .count()
}
