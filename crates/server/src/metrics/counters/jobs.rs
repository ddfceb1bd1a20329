//! What becomes of jobs, by the audit.

use formhand_domain::{FailureCode, Outcome, Stage, Status, Writer};
use formhand_store::AuditEntry;
use jiff::Timestamp;
use prometheus_client::{
    encoding::EncodeLabelSet,
    metrics::{counter::Counter, family::Family},
    registry::Registry,
};

use super::{Histograms, in_seconds, seconds_of_waiting, seconds_of_work};
use crate::metrics::labels::{Of, OfFlow, with};

with! {
    /// A job that was handed in.
    Submitted { of: Of, .. status: &'static str }
}
with! {
    /// A job that ended.
    Ended { of: Of, .. status: &'static str, outcome: &'static str, code: &'static str }
}
with! {
    /// Something of a job that went wrong.
    Failed { of: Of, .. code: &'static str }
}
with! {
    /// How a job ended.
    Took { of: OfFlow, .. status: &'static str }
}
with! {
    /// How an attempt ended.
    Attempted { of: OfFlow, .. result: &'static str }
}
with! {
    /// How an unknown outcome was settled, and by whom.
    Settled { of: Of, .. outcome: &'static str, by: &'static str }
}

/// What is counted of jobs.
#[derive(Clone)]
pub(in crate::metrics) struct JobCounters {
    submitted: Family<Submitted, Counter>,
    ended: Family<Ended, Counter>,
    duration: Histograms<Took>,
    attempts: Family<Of, Counter>,
    attempt_duration: Histograms<Attempted>,
    retries: Family<Failed, Counter>,
    forms_sent: Family<Of, Counter>,
    unknown: Family<Failed, Counter>,
    settled: Family<Settled, Counter>,
}

/// What is known of a job beside what an entry of the audit says.
pub(in crate::metrics) struct Seen {
    /// Whose it is.
    pub(in crate::metrics) of: Of,
    /// When it was handed in; nothing if it was removed.
    pub(in crate::metrics) created_at: Option<Timestamp>,
    /// When its attempt began, if that was seen.
    pub(in crate::metrics) claimed_at: Option<Timestamp>,
}

impl Default for JobCounters {
    fn default() -> Self {
        Self {
            submitted: Family::default(),
            ended: Family::default(),
            duration: Family::new_with_constructor(seconds_of_waiting),
            attempts: Family::default(),
            attempt_duration: Family::new_with_constructor(seconds_of_work),
            retries: Family::default(),
            forms_sent: Family::default(),
            unknown: Family::default(),
            settled: Family::default(),
        }
    }
}

impl JobCounters {
    /// Counts a change of a job.
    pub(in crate::metrics) fn count(&self, entry: &AuditEntry, job: &Seen) {
        let of = || job.of.clone();
        let moved = entry.from != Some(entry.to);
        if entry.from.is_none() {
            let status = entry.to.as_str();
            self.submitted
                .get_or_create(&Submitted { of: of(), status })
                .inc();
        }
        match entry.event.as_str() {
            "claim" => {
                self.attempts.get_or_create(&job.of).inc();
            }
            "cross" => {
                self.forms_sent.get_or_create(&job.of).inc();
            }
            _ => {}
        }
        if entry.from == Some(Status::Processing) && moved {
            self.attempt_ended(entry, job);
        }
        if entry.from == Some(Status::NeedsReview) && moved {
            self.settled(entry, job);
        }
        match ending(entry) {
            Ending::None => {}
            Ending::Again(code) => {
                self.retries.get_or_create(&Failed { of: of(), code }).inc();
            }
            Ending::Unknown(code) => {
                self.unknown.get_or_create(&Failed { of: of(), code }).inc();
            }
            Ending::Ended(outcome) => self.ended(entry, job, outcome),
        }
    }

    fn ended(&self, entry: &AuditEntry, job: &Seen, outcome: Outcome) {
        let status = entry.to.as_str();
        let of = job.of.clone();
        let labels = Ended {
            of,
            status,
            outcome: outcome.as_str(),
            code: code(entry),
        };
        self.ended.get_or_create(&labels).inc();
        // What ends at intake takes no time, and would hide how long the others take.
        if entry.from.is_some()
            && let Some(created_at) = job.created_at
        {
            let of = job.of.flow();
            let seconds = entry.at.duration_since(created_at).as_secs_f64();
            self.duration
                .get_or_create(&Took { of, status })
                .observe(seconds);
        }
    }

    fn attempt_ended(&self, entry: &AuditEntry, job: &Seen) {
        let result = match entry.event.as_str() {
            "complete" => "completed",
            "reject" => "rejected",
            "release" | "give_up" => "released",
            "lease_ended" => "lost",
            _ => "failed",
        };
        let of = job.of.flow();
        let labels = Attempted { of, result };
        // After a restart what is known may be of a later attempt.
        if let Some(claimed_at) = job.claimed_at.filter(|claimed_at| *claimed_at <= entry.at) {
            let seconds = entry.at.duration_since(claimed_at).as_secs_f64();
            self.attempt_duration
                .get_or_create(&labels)
                .observe(seconds);
        }
    }

    fn settled(&self, entry: &AuditEntry, job: &Seen) {
        let outcome = match entry.event.as_str() {
            "settle_submitted" => Outcome::Submitted,
            _ => Outcome::NotSubmitted,
        };
        let by = match entry.writer {
            Writer::Person { .. } => "person",
            Writer::Searcher { .. } => "search",
            Writer::Worker { .. } | Writer::Queue => "server",
        };
        let labels = Settled {
            of: job.of.clone(),
            outcome: outcome.as_str(),
            by,
        };
        self.settled.get_or_create(&labels).inc();
    }

    pub(super) fn register(&self, registry: &mut Registry) {
        registry.register(
            "formhand_jobs_submitted",
            "Records that were handed in, by the status that they got at once",
            self.submitted.clone(),
        );
        registry.register(
            "formhand_jobs_ended",
            "Jobs that ended, by status, whether the form was filed, and failure code",
            self.ended.clone(),
        );
        in_seconds(
            registry,
            "formhand_job_duration",
            "From the hand-in of a job to its end; jobs that ended at intake left out",
            self.duration.clone(),
        );
        registry.register(
            "formhand_attempts",
            "Attempts that were begun",
            self.attempts.clone(),
        );
        in_seconds(
            registry,
            "formhand_attempt_duration",
            "From the claim of a job to the end of the attempt",
            self.attempt_duration.clone(),
        );
        registry.register(
            "formhand_retries",
            "Attempts that failed before anything was filed and are followed by another, by failure code",
            self.retries.clone(),
        );
        registry.register(
            "formhand_forms_sent",
            "Commit requests that were let through to a portal",
            self.forms_sent.clone(),
        );
        registry.register(
            "formhand_unknown_outcomes",
            "Jobs of which it became unknown whether the form was filed, by failure code",
            self.unknown.clone(),
        );
        registry.register(
            "formhand_unknown_outcomes_settled",
            "Unknown outcomes that were settled, by what was found and by whom",
            self.settled.clone(),
        );
    }
}

/// What an entry ends.
enum Ending {
    None,
    /// The attempt; another follows.
    Again(&'static str),
    /// What was known of the outcome.
    Unknown(&'static str),
    /// The job.
    Ended(Outcome),
}

fn ending(entry: &AuditEntry) -> Ending {
    if entry.from == Some(entry.to) {
        return Ending::None;
    }
    match entry.to {
        Status::Pending | Status::Processing | Status::OnHold => Ending::None,
        Status::NeedsReview => Ending::Unknown(code(entry)),
        Status::FailedLoginForm if is_tried_again(entry) => Ending::Again(code(entry)),
        Status::Completed | Status::CompletedWithErrors => Ending::Ended(Outcome::Submitted),
        Status::FailedPostSubmission if entry.stage == Some(Stage::PostSubmission) => {
            Ending::Ended(Outcome::Submitted)
        }
        Status::FailedLoginForm
        | Status::FailedPostSubmission
        | Status::FailedValidation
        | Status::FailedDuplicate
        | Status::Cancelled => Ending::Ended(Outcome::NotSubmitted),
    }
}

/// The last failure of a job is told as one that is not tried again, whatever its code.
fn is_tried_again(entry: &AuditEntry) -> bool {
    entry
        .failure
        .as_ref()
        .is_some_and(|failure| failure.retryable)
}

fn code(entry: &AuditEntry) -> &'static str {
    let code = entry.failure.as_ref().map(|failure| failure.code);
    code.map_or("none", FailureCode::as_str)
}
