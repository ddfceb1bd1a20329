//! Why something did not work, typed by what happens next.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The groups that an operator filters by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FailureType {
    /// The record.
    Record,
    /// Another job has the same business key.
    Duplicate,
    /// The login or the account.
    Account,
    /// The session of the account.
    Session,
    /// The portal's answer to this record.
    Business,
    /// The portal itself: its servers, its pages.
    Portal,
    /// The browser or this server.
    System,
    /// The definition of the portal.
    Definition,
    /// Nobody knows yet whether the form was filed.
    Unknown,
    /// A person ended it.
    Person,
}

/// Who has to do something, so that the failure does not come again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum WhoActs {
    /// Nobody: it is tried again by itself.
    Nobody,
    /// Whoever handed in the record.
    Submitter,
    /// Whoever keeps the portal's accounts.
    AccountKeeper,
    /// Whoever watches Formhand.
    Operator,
    /// Whoever wrote the portal definition.
    Developer,
}

macro_rules! failure_codes {
    ($($(#[$doc:meta])* $name:ident = $wire:literal, $kind:ident, $retryable:literal, $who:ident;)+) => {
        /// What went wrong, as a stable name. Each has a section in `docs/FAILURES.md`.
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
            JsonSchema,
        )]
        pub enum FailureCode {
            $($(#[$doc])* #[serde(rename = $wire)] $name,)+
        }

        impl FailureCode {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The name on the wire.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $wire,)+ }
            }

            /// The group it belongs to.
            pub fn failure_type(self) -> FailureType {
                match self { $(Self::$name => FailureType::$kind,)+ }
            }

            /// Whether another attempt can help, if nothing was filed.
            pub fn retryable(self) -> bool {
                match self { $(Self::$name => $retryable,)+ }
            }

            /// Who has to act.
            pub fn who_acts(self) -> WhoActs {
                match self { $(Self::$name => WhoActs::$who,)+ }
            }
        }
    };
}

failure_codes! {
    /// The record breaks the flow's schema.
    InvalidRecord = "invalid_record", Record, false, Submitter;
    /// A value of the record has no counterpart on the portal, such as an unknown state.
    UnmappedValue = "unmapped_value", Record, false, Submitter;
    /// Another job with the same business key is alive or filed.
    DuplicateKey = "duplicate_key", Duplicate, false, Submitter;
    /// The portal refused the login's user name or password.
    BadCredentials = "bad_credentials", Account, false, AccountKeeper;
    /// The portal has locked the account.
    AccountLocked = "account_locked", Account, false, AccountKeeper;
    /// The portal wants something of a person: a one-time code, a new password.
    HumanNeeded = "human_needed", Account, false, AccountKeeper;
    /// The captcha was not solved within its tries.
    CaptchaUnsolved = "captcha_unsolved", Session, true, Nobody;
    /// The login gave no result in time.
    LoginFailed = "login_failed", Session, true, Nobody;
    /// The session ended while the job worked.
    SessionExpired = "session_expired", Session, true, Nobody;
    /// A page did not show in time what the flow waits for.
    StepTimedOut = "step_timed_out", Portal, true, Nobody;
    /// The portal said that it is broken.
    PortalFault = "portal_fault", Portal, true, Nobody;
    /// The portal could not be reached.
    Network = "network", Portal, true, Nobody;
    /// The portal says that a field is missing or wrong although it was filled.
    FormNotTaken = "form_not_taken", Portal, true, Nobody;
    /// What the page holds is not what the record says.
    ReadbackMismatch = "readback_mismatch", Business, false, Submitter;
    /// A list did not offer what the record asks for.
    NotOffered = "not_offered", Business, false, Submitter;
    /// The portal refuses the record's data.
    DataRefused = "data_refused", Business, false, Submitter;
    /// The portal refused the submitted form.
    Rejected = "rejected", Business, false, Submitter;
    /// The portal used words that the definition does not know.
    UnknownMessage = "unknown_message", Portal, true, Operator;
    /// The page is not as the definition says: an element is missing twice over, locators disagree.
    PageChanged = "page_changed", Definition, false, Developer;
    /// The definition asks for something that cannot be done.
    DefinitionError = "definition_error", Definition, false, Developer;
    /// The click on submit sent nothing.
    NothingSent = "nothing_sent", Portal, true, Nobody;
    /// A page tried to send the form outside the submit step.
    UnexpectedSubmit = "unexpected_submit", Portal, false, Developer;
    /// The browser died or a page of it crashed.
    BrowserCrashed = "browser_crashed", System, true, Nobody;
    /// The server that worked on the job died or lost its lease.
    WorkerLost = "worker_lost", System, true, Nobody;
    /// The job took longer than it may.
    JobTimedOut = "job_timed_out", System, true, Nobody;
    /// The lease was too short to submit safely.
    LeaseTooShort = "lease_too_short", System, true, Nobody;
    /// Something in Formhand itself.
    Internal = "internal", System, true, Operator;
    /// The form may have been filed; the answer was not seen.
    OutcomeUnknown = "outcome_unknown", Unknown, false, Operator;
    /// Whether the form was filed was unknown, and it was settled that it was not.
    NotFiled = "not_filed", Unknown, false, Submitter;
    /// A step after the filing failed.
    PostSubmissionFailed = "post_submission_failed", Portal, false, Operator;
    /// A person cancelled the job.
    Cancelled = "cancelled", Person, false, Submitter;
}

