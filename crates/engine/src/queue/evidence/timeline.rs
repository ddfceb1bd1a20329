//! How the steps went. No values.

use formhand_domain::Job;
use serde::Serialize;

use super::{super::Shop, seen::noted};
use crate::flow::{Trace, TracedStep};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Timeline {
    version: u32,
    began_at: jiff::Timestamp,
    steps: Vec<TracedStep>,
}

/// Keeps how the steps went and says where.
pub(super) async fn keep(shop: &Shop, job: &Job, trace: &Trace) -> Option<String> {
    let timeline = Timeline {
        version: 1,
        began_at: trace.began_at(),
        steps: trace.steps(),
    };
    let kept = shop
        .evidence
        .keep_json(job.id, job.attempts, "timeline", &timeline);
    noted(job, "a timeline", kept.await)
}
