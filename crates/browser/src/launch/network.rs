//! The process that speaks to the network for a browser, and what its death means.
//!
//! When it dies, Chromium starts another one, and the contexts that are there go on **without their proxies**: past the
//! egress, so that a request could be repeated, and could leave after the server is gone. So such a browser is ended, and
//! until it has ended nothing passes its gates.

use std::os::fd::OwnedFd;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::process::{Pid, PidfdFlags, pidfd_open};

use super::group;

/// What tells a browser's network process from its others: this is in its command line.
pub const NETWORK_PROCESS: &str = "--utility-sub-type=network.mojom.NetworkService";

/// The network process of a browser.
#[derive(Debug)]
pub(crate) struct NetworkProcess {
    descriptor: OwnedFd,
}

impl NetworkProcess {
    /// The one of this group; nothing if the browser does its network itself.
    pub(crate) fn of(group: u32) -> std::io::Result<Option<Self>> {
        let found = group::members(group).into_iter().find(|pid| {
            let line = std::fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
            String::from_utf8_lossy(&line).contains(NETWORK_PROCESS)
        });
        let pid = found.and_then(|pid| Pid::from_raw(pid.cast_signed()));
        let Some(pid) = pid else { return Ok(None) };
        let descriptor = pidfd_open(pid, PidfdFlags::empty())?;
        Ok(Some(Self { descriptor }))
    }

    /// Whether it has not ended. That is known here before the browser can have started another one.
    pub(crate) fn is_alive(&self) -> bool {
        let mut asked = [PollFd::new(&self.descriptor, PollFlags::IN)];
        let now = Timespec {
            tv_sec: 0,
            tv_nsec: 0,
        };
        matches!(poll(&mut asked, Some(&now)), Ok(0))
    }

    /// Kills the group as soon as this process has ended.
    pub(crate) fn ends_with_it(&self, group: u32) -> std::io::Result<()> {
        let descriptor = self.descriptor.try_clone()?;
        std::thread::Builder::new()
            .name("formhand-network".to_owned())
            .spawn(move || {
                while let Err(Errno::INTR) = wait(&descriptor) {}
                // A browser that is closed has no processes left by now, or soon.
                if !group::members(group).is_empty() {
                    tracing::warn!(
                        group,
                        "the network process of a browser ended; so does the browser"
                    );
                    group::kill(group);
                }
            })
            .map(drop)
    }
}

/// Returns when the process has ended.
fn wait(descriptor: &OwnedFd) -> Result<(), Errno> {
    poll(&mut [PollFd::new(descriptor, PollFlags::IN)], None).map(drop)
}