impl fmt::Display for FailureCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One field that does not hold what the record says.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FieldMismatch {
    /// The field, in the definition's words.
    pub field: String,
    /// What the record says. For the job's owner only, never for a log.
    pub expected: String,
    /// What the page holds; nothing if the field is gone.
    pub found: Option<String>,
}

impl fmt::Debug for FieldMismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The values are personal data; `Debug` ends up in logs.
        write!(f, "FieldMismatch({})", self.field)
    }
}

/// Why something did not work. `message` may quote the portal and is for the job's owner; logs get the code.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Failure {
    /// What went wrong.
    pub code: FailureCode,
    /// The same for a person: what happened, where, and what would be right.
    pub message: String,
    /// Whether another attempt can help, if nothing was filed.
    pub retryable: bool,
    /// Who has to act.
    #[serde(rename = "who_acts")]
    pub who_acts: WhoActs,
    /// The flow's step at which it happened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<String>,
    /// Expected and found, field by field.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldMismatch>,
    /// Where the proof of it is kept, relative to the evidence folder.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<String>,
}

impl Failure {
    /// A failure with what its code says of retrying and acting.
    pub fn new(code: FailureCode, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            retryable: code.retryable(),
            who_acts: code.who_acts(),
            step: None,
            fields: Vec::new(),
            evidence: Vec::new(),
        }
    }

    /// The same failure, told when no attempt follows: nothing happens by itself any more, so somebody has to look.
    #[must_use]
    pub fn last_word(mut self) -> Self {
        self.retryable = false;
        if self.who_acts == WhoActs::Nobody {
            self.who_acts = WhoActs::Operator;
        }
        self
    }

    /// The same failure, told to be of this step.
    #[must_use]
    pub fn at_step(mut self, step: impl Into<String>) -> Self {
        self.step = Some(step.into());
        self
    }
}

impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The message may quote a record; `Debug` ends up in logs.
        f.debug_struct("Failure")
            .field("code", &self.code)
            .field("step", &self.step)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kf44_a_class_is_a_value_and_not_a_substring_of_a_message() {
        for code in FailureCode::ALL {
            let wire = serde_json::to_string(code).unwrap();
            assert_eq!(wire, format!("\"{code}\""));
            assert_eq!(serde_json::from_str::<FailureCode>(&wire).unwrap(), *code);
        }
    }

    #[test]
    fn what_is_retried_by_itself_needs_nobody_but_a_watcher() {
        for code in FailureCode::ALL.iter().filter(|code| code.retryable()) {
            assert!(
                matches!(code.who_acts(), WhoActs::Nobody | WhoActs::Operator),
                "{code}"
            );
        }
    }

    #[test]
    fn kf43_debug_of_a_failure_shows_no_value() {
        let mut failure = Failure::new(FailureCode::ReadbackMismatch, "IDV of Asha Example");
        failure.fields.push(FieldMismatch {
            field: "IDV".into(),
            expected: "61000".into(),
            found: Some("58000".into()),
        });
        let shown = format!("{failure:?} {:?}", failure.fields);
        assert!(
            !shown.contains("61000") && !shown.contains("Asha"),
            "{shown}"
        );
    }
}
