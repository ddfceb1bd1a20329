//! The browsers of a world, as the operating system sees them.

use std::{fs, path::Path};

use rustix::process::{Pid, Signal, kill_process};

/// One process of a browser.
pub(crate) struct Process {
    pub(crate) pid: i32,
    group: i32,
    line: String,
}

impl Process {
    fn read(pid: i32) -> Option<Self> {
        let line = fs::read(format!("/proc/{pid}/cmdline")).ok()?;
        let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
        // State, parent and group come after the name, which is in brackets and may hold anything.
        let (_, rest) = stat.rsplit_once(')')?;
        let group = rest.split_whitespace().nth(2)?.parse().ok()?;
        Some(Self {
            pid,
            group,
            line: String::from_utf8_lossy(&line).replace('\0', " "),
        })
    }

    fn is_main_of(&self, profile: &str) -> bool {
        self.line.contains(&format!("--user-data-dir={profile}")) && !self.line.contains("--type=")
    }

    fn kill(&self) {
        if let Some(pid) = Pid::from_raw(self.pid) {
            // It may have ended by itself.
            let _ = kill_process(pid, Signal::KILL);
        }
    }
}

fn all() -> Vec<Process> {
    fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .filter_map(Process::read)
        .collect()
}

/// The main processes of browsers whose profile lies in this folder.
pub(crate) fn browsers_in(folder: &Path) -> Vec<i32> {
    let profile = format!("{}/", folder.display());
    let of_folder = |process: &Process| process.line.contains(&format!("-dir={profile}"));
    all()
        .iter()
        .filter(|process| of_folder(process))
        .map(|process| process.pid)
        .collect()
}

/// The browsers of this kind of profile, such as `worker-`, by the ids of their main processes.
pub(crate) fn browsers(folder: &Path, kind: &str) -> Vec<i32> {
    let profile = format!("{}/{kind}", folder.display());
    let mut main: Vec<i32> = all()
        .iter()
        .filter(|process| process.is_main_of(&profile))
        .map(|process| process.pid)
        .collect();
    main.sort_unstable();
    main
}

/// Kills the browsers of this kind of profile, such as `worker-`. Says how many there were.
pub(crate) fn kill_browsers(folder: &Path, kind: &str) -> usize {
    let profile = format!("{}/{kind}", folder.display());
    let browsers = all();
    let main: Vec<_> = browsers
        .iter()
        .filter(|process| process.is_main_of(&profile))
        .collect();
    for process in &main {
        process.kill();
    }
    main.len()
}

/// Kills the renderers of these browsers and leaves the browsers alive. Says how many there were.
pub(crate) fn kill_renderers(folder: &Path, kind: &str) -> usize {
    let profile = format!("{}/{kind}", folder.display());
    let processes = all();
    let main = processes
        .iter()
        .filter(|process| process.is_main_of(&profile));
    let groups: Vec<i32> = main.map(|process| process.group).collect();
    let renderers: Vec<_> = processes
        .iter()
        .filter(|process| {
            groups.contains(&process.group) && process.line.contains("--type=renderer")
        })
        .collect();
    for process in &renderers {
        process.kill();
    }
    renderers.len()
}
