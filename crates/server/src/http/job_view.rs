//! A job as the API shows it. The one place; every endpoint and the command line use it.

use formhand_domain::{
    AccountName, BusinessKey, CallerId, Failure, FailureCode, FailureType, FencingToken, FlowName,
    Job, JobId, JobState, Outcome, PortalName, Receipt, Stage, Status, TakenOver, WhoActs, Writer,
};
use formhand_store::AuditEntry;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::openapi::Time;

/// Entries of a job's history that are read for its view; the newest. A job that is retried by hand for weeks
/// must not make its view grow without end.
pub(crate) const HISTORY_LIMIT: u32 = 500;

/// Changes of status that a view shows at most; the newest.
const STATUS_LIMIT: usize = 100;

/// Failures that a view shows at most; the newest.
const ERROR_LIMIT: usize = 20;

/// A job. In a list it comes without its histories.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "Job")]
pub struct JobView {
    /// Its identity.
    pub id: JobId,
    /// The caller's own id of the record.
    pub captcha_id: CallerId,
    /// The portal.
    pub portal: PortalName,
    /// The flow.
    pub flow: FlowName,
    /// The account.
    pub account: AccountName,
    /// How a person recognises it. Personal data.
    pub label: String,
    /// What makes it the same business case as another; shown to whoever is shown the label. Personal data, mostly.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub business_key: Option<BusinessKey>,
    /// Where it stands.
    pub status: Status,
    /// How far the present or last attempt came.
    pub stage: Option<Stage>,
    /// Whether the form was filed.
    pub outcome: Outcome,
    /// The group of the failure that still stands.
    pub failure_type: Option<FailureType>,
    /// The failure that still stands.
    pub failure: Option<Failure>,
    /// Attempts that were spent.
    pub attempts: u32,
    /// Rises with every attempt, also with one that was given back. What a person has not found is said of one of them.
    pub fencing_token: FencingToken,
    /// The person who has the page of its browser, if somebody has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken_over: Option<TakenOver>,
    /// When it is tried again by itself.
    #[schemars(with = "Option<Time>")]
    pub retry_at: Option<Timestamp>,
    /// What is done by machine to find out whether it was filed, while that is unknown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub search: Option<SearchView>,
    /// The job that it is a duplicate of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duplicate_of: Option<JobId>,
    /// What the portal gave for it: proposal number and so on.
    pub receipt: Option<Receipt>,
    /// When it was handed in.
    #[schemars(with = "Time")]
    pub created_at: Timestamp,
    /// When it ended.
    #[schemars(with = "Option<Time>")]
    pub finished_at: Option<Timestamp>,
    /// Since when nothing is known any more of what was filed: the time for which that is kept is over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Time>")]
    pub forgotten_at: Option<Timestamp>,
    /// The files that are kept of its attempts, documents among them, below the evidence folder, oldest attempt first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Vec<String>>,
    /// Its changes of status, oldest first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status_history: Option<Vec<StatusChange>>,
    /// Its failures, oldest first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error_logs: Option<Vec<ErrorLog>>,
}

/// What is done by machine to find out whether a job was filed.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "Search")]
pub struct SearchView {
    /// When the portal is searched next, if its definition says how; nothing if a person is to find out.
    #[schemars(with = "Option<Time>")]
    pub next_at: Option<Timestamp>,
    /// How many searches were begun.
    pub tries: u32,
    /// What the last one came to; nothing while one is under way.
    pub said: Option<String>,
}

impl SearchView {
    fn of(job: &Job) -> Option<Self> {
        let JobState::NeedsReview { search, .. } = &job.state else {
            return None;
        };
        Some(Self {
            next_at: search.next_at,
            tries: search.tries,
            said: search.said.clone(),
        })
    }
}

/// One change of status.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct StatusChange {
    /// The status then.
    pub status: Status,
    /// The stage then.
    pub stage: Option<Stage>,
    /// When.
    #[schemars(with = "Time")]
    pub at: Timestamp,
    /// What changed it.
    pub event: String,
    /// Who changed it: `worker`, `queue` or a person's name.
    pub by: String,
    /// The attempt it belongs to.
    pub attempt: u32,
}

/// One failure.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ErrorLog {
    /// When.
    #[schemars(with = "Time")]
    pub at: Timestamp,
    /// The attempt it belongs to.
    pub attempt: u32,
    /// How far the attempt came.
    pub stage: Option<Stage>,
    /// What went wrong.
    pub code: FailureCode,
    /// The same for a person.
    pub message: String,
    /// Whether another attempt can help.
    pub retryable: bool,
    /// Who has to act.
    #[serde(rename = "who_acts")]
    pub who_acts: WhoActs,
    /// The flow's step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<String>,
    /// Where the proof is.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<String>,
}

