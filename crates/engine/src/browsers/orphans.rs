//! Browsers that a dead server left behind. They die with their owner by construction; this makes sure of it before
//! any lease of the former process is given to another.

use std::{fs, path::Path};

use rustix::process::{Pid, Signal, kill_process};

/// Kills every process whose profile lies in `profiles`, and returns how many there were.
///
/// Call it only while holding the data folder's lock: then nobody else can own such a process.
pub(crate) fn kill_orphans(profiles: &Path) -> usize {
    let mut killed = 0;
    loop {
        let orphans = find(profiles);
        if orphans.is_empty() {
            return killed;
        }
        for pid in orphans {
            // It may be gone by itself meanwhile, which is just as well.
            if kill_process(pid, Signal::KILL).is_ok() {
                killed += 1;
            }
            // A killed process shows until its parent has taken note of it; its command line is empty at once.
            std::thread::yield_now();
        }
    }
}

fn find(profiles: &Path) -> Vec<Pid> {
    let wanted = format!("--user-data-dir={}/", profiles.display());
    let Ok(processes) = fs::read_dir("/proc") else {
        return Vec::new();
    };
    processes
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse::<i32>().ok())
        .filter(|pid| {
            let line = fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
            line.split(|byte| *byte == 0)
                .any(|argument| argument.starts_with(wanted.as_bytes()))
        })
        .filter_map(Pid::from_raw)
        .collect()
}
