//! Processor time and memory, from `/proc`.

use std::{fs, path::Path};

/// The length of the tick that `/proc` counts in, on every Linux of today.
const TICK_MS: f64 = 10.0;

/// What a task or a process has used itself.
pub(crate) fn cpu_of(folder: &Path) -> Option<f64> {
    let fields = stat(folder)?;
    Some(ticks(&fields, 11) + ticks(&fields, 12))
}

/// What this process has used, its children left out.
pub(crate) fn own_cpu_ms() -> f64 {
    cpu_of(Path::new("/proc/self")).unwrap_or_default()
}

/// The processes of a browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Group(u32);

impl Group {
    /// The group of this leader.
    pub(crate) fn led_by(pid: u32) -> Self {
        Self(pid)
    }

    /// The group of the browser whose profile is in this folder and has a name with this beginning.
    pub(crate) fn with_profile(folder: &Path, prefix: &str) -> Option<Self> {
        let wanted = format!("--user-data-dir={}/{prefix}", folder.display());
        processes().find_map(|pid| {
            let line = fs::read(format!("/proc/{pid}/cmdline")).ok()?;
            let mut arguments = line.split(|byte| *byte == 0);
            arguments
                .any(|argument| argument.starts_with(wanted.as_bytes()))
                .then(|| group_of(pid))?
        })
    }

    /// What its processes have used, those that have ended included.
    pub(crate) fn cpu_ms(self) -> f64 {
        self.members()
            .filter_map(|pid| stat(Path::new(&format!("/proc/{pid}"))))
            .map(|fields| (11..=14).map(|at| ticks(&fields, at)).sum::<f64>())
            .sum()
    }

    /// What its processes hold of memory that they do not share.
    pub(crate) fn memory_mb(self) -> f64 {
        let pages: f64 = self
            .members()
            .filter_map(|pid| {
                let text = fs::read_to_string(format!("/proc/{pid}/statm")).ok()?;
                let mut fields = text.split_whitespace().skip(1);
                let resident: f64 = fields.next()?.parse().ok()?;
                let shared: f64 = fields.next()?.parse().ok()?;
                Some(resident - shared)
            })
            .sum();
        pages * 4096.0 / 1e6
    }

    fn members(self) -> impl Iterator<Item = u32> {
        processes().filter(move |pid| group_of(*pid) == Some(self))
    }
}

fn group_of(pid: u32) -> Option<Group> {
    let fields = stat(Path::new(&format!("/proc/{pid}")))?;
    fields.get(2)?.parse().ok().map(Group)
}

fn processes() -> impl Iterator<Item = u32> {
    fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
}

/// The fields after the name; the name may hold anything, also spaces and brackets.
fn stat(folder: &Path) -> Option<Vec<String>> {
    let text = fs::read_to_string(folder.join("stat")).ok()?;
    let (_, fields) = text.rsplit_once(')')?;
    Some(fields.split_whitespace().map(str::to_owned).collect())
}

fn ticks(fields: &[String], at: usize) -> f64 {
    let ticks: f64 = fields
        .get(at)
        .and_then(|field| field.parse().ok())
        .unwrap_or_default();
    ticks * TICK_MS
}
