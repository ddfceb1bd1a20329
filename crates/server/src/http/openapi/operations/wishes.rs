//! What a person may want of a job.

use super::{
    super::{
        super::{JobView, act_on_job::Wish, finding::Finding, verify_job},
        operation::Operation,
    },
    example, job,
};

pub(super) fn operations() -> Vec<Operation> {
    vec![
        wish("/api/jobs/{id}/retry", "retryJob", "Try a job again")
            .text("One that was not filed. It waits for its turn, with all its attempts.")
            .refuses(409, &["key_taken", "refused"]),
        wish("/api/jobs/{id}/cancel", "cancelJob", "End a job that waits")
            .text("It is not filed. One that a server works on takes no end.")
            .refuses(409, &["refused"]),
        wish("/api/jobs/{id}/hold", "holdJob", "Hold a job that waits")
            .text("It is not worked on until it is released.")
            .refuses(409, &["refused"]),
        wish("/api/jobs/{id}/release", "releaseJob", "Let a held job go on").refuses(409, &["refused"]),
        Operation::post("/api/jobs/{id}/resolve", "resolveJob", "Say whether a job was filed")
            .text(
                "Of a job of unknown outcome, after looking at the portal. `submitted` takes a receipt and no reason. \
                 `not_submitted` takes a reason, no receipt, and the job's `fencingToken` when the portal was searched, so \
                 that nothing is said of a later attempt.",
            )
            .with(job())
            .needs::<Finding>("What was found.", example!("job-finding.json"))
            .gives::<JobView>("The job, settled.", example!("job.json"))
            .refuses(404, &["job_not_found"])
            .refuses(409, &["key_taken", "refused"]),
        Operation::post("/api/jobs/{id}/verify", "verifyJob", "Search the portal for a job now")
            .text("One of unknown outcome, whose flow says how it is searched. The wish is noted; the events tell what was found.")
            .with(job())
            .takes::<verify_job::Wish>("Who says it, if anybody.", example!("verify-wish.json"))
            .gives::<JobView>("The job.", example!("job.json"))
            .refuses(404, &["job_not_found"])
            .refuses(409, &["no_search", "refused"]),
    ]
}

fn wish(path: &'static str, id: &'static str, summary: &'static str) -> Operation {
    Operation::post(path, id, summary)
        .with(job())
        .takes::<Wish>(
            "Who says it and why, if anybody.",
            example!("job-wish.json"),
        )
        .gives::<JobView>("The job, as it is now.", example!("job.json"))
        .refuses(404, &["job_not_found"])
}
