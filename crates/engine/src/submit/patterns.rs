//! The commit request of a flow: what the gate watches on every page of a job.

use formhand_browser::CommitPattern;
use formhand_portal::{Flow, Portal};

use crate::flow::url_glob;

/// The commit requests of a flow.
pub(crate) fn commit_patterns(portal: &Portal, flow: &Flow) -> Vec<CommitPattern> {
    let patterns = flow.submit().map(|submit| CommitPattern {
        id: submit.pattern_id(),
        method: submit.method.clone(),
        url: url_glob(&portal.base, &submit.url),
    });
    patterns.into_iter().collect()
}
