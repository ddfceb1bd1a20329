//! The browsers of a server, by what they are for.

use formhand_browser::RunningBrowser;

/// The kinds of browsers, and how the folders of their profiles begin.
const KINDS: [(&str, &str); 2] = [("master", "master-"), ("worker", "worker-")];

/// Browsers that are there for the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Browsers {
    /// `master`, one for each session that is kept, or `worker`, for the clones that jobs work in.
    pub(crate) kind: &'static str,
    /// How many run.
    pub(crate) running: usize,
    /// Those of them that the server knows nothing of: neither a session's nor a clone's.
    pub(crate) in_excess: usize,
    /// All their processes.
    pub(crate) processes: usize,
    /// What these hold of memory that they do not share, in bytes.
    pub(crate) memory_bytes: u64,
}

/// Counts each kind, also one of which none runs.
pub(super) fn by_kind(running: &[RunningBrowser]) -> Vec<Browsers> {
    KINDS
        .into_iter()
        .map(|(kind, begins)| {
            let of_kind = running
                .iter()
                .filter(|browser| browser.profile.starts_with(begins));
            let mut counted = Browsers {
                kind,
                running: 0,
                in_excess: 0,
                processes: 0,
                memory_bytes: 0,
            };
            for browser in of_kind {
                counted.running += 1;
                counted.in_excess += usize::from(!browser.is_owned);
                counted.processes += browser.processes;
                counted.memory_bytes += browser.memory_bytes;
            }
            counted
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn browser(profile: &str, is_owned: bool) -> RunningBrowser {
        RunningBrowser {
            profile: profile.to_owned(),
            is_owned,
            processes: 5,
            memory_bytes: 100,
        }
    }

    #[test]
    fn a_browser_that_nobody_has_is_in_excess_and_its_memory_counts() {
        let running = [
            browser("master-garden-main", true),
            browser("worker-1", true),
            browser("worker-2", false),
            browser("something-else", false),
        ];
        let counts: Vec<_> = by_kind(&running)
            .into_iter()
            .map(|of| {
                (
                    of.kind,
                    of.running,
                    of.in_excess,
                    of.processes,
                    of.memory_bytes,
                )
            })
            .collect();
        assert_eq!(
            counts,
            [("master", 1, 0, 5, 100), ("worker", 2, 1, 10, 200)]
        );
    }

    #[test]
    fn where_no_browser_runs_each_kind_is_nothing() {
        assert!(by_kind(&[]).iter().all(|of| of.running == 0));
        assert_eq!(by_kind(&[]).len(), KINDS.len());
    }
}
