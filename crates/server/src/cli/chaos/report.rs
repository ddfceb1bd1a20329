//! What is printed at the end.

use std::collections::BTreeMap;

use formhand_domain::FailureCode;
use serde::Serialize;

/// What was done to the servers.
#[derive(Debug, Clone, Copy, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Counts {
    /// Servers that were killed.
    pub(super) kills: usize,
    /// Servers that stood still for longer than a lease.
    pub(super) pauses: usize,
    /// Jobs that were taken from a server that stood still.
    pub(super) taken_over: usize,
    /// Times that browsers were killed.
    pub(super) browsers: usize,
    /// Times that the portal ended all sessions.
    pub(super) expiries: usize,
    /// Connections that were cut when a form arrived.
    pub(super) cuts: usize,
}

/// What became of the jobs.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Found {
    /// Jobs that were acknowledged.
    pub(super) jobs: usize,
    /// Jobs that say they were filed.
    pub(super) filed: usize,
    /// Why the others were not, each with how often.
    pub(super) unfiled: BTreeMap<FailureCode, usize>,
    /// Times that an outcome was unknown.
    pub(super) unknown: usize,
    /// Unknown outcomes that were settled by the portal's ledger.
    pub(super) settled: usize,
    /// Jobs that were acknowledged and are gone.
    pub(super) lost: usize,
    /// Customers that the portal has more than once.
    pub(super) filed_twice: usize,
    /// Jobs that say they were filed, and were not, or under another number.
    pub(super) falsely_completed: usize,
    /// Jobs that say they were not filed, and were.
    pub(super) falsely_unfiled: usize,
    /// Jobs that did not end.
    pub(super) open: usize,
    /// Browsers and workers' profiles that were left when the last server had stopped.
    pub(super) left_over: usize,
}

impl Found {
    /// Whether every promise held.
    pub(super) fn is_sound(&self) -> bool {
        let broken = [
            self.lost,
            self.filed_twice,
            self.falsely_completed,
            self.falsely_unfiled,
            self.open,
            self.left_over,
        ];
        broken.iter().all(|count| *count == 0)
    }
}

/// For a person.
pub(super) fn text(seed: u64, counts: &Counts, found: &Found) -> String {
    let rows = [
        ("seed", seed.to_string()),
        ("kills", counts.kills.to_string()),
        (
            "pauses",
            format!(
                "{} ({} jobs taken over meanwhile)",
                counts.pauses, counts.taken_over
            ),
        ),
        ("browsers killed", counts.browsers.to_string()),
        ("sessions ended", counts.expiries.to_string()),
        ("connections cut", counts.cuts.to_string()),
        ("", String::new()),
        (
            "jobs",
            format!("{} ({} filed{})", found.jobs, found.filed, why_not(found)),
        ),
        (
            "unknown",
            format!(
                "{} times, {} settled by the ledger",
                found.unknown, found.settled
            ),
        ),
        ("lost", found.lost.to_string()),
        ("filed twice", found.filed_twice.to_string()),
        ("falsely filed", found.falsely_completed.to_string()),
        ("falsely unfiled", found.falsely_unfiled.to_string()),
        ("without an end", found.open.to_string()),
        ("left over", found.left_over.to_string()),
    ];
    let lines: Vec<String> = rows
        .iter()
        .map(|(name, value)| format!("{name:<18}{value}").trim_end().to_owned())
        .collect();
    let verdict = if found.is_sound() {
        "every promise held"
    } else {
        "A PROMISE IS BROKEN"
    };
    format!("{}\n\n{verdict}", lines.join("\n"))
}

fn why_not(found: &Found) -> String {
    let each = found.unfiled.iter();
    let each: Vec<String> = each
        .map(|(code, count)| format!(", {count} {code}"))
        .collect();
    each.concat()
}
