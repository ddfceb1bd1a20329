//! The message of an entry of the audit.

use formhand_domain::{
    AccountName, CallerId, Failure, FailureCode, FlowName, Job, JobId, JobState, Outcome,
    PortalName, Receipt, Stage, Status, WhoActs,
};
use formhand_store::{AuditEntry, NewDelivery};
use jiff::Timestamp;
use serde::Serialize;

use super::message::message;
use crate::webhooks::EventKind;

/// What is told of a job. Never its record or its label.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Data<'a> {
    job_id: JobId,
    captcha_id: &'a CallerId,
    portal: &'a PortalName,
    account: &'a AccountName,
    flow: &'a FlowName,
    status: Status,
    from: Option<Status>,
    stage: Option<Stage>,
    outcome: Outcome,
    receipt: Option<&'a Receipt>,
    failure: Option<Failed<'a>>,
    retry_at: Option<Timestamp>,
    attempt: u32,
    seq: u64,
}

/// What went wrong. Expected and found values are left out: they are of the record.
#[derive(Serialize)]
struct Failed<'a> {
    code: FailureCode,
    message: &'a str,
    retryable: bool,
    who_acts: WhoActs,
}

impl<'a> Failed<'a> {
    fn of(failure: &'a Failure) -> Self {
        Self {
            code: failure.code,
            message: &failure.message,
            retryable: failure.retryable,
            who_acts: failure.who_acts,
        }
    }
}

/// What kind of event an entry is; nothing if the job's status is what it was.
pub(super) fn kind(entry: &AuditEntry, goes_on: bool) -> Option<EventKind> {
    if entry.from == Some(entry.to) {
        return None;
    }
    Some(if entry.to == Status::FailedLoginForm && goes_on {
        EventKind::RetryScheduled
    } else {
        EventKind::Job(entry.to)
    })
}

/// The message of an entry, of a job that may have moved on since.
pub(super) fn of_entry(kind: EventKind, entry: &AuditEntry, job: &Job) -> NewDelivery {
    let outcome = outcome(entry);
    let data = Data {
        job_id: job.id,
        captcha_id: &job.caller_id,
        portal: &job.portal,
        account: &job.account,
        flow: &job.flow,
        status: entry.to,
        from: entry.from,
        stage: entry.stage,
        outcome,
        // What was filed stays filed, so the receipt is that of the moment, too.
        receipt: job.receipt().filter(|_| outcome == Outcome::Submitted),
        failure: entry.failure.as_ref().map(Failed::of),
        retry_at: match &job.state {
            JobState::RetryWait { due_at, .. } if kind == EventKind::RetryScheduled => {
                Some(*due_at)
            }
            _ => None,
        },
        attempt: entry.attempt,
        seq: entry.seq,
    };
    let (kind, job_id) = (kind.to_string(), job.id.to_string());
    message(&kind, entry.at, Some(job.id), (entry.seq, &job_id), data)
}

/// Whether the form was filed, as it was known then.
fn outcome(entry: &AuditEntry) -> Outcome {
    match (entry.to, entry.stage) {
        (Status::Completed | Status::CompletedWithErrors, _)
        | (Status::Processing | Status::FailedPostSubmission, Some(Stage::PostSubmission)) => {
            Outcome::Submitted
        }
        (Status::NeedsReview, _) | (Status::Processing, Some(Stage::Submitting)) => {
            Outcome::Unknown
        }
        _ => Outcome::NotSubmitted,
    }
}

#[cfg(test)]
mod tests {
    use formhand_domain::Writer;

    use super::*;

    fn entry(to: Status, stage: Option<Stage>) -> AuditEntry {
        AuditEntry {
            seq: 7,
            at: Timestamp::UNIX_EPOCH,
            job: JobId::new(Timestamp::UNIX_EPOCH, 1),
            event: "fail".into(),
            writer: Writer::Queue,
            from: Some(Status::Processing),
            to,
            stage,
            attempt: 1,
            failure: None,
            note: None,
        }
    }

    #[test]
    fn a_failure_that_is_retried_by_itself_is_no_end() {
        let failed = entry(Status::FailedLoginForm, Some(Stage::LoginForm));
        assert_eq!(kind(&failed, true), Some(EventKind::RetryScheduled));
        let end = EventKind::Job(Status::FailedLoginForm);
        assert_eq!(kind(&failed, false), Some(end));
        let armed = entry(Status::Processing, Some(Stage::Submitting));
        assert_eq!(kind(&armed, false), None);
    }

    #[test]
    fn what_failed_after_the_commit_was_filed_or_refused_by_how_far_it_came() {
        let failed = |stage| outcome(&entry(Status::FailedPostSubmission, Some(stage)));
        assert_eq!(failed(Stage::PostSubmission), Outcome::Submitted);
        assert_eq!(failed(Stage::Submitting), Outcome::NotSubmitted);
    }
}
