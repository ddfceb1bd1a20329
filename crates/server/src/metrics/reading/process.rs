//! What Linux says of this process.

use std::fs;

use rustix::process::{Resource, getrlimit};

/// What Linux says of this process. What it does not say is missing.
#[derive(Debug, Default)]
pub(in crate::metrics) struct Process {
    pub(in crate::metrics) cpu_seconds: Option<f64>,
    pub(in crate::metrics) memory_bytes: Option<u64>,
    pub(in crate::metrics) threads: Option<u64>,
    pub(in crate::metrics) open_files: Option<usize>,
    /// Nothing if there is no limit.
    pub(in crate::metrics) most_open_files: Option<u64>,
}

impl Process {
    /// Looks at `/proc/self`.
    pub(super) fn look() -> Self {
        let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
        let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
        Self {
            cpu_seconds: cpu_seconds(&stat, rustix::param::clock_ticks_per_second()),
            memory_bytes: field(&status, "VmRSS:").map(|kibibytes| kibibytes * 1024),
            threads: field(&status, "Threads:"),
            // Reading the folder opens one file more.
            open_files: fs::read_dir("/proc/self/fd")
                .ok()
                .map(|files| files.count().saturating_sub(1)),
            most_open_files: getrlimit(Resource::Nofile).current,
        }
    }
}

fn field(status: &str, name: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    line.split_whitespace().next()?.parse().ok()
}

/// Time in user and in system mode, behind the program's name, which may hold anything.
fn cpu_seconds(stat: &str, ticks_per_second: u64) -> Option<f64> {
    let (_, fields) = stat.rsplit_once(')')?;
    let mut fields = fields.split_whitespace().skip(11);
    let user: u32 = fields.next()?.parse().ok()?;
    let system: u32 = fields.next()?.parse().ok()?;
    let ticks = u32::try_from(ticks_per_second).ok()?;
    Some((f64::from(user) + f64::from(system)) / f64::from(ticks))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_tells_of_itself() {
        let process = Process::look();
        assert!(process.memory_bytes.unwrap() > 1_000_000, "{process:?}");
        assert!(process.threads.unwrap() >= 1, "{process:?}");
        assert!(process.open_files.unwrap() >= 3, "{process:?}");
        assert!(process.cpu_seconds.is_some(), "{process:?}");
    }

    #[test]
    fn a_name_with_brackets_and_spaces_does_not_shift_the_fields() {
        let stat = "7 (a) b 1) S 1 7 7 0 -1 4194560 100 0 0 0 250 50 0 0 20 0 4 0 100 0 0";
        assert_eq!(cpu_seconds(stat, 100), Some(3.0));
    }
}
