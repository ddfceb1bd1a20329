//! The process group of a browser: the browser itself, its zygotes, renderers and helpers.

use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, poll};
use rustix::process::{Pid, PidfdFlags, Signal, kill_process_group, pidfd_open};

/// How long a process that got SIGKILL may take to be gone before it is only reported.
const DEATH_LIMIT: Duration = Duration::from_secs(10);

/// The processes of a group that are alive.
pub(crate) fn members(group: u32) -> Vec<u32> {
    processes()
        .filter(|pid| of_alive(*pid) == Some(group))
        .collect()
}

/// All processes of this machine.
pub(super) fn processes() -> impl Iterator<Item = u32> {
    let entries = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok())
}

/// The group of a process that is alive.
pub(super) fn of_alive(pid: u32) -> Option<u32> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name may hold anything, also spaces and brackets: the fields begin after its last bracket.
    let (_, fields) = stat.rsplit_once(')')?;
    let mut fields = fields.split_whitespace();
    let state = fields.next();
    let group = fields.nth(1)?.parse().ok()?;
    (!matches!(state, Some("Z" | "X"))).then_some(group)
}

/// What a process holds of memory that it does not share; nothing if it has gone.
pub(crate) fn memory_bytes(pid: u32) -> u64 {
    let pages = std::fs::read_to_string(format!("/proc/{pid}/statm")).unwrap_or_default();
    let mut pages = pages
        .split_whitespace()
        .skip(1)
        .filter_map(|field| field.parse::<u64>().ok());
    let (resident, shared) = (pages.next().unwrap_or(0), pages.next().unwrap_or(0));
    let page_bytes = u64::try_from(rustix::param::page_size()).unwrap_or(4096);
    resident.saturating_sub(shared) * page_bytes
}

/// Kills every process of a group.
pub(crate) fn kill(group: u32) {
    if let Some(group) = i32::try_from(group).ok().and_then(Pid::from_raw) {
        // An error means that there is none left.
        let _ = kill_process_group(group, Signal::KILL);
    }
}

/// Kills every process of a group and waits for the end of each. Blocks.
pub(crate) fn kill_and_wait(group: u32) {
    let give_up_at = Instant::now() + DEATH_LIMIT;
    loop {
        kill(group);
        let left = members(group);
        if left.is_empty() {
            return;
        }
        if Instant::now() >= give_up_at {
            tracing::error!(group, ?left, "processes of a browser do not die");
            return;
        }
        for pid in left {
            wait_for_end(pid, give_up_at);
        }
    }
}

fn wait_for_end(pid: u32, give_up_at: Instant) {
    let Some(pid) = i32::try_from(pid).ok().and_then(Pid::from_raw) else {
        return;
    };
    // It may end between the list and here, which is what is waited for.
    let Ok(descriptor) = pidfd_open(pid, PidfdFlags::empty()) else {
        return;
    };
    let left = give_up_at.saturating_duration_since(Instant::now());
    let timeout = rustix::event::Timespec::try_from(left).ok();
    let _ = poll(
        &mut [PollFd::new(&descriptor, PollFlags::IN)],
        timeout.as_ref(),
    );
}
