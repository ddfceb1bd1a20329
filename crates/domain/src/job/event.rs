//! What can happen to a job, and who may say so.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{
    recover::RecoveryRule,
    settle::Settlement,
    state::Receipt,
    takeover::{Acts, HandBack},
};
use crate::{Failure, FencingToken, Generation, Lease, RetryPolicy};

/// Who writes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "writer", rename_all = "snake_case")]
pub enum Writer {
    /// The server that holds the job's lease. Refused once the token is no longer the job's.
    Worker {
        /// The token of its claim.
        token: FencingToken,
    },
    /// The queue itself: claiming, and taking over what a dead server left.
    Queue,
    /// Who searches the portal for a job of unknown outcome. Refused once the job was claimed again: what it has seen is
    /// of the attempt that it looked for.
    Searcher {
        /// The token of that attempt.
        token: FencingToken,
    },
    /// A person.
    Person {
        /// Who, as the audit shows it.
        name: String,
    },
}

/// What happens to a job.
#[derive(Debug, Clone, PartialEq)]
pub enum JobEvent {
    /// The queue gives the job to a server.
    Claim {
        /// The new lease; its token is the successor of the job's last one.
        lease: Lease,
    },
    /// The lease is made longer.
    Renew {
        /// Its new end.
        expires_at: Timestamp,
    },
    /// The form is about to be touched.
    EnterForm,
    /// The session was stale and the form is abandoned unsubmitted: back to getting a session, same attempt.
    Restart,
    /// The click on submit is about to be made.
    Arm {
        /// What must be left of the lease.
        margin: SignedDuration,
        /// The login whose session the form is sent with; nothing if the job has logged in by itself.
        session: Option<Generation>,
    },
    /// It is proven that the click sent nothing and that nothing can be sent any more.
    Disarm,
    /// The commit request stands at the gate and is about to pass.
    Cross {
        /// SHA-256 over method, URL and body of the request, in hex.
        fingerprint: String,
        /// What must be left of the lease.
        margin: SignedDuration,
    },
    /// The portal answered with a receipt.
    Receive {
        /// The receipt.
        receipt: Receipt,
    },
    /// The portal refused the commit request in words that the definition declares to mean "not filed".
    Reject {
        /// The portal's words.
        failure: Failure,
    },
    /// All steps are done.
    Complete {
        /// What failed among the optional steps after the filing.
        optional_failure: Option<Failure>,
    },
    /// The attempt failed. What that means follows from how far it came.
    Fail {
        /// What went wrong.
        failure: Failure,
        /// The rules of trying again.
        retry: RetryPolicy,
        /// A random number from 0 to 1, for the jitter of the wait.
        random: f64,
    },
    /// The attempt is given back unspent: the server shuts down, or the account has no session to offer.
    Release {
        /// Not before this time.
        due_at: Timestamp,
    },
    /// The lease ended and the old browser can no longer act.
    LeaseEnded {
        /// The rules of trying again.
        retry: RetryPolicy,
        /// A random number from 0 to 1, for the jitter of the wait.
        random: f64,
        /// Whether the lease's own end must be over, or its owner is known to be dead.
        rule: RecoveryRule,
    },
    /// A person holds the job.
    Hold,
    /// A person lets a held job go on.
    Unhold,
    /// A person ends a job that was not filed.
    Cancel {
        /// Why, in the person's words.
        reason: String,
    },
    /// A person asks for another attempt of a job that was not filed.
    Retry,
    /// A search of the portal for a job of unknown outcome begins.
    Search {
        /// When another may begin if this one has said nothing by then.
        until: Timestamp,
    },
    /// A search has not settled it.
    SearchEnded {
        /// When the next one begins; nothing if what remains is a person's to find out.
        next_at: Option<Timestamp>,
        /// What was seen, in words.
        said: String,
    },
    /// A person wants the portal searched now.
    Verify,
    /// Somebody has found out whether a job of unknown outcome was filed.
    Settle {
        /// What was found.
        settlement: Settlement,
    },
    /// A person takes over the page of a job that is worked on.
    TakeOver {
        /// The claim that the page belongs to.
        token: FencingToken,
    },
    /// The page is handed back, or taken back.
    HandBack {
        /// The claim that the page belongs to.
        token: FencingToken,
        /// What was done in it.
        acts: Acts,
        /// What follows.
        how: HandBack,
    },
    /// The person who has the page ends the attempt: people see to the job.
    GiveUp {
        /// The claim that the page belongs to.
        token: FencingToken,
        /// What was done in it.
        acts: Acts,
        /// Why, in the person's words.
        reason: String,
    },
    /// What a filed job was made of is not kept any longer.
    Forget,
}

impl JobEvent {
    /// The name that the audit shows.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Claim { .. } => "claim",
            Self::Renew { .. } => "renew",
            Self::EnterForm => "enter_form",
            Self::Restart => "restart",
            Self::Arm { .. } => "arm",
            Self::Disarm => "disarm",
            Self::Cross { .. } => "cross",
            Self::Receive { .. } => "receive",
            Self::Reject { .. } => "reject",
            Self::Complete { .. } => "complete",
            Self::Fail { .. } => "fail",
            Self::Release { .. } => "release",
            Self::LeaseEnded { .. } => "lease_ended",
            Self::Hold => "hold",
            Self::Unhold => "unhold",
            Self::Cancel { .. } => "cancel",
            Self::Retry => "retry",
            Self::Search { .. } => "search",
            Self::SearchEnded { .. } => "search_ended",
            Self::Verify => "verify",
            Self::Settle {
                settlement: Settlement::Filed { .. },
            } => "settle_submitted",
            Self::Settle {
                settlement: Settlement::NotFiled { .. },
            } => "settle_not_submitted",
            Self::TakeOver { .. } => "take_over",
            Self::HandBack { .. } => "hand_back",
            Self::GiveUp { .. } => "give_up",
            Self::Forget => "forget",
        }
    }
}