impl JobView {
    /// The job without its histories.
    pub fn brief(job: &Job) -> Self {
        let failure = job.failure().cloned();
        Self {
            id: job.id,
            captcha_id: job.caller_id.clone(),
            portal: job.portal.clone(),
            flow: job.flow.clone(),
            account: job.account.clone(),
            label: job.label.clone(),
            business_key: job.business_key.clone(),
            status: job.status(),
            stage: job.stage(),
            outcome: job.outcome(),
            failure_type: failure.as_ref().map(|failure| failure.code.failure_type()),
            failure,
            attempts: job.attempts,
            fencing_token: job.fence,
            taken_over: job.taken_over().cloned(),
            retry_at: match &job.state {
                JobState::RetryWait { due_at, .. } => Some(*due_at),
                _ => None,
            },
            search: SearchView::of(job),
            duplicate_of: duplicate_of(job),
            receipt: job.receipt().cloned(),
            created_at: job.created_at,
            finished_at: job.finished_at(),
            forgotten_at: job.forgotten_at(),
            evidence: None,
            status_history: None,
            error_logs: None,
        }
    }

    /// The job with its histories and its evidence.
    pub fn whole(job: &Job, history: &[AuditEntry], evidence: Vec<String>) -> Self {
        let changed = |entry: &&AuditEntry| entry.from != Some(entry.to);
        let statuses = history
            .iter()
            .filter(changed)
            .map(StatusChange::of)
            .collect();
        let errors = history.iter().filter_map(ErrorLog::of).collect();
        let mut errors = newest(errors, ERROR_LIMIT);
        let mut brief = Self::brief(job);
        // What is old was removed; the history still names it.
        let shown = errors.iter_mut().map(|error| &mut error.evidence);
        let shown = shown.chain(brief.failure.as_mut().map(|failure| &mut failure.evidence));
        for paths in shown {
            paths.retain(|path| evidence.contains(path));
        }
        Self {
            evidence: Some(evidence),
            status_history: Some(newest(statuses, STATUS_LIMIT)),
            error_logs: Some(errors),
            ..brief
        }
    }

    /// Whether nothing moves the job on by itself.
    pub fn is_settled(&self) -> bool {
        let waits = self.retry_at.is_some();
        (self.status.is_settled() && !waits) || self.status == Status::OnHold
    }

    /// Whether the job did what it was for.
    pub fn is_done(&self) -> bool {
        matches!(self.status, Status::Completed | Status::CompletedWithErrors)
    }
}

impl StatusChange {
    fn of(entry: &AuditEntry) -> Self {
        Self {
            status: entry.to,
            stage: entry.stage,
            at: entry.at,
            event: entry.event.clone(),
            by: writer_name(&entry.writer),
            attempt: entry.attempt,
        }
    }
}

impl ErrorLog {
    fn of(entry: &AuditEntry) -> Option<Self> {
        let failure = entry.failure.as_ref()?;
        Some(Self {
            at: entry.at,
            attempt: entry.attempt,
            stage: entry.stage,
            code: failure.code,
            message: failure.message.clone(),
            retryable: failure.retryable,
            who_acts: failure.who_acts,
            step: failure.step.clone(),
            evidence: failure.evidence.clone(),
        })
    }
}

/// Who wrote an entry of the audit.
pub(crate) fn writer_name(writer: &Writer) -> String {
    match writer {
        Writer::Worker { .. } => "worker".to_owned(),
        Writer::Queue => "queue".to_owned(),
        Writer::Searcher { .. } => "search".to_owned(),
        Writer::Person { name } => name.clone(),
    }
}

fn duplicate_of(job: &Job) -> Option<JobId> {
    match &job.state {
        JobState::Finished {
            end: formhand_domain::End::Duplicate { of, .. },
            ..
        } => Some(*of),
        _ => None,
    }
}

fn newest<T>(mut items: Vec<T>, limit: usize) -> Vec<T> {
    let surplus = items.len().saturating_sub(limit);
    items.drain(..surplus);
    items
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kf46_only_the_newest_of_a_long_history_is_shown() {
        assert_eq!(newest((0..50).collect(), 3), [47, 48, 49]);
        assert_eq!(newest(vec![1], 3), [1]);
    }
}
