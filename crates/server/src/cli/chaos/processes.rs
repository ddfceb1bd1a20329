//! The processes that belong to a server: its browsers, and what they are made of.

use std::{collections::BTreeMap, fs};

use rustix::process::{Pid, Signal, kill_process};

/// A server's process and all that descend from it, itself first.
pub(super) fn family(root: Pid) -> Vec<Pid> {
    let mut children: BTreeMap<i32, Vec<i32>> = BTreeMap::new();
    for entry in fs::read_dir("/proc").into_iter().flatten().flatten() {
        let name = entry.file_name();
        let pid = name.to_str().and_then(|name| name.parse().ok());
        if let Some((pid, parent)) = pid.and_then(|pid| Some((pid, parent(pid)?))) {
            children.entry(parent).or_default().push(pid);
        }
    }
    let mut found = vec![root.as_raw_nonzero().get()];
    let mut next = 0;
    while let Some(pid) = found.get(next) {
        found.extend(children.remove(pid).into_iter().flatten());
        next += 1;
    }
    found.into_iter().filter_map(Pid::from_raw).collect()
}

/// Where pages live.
pub(super) const RENDERER: &str = "--type=renderer";

/// The processes of this kind that a server's browsers are made of.
pub(super) fn parts(server: Pid, kind: &str) -> Vec<Pid> {
    let mut family = family(server);
    family.retain(|pid| {
        let line = fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
        // Some write their own command line, in which nothing separates the arguments.
        String::from_utf8_lossy(&line).contains(kind)
    });
    family
}

/// Kills these, and returns how many were still there.
pub(super) fn kill(processes: &[Pid]) -> usize {
    let killed = processes
        .iter()
        .filter(|pid| kill_process(**pid, Signal::KILL).is_ok());
    killed.count()
}

fn parent(pid: i32) -> Option<i32> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name may hold anything: the fields begin after its last bracket.
    let (_, fields) = stat.rsplit_once(')')?;
    fields.split_whitespace().nth(1)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;

    #[test]
    fn what_a_process_starts_is_of_its_family_and_what_others_start_is_not() {
        let mut child = Command::new("cat")
            .stdin(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        let pid = Pid::from_child(&child);
        let own = rustix::process::getpid();
        assert!(family(own).contains(&pid));
        assert_eq!(family(pid), [pid]);
        assert!(parts(own, RENDERER).is_empty());
        child.kill().unwrap();
        child.wait().unwrap();
    }
}
