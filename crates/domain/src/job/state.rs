//! What a job is at a moment. Data lives in the variant that needs it, so no two facts can contradict each other.

use std::collections::BTreeMap;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::takeover::TakenOver;
use crate::{
    AccountName, BusinessKey, CallerId, Failure, FencingToken, FlowName, Generation,
    IdempotencyKey, JobId, Lease, PortalName, Stage,
};

/// One record that is to be filed once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    /// Its identity.
    pub id: JobId,
    /// The portal it is for.
    pub portal: PortalName,
    /// The flow of that portal.
    pub flow: FlowName,
    /// The account it is filed under.
    pub account: AccountName,
    /// The caller's own id of the record (`captchaId` on the wire).
    pub caller_id: CallerId,
    /// What makes it the same business case as another. Nothing for a record that was refused at intake.
    pub business_key: Option<BusinessKey>,
    /// How a person recognises it, for instance the customer's name. Personal data.
    pub label: String,
    /// The record as handed in. Personal data.
    pub record: Value,
    /// When it was handed in.
    pub created_at: Timestamp,
    /// Attempts that were spent.
    pub attempts: u32,
    /// The token of the last claim.
    pub fence: FencingToken,
    /// Where it stands.
    pub state: JobState,
}

/// A record at intake, already checked against its flow.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewJob {
    /// The job as it will be stored: `Pending`, or `Finished` with `Invalid` for a record that breaks its rules.
    pub job: Job,
    /// The caller's key against repeats of the same call.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// Where a job stands. Who moves it out of each state is said at [`crate::Status`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "state",
    rename_all = "snake_case",
    rename_all_fields = "snake_case"
)]
pub enum JobState {
    /// Waits to be claimed.
    Pending {
        /// Not before this time.
        due_at: Timestamp,
    },
    /// Is being worked on.
    Processing {
        /// By whom, and until when.
        lease: Lease,
        /// How far it came.
        progress: Progress,
        /// When this attempt began.
        started_at: Timestamp,
        /// The person who has its page, if somebody has.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        taken_over: Option<TakenOver>,
    },
    /// Failed before anything was filed; is claimed again when due.
    RetryWait {
        /// Not before this time.
        due_at: Timestamp,
        /// How far the failed attempt came.
        stage: Stage,
        /// What went wrong.
        failure: Failure,
    },
    /// A person holds it.
    OnHold {
        /// Who.
        by: String,
        /// Since when.
        since: Timestamp,
    },
    /// It is not known whether the form was filed.
    NeedsReview {
        /// Since when.
        since: Timestamp,
        /// What is known of the commit.
        commit: Commit,
        /// What cut it off.
        failure: Failure,
        /// What is done by machine to find out.
        #[serde(default)]
        search: Search,
    },
    /// Nothing happens any more by itself.
    Finished {
        /// When it ended.
        at: Timestamp,
        /// How.
        end: End,
        /// Since when nothing is known any more of what was filed: record and label are empty then. Keys, receipt and
        /// history stay.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        forgotten_at: Option<Timestamp>,
    },
}

impl JobState {
    /// It ends now.
    pub fn finished(end: End, at: Timestamp) -> Self {
        Self::Finished {
            at,
            end,
            forgotten_at: None,
        }
    }
}

/// How far an attempt came. Each step is durable before the next one is taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "progress",
    rename_all = "snake_case",
    rename_all_fields = "snake_case"
)]
pub enum Progress {
    /// Getting a session.
    Session,
    /// The form is being filled.
    LoginForm,
    /// The click on submit may be made. Nothing has left the browser as far as is known.
    Armed {
        /// Since when.
        armed_at: Timestamp,
        /// The login whose session is used; nothing if the job has logged in by itself.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        session: Option<Generation>,
    },
    /// The one commit request has left, or is about to.
    Crossed {
        /// When the pass was recorded.
        crossed_at: Timestamp,
        /// SHA-256 over method, URL and body of the request, in hex.
        fingerprint: String,
        /// The login whose session was used; nothing if the job has logged in by itself.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        session: Option<Generation>,
    },
    /// The portal has answered with a receipt.
    Filed {
        /// When the receipt was recorded.
        filed_at: Timestamp,
        /// The receipt.
        receipt: Receipt,
    },
}

/// What is known of a commit whose outcome is not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "commit",
    rename_all = "snake_case",
    rename_all_fields = "snake_case"
)]
pub enum Commit {
    /// It was allowed; whether a request left cannot be told.
    Armed {
        /// When it was allowed.
        armed_at: Timestamp,
        /// The login whose session was used; nothing if the job had logged in by itself.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        session: Option<Generation>,
    },
    /// A request left; its answer was not seen.
    Crossed {
        /// When the pass was recorded.
        crossed_at: Timestamp,
        /// SHA-256 over method, URL and body of the request, in hex.
        fingerprint: String,
        /// The login whose session was used; nothing if the job had logged in by itself.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        session: Option<Generation>,
    },
}

/// What is done by machine to find out whether a job of unknown outcome was filed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Search {
    /// When the portal is searched next, if its definition can search it; nothing if a person is to find out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_at: Option<Timestamp>,
    /// How many searches were begun.
    #[serde(default)]
    pub tries: u32,
    /// What the last one came to, in words; nothing while one is under way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said: Option<String>,
}

/// The portal's own words for what was filed: proposal number, quote number and so on.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Receipt(pub BTreeMap<String, String>);

/// How a job ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "end",
    rename_all = "snake_case",
    rename_all_fields = "snake_case"
)]
pub enum End {
    /// Filed, and all that follows is done.
    Completed {
        /// The portal's receipt.
        receipt: Receipt,
    },
    /// Filed; an optional step after it failed.
    CompletedWithErrors {
        /// The portal's receipt.
        receipt: Receipt,
        /// What failed afterwards.
        failure: Failure,
    },
    /// Not filed: it failed before the commit and is not tried again.
    FailedBeforeFiling {
        /// How far the last attempt came.
        stage: Stage,
        /// What went wrong.
        failure: Failure,
    },
    /// Not filed: the commit request reached the portal and the portal refused it.
    Rejected {
        /// SHA-256 of the request that was refused, in hex.
        fingerprint: String,
        /// The portal's words.
        failure: Failure,
    },
    /// Not filed: it was unknown at first, and somebody has settled it.
    SettledNotFiled {
        /// What was known of the commit before.
        commit: Commit,
        /// Who settled it, and how it is known.
        failure: Failure,
    },
    /// Filed; a required step after it failed.
    FailedAfterFiling {
        /// The portal's receipt.
        receipt: Receipt,
        /// What failed afterwards.
        failure: Failure,
    },
    /// Not filed: the record breaks the flow's rules.
    Invalid {
        /// Each bad field.
        failure: Failure,
    },
    /// Not filed: another job of the same business case is alive or filed.
    Duplicate {
        /// The other job.
        of: JobId,
        /// The same in words.
        failure: Failure,
    },
    /// Not filed: a person ended it.
    Cancelled {
        /// Who and why.
        failure: Failure,
    },
}
