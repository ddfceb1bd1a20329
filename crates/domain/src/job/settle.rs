//! Settling whether a job of unknown outcome was filed.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    event::JobEvent,
    refusal::Refusal,
    state::{End, Job, JobState, Receipt},
};
use crate::{Failure, FailureCode, FencingToken, Stage, WhoActs};

/// What was found out about a job of unknown outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "settlement", rename_all = "snake_case")]
pub enum Settlement {
    /// It was filed.
    Filed {
        /// What the portal calls it. Never empty: whoever has found it has found its number.
        receipt: Receipt,
        /// Which steps after the filing nobody has done.
        undone: Undone,
    },
    /// It was not filed, and nothing of the old attempt can file it any more.
    NotFiled {
        /// The token of the attempt that this is said of. It proves nothing of a later one.
        token: FencingToken,
        /// How that is known, in words.
        reason: String,
        /// When it is filed anew by machine; nothing if a person decides that, or its attempts are used up.
        again_at: Option<Timestamp>,
    },
}

/// Steps after the filing that were not done, because the attempt was cut off before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Undone {
    /// There are none.
    Nothing,
    /// Only such as may fail.
    Optional,
    /// At least one that may not.
    Required,
}

impl Job {
    /// Settles the outcome by what `by` has found.
    pub(super) fn settled(
        self,
        by: &str,
        settlement: Settlement,
        now: Timestamp,
    ) -> Result<Self, Refusal> {
        let illegal = |why| {
            let settlement = settlement.clone();
            Err(self.illegal(&JobEvent::Settle { settlement }, why))
        };
        let JobState::NeedsReview { commit, .. } = &self.state else {
            return illegal("only a job of unknown outcome (needs_review) can be settled");
        };
        if matches!(&settlement, Settlement::Filed { receipt, .. } if receipt.0.is_empty()) {
            return illegal("a form that was filed has a receipt");
        }
        match settlement {
            Settlement::NotFiled { token, .. } if token != self.fence => Err(self.stale(token)),
            Settlement::Filed { receipt, undone } => {
                Ok(self.finished(filed(by, receipt, undone), now))
            }
            Settlement::NotFiled {
                reason, again_at, ..
            } => {
                let commit = commit.clone();
                let message = format!("settled by {by}: it was not filed: {reason}");
                let failure = Failure::new(FailureCode::NotFiled, message);
                Ok(match again_at {
                    None => self.finished(End::SettledNotFiled { commit, failure }, now),
                    Some(due_at) => self.in_state(again(due_at, failure)),
                })
            }
        }
    }
}

fn again(due_at: Timestamp, failure: Failure) -> JobState {
    JobState::RetryWait {
        due_at,
        stage: Stage::Submitting,
        failure: Failure {
            retryable: true,
            who_acts: WhoActs::Nobody,
            ..failure
        },
    }
}

fn filed(by: &str, receipt: Receipt, undone: Undone) -> End {
    let failure = Failure::new(
        FailureCode::PostSubmissionFailed,
        format!("settled by {by}: it was filed; the steps after the filing were not done"),
    );
    match undone {
        Undone::Nothing => End::Completed { receipt },
        Undone::Optional => End::CompletedWithErrors { receipt, failure },
        Undone::Required => End::FailedAfterFiling { receipt, failure },
    }
}
