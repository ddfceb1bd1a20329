//! The disk of a data folder is nearly full.

use super::{Finding, RuleName, Subject};
use crate::alerts::Facts;

/// Fires as long as less than this is free on the disk of a server's data folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DiskFull {
    /// In mebibytes.
    pub below_mb: u32,
}

const MEBIBYTE: u64 = 1024 * 1024;

impl Default for DiskFull {
    fn default() -> Self {
        // A day's screenshots and profiles; the doctor warns from there.
        Self { below_mb: 2048 }
    }
}

impl DiskFull {
    pub(super) fn check(self, facts: &Facts) -> Vec<Finding> {
        let least = u64::from(self.below_mb) * MEBIBYTE;
        let full = facts.free_bytes.iter().filter(|(_, free)| **free < least);
        full.map(|(server, _)| Finding {
            rule: RuleName::DiskFull,
            subject: Subject::Server(server.clone()),
            text: format!(
                "{server}: less than {} MiB are free on the disk of its data folder. With less than 200 MiB it is not \
                 ready, and with none nothing can be recorded, so nothing is filed. Make room; `[retention]` lets old \
                 evidence go by itself.",
                self.below_mb
            ),
        })
        .collect()
    }
}
