//! The browsers of a server, as the operating system sees them.

use std::{fs, os::fd::OwnedFd, path::Path};

use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    process::{Pid, PidfdFlags, Signal, kill_process, pidfd_open},
};

/// A killed process is gone within milliseconds; on a busy machine it may have to wait for its turn to die.
const DEATH: Timespec = Timespec {
    tv_sec: 20,
    tv_nsec: 0,
};

/// One process, by a handle that no later process can get.
struct Member {
    handle: OwnedFd,
    line: String,
    /// Whether it is the browser itself, which alone can act on its own.
    main: bool,
}

/// All processes of the browsers of a data folder at one moment.
pub(crate) struct Browsers(Vec<Member>);

impl Browsers {
    pub(super) fn of(profiles: &Path) -> Self {
        let all = all();
        let prefix = format!("--user-data-dir={}/", profiles.display());
        let groups: Vec<i32> = all
            .iter()
            .filter(|process| process.is_of(&prefix))
            .map(|process| process.group)
            .collect();
        let members = all
            .into_iter()
            .filter(|process| groups.contains(&process.group))
            .filter_map(|process| {
                Some(Member {
                    handle: pidfd_open(process.pid, PidfdFlags::empty()).ok()?,
                    main: process.pid.as_raw_nonzero().get() == process.group,
                    line: process.line,
                })
            });
        Self(members.collect())
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Nothing is left that could act for a dead server: its browsers are gone now, and their helpers, which can do
    /// nothing without them, go by themselves.
    pub(crate) fn assert_dead(&self) {
        let now = Timespec {
            tv_sec: 0,
            tv_nsec: 0,
        };
        for member in self.0.iter().filter(|member| member.main) {
            assert!(member.gone_within(now), "lives on: {}", member.line);
        }
        for member in &self.0 {
            assert!(member.gone_within(DEATH), "lives on: {}", member.line);
        }
    }
}

impl Member {
    fn gone_within(&self, limit: Timespec) -> bool {
        poll(
            &mut [PollFd::new(&self.handle, PollFlags::IN)],
            Some(&limit),
        )
        .unwrap()
            > 0
    }
}

/// Kills the browsers whose profile has such a name, `worker-` or `master-`. There must be one.
pub(crate) fn kill_browsers(profiles: &Path, kind: &str) {
    let profile = format!("--user-data-dir={}/{kind}", profiles.display());
    let mains: Vec<Pid> = all()
        .into_iter()
        .filter(|process| process.is_of(&profile))
        .filter(|process| process.pid.as_raw_nonzero().get() == process.group)
        .map(|process| process.pid)
        .collect();
    assert!(
        !mains.is_empty(),
        "there is no browser of the kind {kind:?}"
    );
    for main in mains {
        kill_process(main, Signal::KILL).unwrap();
    }
}

struct Process {
    pid: Pid,
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
            pid: Pid::from_raw(pid)?,
            group,
            line: String::from_utf8_lossy(&line).replace('\0', " "),
        })
    }

    fn is_of(&self, profile: &str) -> bool {
        self.line.contains(profile)
    }
}

fn all() -> Vec<Process> {
    fs::read_dir("/proc")
        .unwrap()
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .filter_map(Process::read)
        .collect()
}
