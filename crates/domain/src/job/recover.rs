//! What becomes of a job whose server is gone: the table of the submit protocol.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::state::{Commit, End, JobState, Progress, Search};
use crate::{Failure, FailureCode, FencingToken, Lease, RetryPolicy, Stage};

/// When a lease may be taken from its owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecoveryRule {
    /// Only after its end.
    Expired,
    /// At once: the owner is this server's own former process, and its browsers are known to be dead.
    OwnerDead {
        /// The claim that the dead owner made. A later one is another's.
        token: FencingToken,
    },
}

/// An attempt that failed, as the table sees it.
pub(super) struct Ended {
    pub(super) progress: Progress,
    pub(super) attempts: u32,
    pub(super) failure: Failure,
    pub(super) retry: RetryPolicy,
    pub(super) random: f64,
}

/// The failure that a vanished worker stands for.
pub(super) fn worker_lost(lease: &Lease, progress: &Progress) -> Failure {
    let (code, what) = match progress {
        Progress::Session | Progress::LoginForm => (
            FailureCode::WorkerLost,
            "nothing was filed, so the job is tried again",
        ),
        Progress::Armed { .. } => (
            FailureCode::OutcomeUnknown,
            "submit was allowed, and whether a request left cannot be told",
        ),
        Progress::Crossed { .. } => (
            FailureCode::OutcomeUnknown,
            "the form was sent and its answer was not seen",
        ),
        Progress::Filed { .. } => (
            FailureCode::PostSubmissionFailed,
            "the form was filed, and the steps after it were cut off",
        ),
    };
    Failure::new(
        code,
        format!("server {} stopped working on the job: {what}", lease.owner),
    )
}

/// Where a failed attempt leaves its job.
pub(super) fn after_failure(ended: Ended, now: Timestamp) -> JobState {
    let Ended {
        progress,
        attempts,
        failure,
        retry,
        random,
    } = ended;
    match progress {
        Progress::Session => before_filing(Stage::Session, attempts, failure, retry, random, now),
        Progress::LoginForm => {
            before_filing(Stage::LoginForm, attempts, failure, retry, random, now)
        }
        Progress::Armed { armed_at, session } => {
            unknown(Commit::Armed { armed_at, session }, failure, now)
        }
        Progress::Crossed {
            crossed_at,
            fingerprint,
            session,
        } => unknown(
            Commit::Crossed {
                crossed_at,
                fingerprint,
                session,
            },
            failure,
            now,
        ),
        Progress::Filed { receipt, .. } => JobState::finished(
            End::FailedAfterFiling {
                receipt,
                failure: failure.last_word(),
            },
            now,
        ),
    }
}

fn before_filing(
    stage: Stage,
    attempts: u32,
    failure: Failure,
    retry: RetryPolicy,
    random: f64,
    now: Timestamp,
) -> JobState {
    let delay = if failure.retryable {
        retry.delay(attempts, random)
    } else {
        None
    };
    match delay {
        Some(delay) => JobState::RetryWait {
            due_at: now.saturating_add(delay).unwrap_or(Timestamp::MAX),
            stage,
            failure,
        },
        None => JobState::finished(
            End::FailedBeforeFiling {
                stage,
                failure: failure.last_word(),
            },
            now,
        ),
    }
}

fn unknown(commit: Commit, cause: Failure, now: Timestamp) -> JobState {
    let failure = if cause.code == FailureCode::OutcomeUnknown {
        cause.last_word()
    } else {
        Failure {
            message: format!(
                "the form may have been filed, and its answer was not seen ({}: {})",
                cause.code, cause.message
            ),
            retryable: false,
            who_acts: FailureCode::OutcomeUnknown.who_acts(),
            code: FailureCode::OutcomeUnknown,
            ..cause
        }
    };
    JobState::NeedsReview {
        since: now,
        commit,
        failure,
        // What was filed can be found at once; how long a search that finds nothing says nothing is the portal's own.
        search: Search {
            next_at: Some(now),
            ..Search::default()
        },
    }
}
