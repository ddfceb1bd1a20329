//! What a person may want of many jobs.

use super::{
    super::{
        super::many::{Report, order::OrderBody, resolve::Findings},
        operation::Operation,
    },
    example,
};

pub(super) fn operations() -> Vec<Operation> {
    vec![
        wish("/api/jobs/retry", "retryJobs", "Try jobs again"),
        wish("/api/jobs/cancel", "cancelJobs", "End jobs that wait"),
        wish("/api/jobs/hold", "holdJobs", "Hold jobs that wait"),
        wish("/api/jobs/release", "releaseJobs", "Let held jobs go on"),
        Operation::post(
            "/api/jobs/resolve",
            "resolveJobs",
            "Say of many jobs whether they were filed",
        )
        .text(
            "Each has a finding of its own, as `resolveJob` takes it. At most 500 in one request.",
        )
        .needs::<Findings>("What was found.", example!("job-findings.json"))
        .gives::<Report>("What became of each.", example!("many-results.json")),
    ]
}

fn wish(path: &'static str, id: &'static str, summary: &'static str) -> Operation {
    Operation::post(path, id, summary)
        .text(
            "Either those with these `ids`, or those that fit a `filter`, newest first: at most 500 in one request, and `next` of the \
             answer is the `cursor` of the request that goes on. A request that cannot be read touches no job. After that each job has \
             a result of its own: its new status, or the problem that its own operation would have answered.",
        )
        .needs::<OrderBody>("Which jobs, and why.", example!("many-jobs.json"))
        .gives::<Report>("What became of each.", example!("many-results.json"))
        .refuses(400, &["invalid_parameter", "malformed_id", "repeated_parameter", "unknown_status"])
        .refuses(409, &["jobs_changed"])
}
