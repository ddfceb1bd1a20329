//! The commit requests of a portal: what the gate watches on every page of a job.

use formhand_browser::CommitPattern;
use formhand_portal::Portal;

use crate::flow::url_glob;

/// The commit requests of all flows of a portal. A gate that is armed lets that of its own submit step through only.
pub(crate) fn commit_patterns(portal: &Portal) -> Vec<CommitPattern> {
    let mut patterns: Vec<CommitPattern> = Vec::new();
    for submit in portal.flows.values().filter_map(|flow| flow.submit()) {
        let pattern = CommitPattern {
            id: submit.pattern_id(),
            method: submit.method.clone(),
            url: url_glob(&portal.base, &submit.url),
        };
        if !patterns.contains(&pattern) {
            patterns.push(pattern);
        }
    }
    patterns
}
