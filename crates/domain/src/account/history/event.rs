//! The events of a session's life.
//!
//! There is no free text in any of them, only codes: words of a portal may hold what belongs in no log.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    Generation, RecoveryId,
    account::{AttemptResult, LoginResult, RecoveryCause, RecoveryEnd, RecoveryLevel},
    names::wire_names,
};

/// One event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionEvent {
    /// When.
    pub at: Timestamp,
    /// The login that it tells of. Before the first one, zero. What ends a session carries the generation that it
    /// ended, also when the next one is there already.
    pub generation: Generation,
    /// What happened.
    pub what: SessionHappening,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "event",
    rename_all = "snake_case",
    rename_all_fields = "snake_case"
)]
pub enum SessionHappening {
    /// A login succeeded and made the event's generation.
    LoggedIn {
        /// How long it took, all of its tries counted.
        duration_ms: u64,
        /// How many tries it took.
        tries: u32,
    },
    /// A login did not succeed.
    LoginFailed {
        /// Why.
        result: LoginResult,
        /// How long it took.
        duration_ms: u64,
    },
    /// A round trip showed the session alive.
    Validated {
        /// Who asked.
        by: Validation,
        /// How long the portal took to answer.
        round_trip_ms: u64,
    },
    /// A round trip showed that the portal no longer knows the session.
    Expired {
        /// Who saw it.
        seen_by: Validation,
        /// How long it is known to have lived: from its login to the last round trip that showed it alive.
        lived_ms: u64,
        /// How much later it was seen gone. It expired at an unknown moment of this time, which is why a heartbeat
        /// makes the lives of sessions better known.
        unseen_ms: u64,
        /// From the response that showed it to the moment it was known here, if that was measured.
        detected_ms: Option<u64>,
    },
    /// The browser ended, or does not answer any more.
    BrowserLost {
        /// Which of the two.
        cause: RecoveryCause,
        /// From the loss to the moment it was known here, if that was measured.
        detected_ms: Option<u64>,
    },
    /// One try of a recovery is over.
    RecoveryAttempt {
        /// Of which recovery.
        recovery: RecoveryId,
        /// What set it off.
        cause: RecoveryCause,
        /// At which level.
        level: RecoveryLevel,
        /// Which try of that level, from 1.
        attempt: u32,
        /// How long it took.
        duration_ms: u64,
        /// What came of it.
        result: AttemptResult,
    },
    /// A recovery is over.
    RecoveryEnded {
        /// Which.
        recovery: RecoveryId,
        /// What set it off.
        cause: RecoveryCause,
        /// How it ended.
        verdict: RecoveryEnd,
        /// How long it took in all.
        duration_ms: u64,
    },
    /// The session was replaced by a new login while the portal still knew it. Carries the old generation.
    Renewed {
        /// How long it lived.
        lived_ms: u64,
    },
    /// The session was given up while the portal still knew it.
    LoggedOut {
        /// Who gave it up.
        by: LoggedOutBy,
    },
    /// A copy of the profile was made and verified.
    BackedUp,
    /// The profile was put back as it was.
    Restored,
}

wire_names! {
    /// Who sent the request that showed whether a session lives.
    Validation {
        /// A job.
        Job = "job",
        /// The heartbeat.
        Heartbeat = "heartbeat",
        /// The start of the master session.
        Start = "start",
        /// A person.
        Person = "person",
    }
}

wire_names! {
    /// Who gave a session up.
    LoggedOutBy {
        /// A person here.
        Person = "person",
        /// Another login of the same user, at a portal that knows one session of a user only.
        Exclusive = "exclusive",
    }
}

wire_names! {
    /// The kinds of events, to ask for some of them.
    SessionEventKind {
        /// A login succeeded.
        LoggedIn = "logged_in",
        /// A login did not succeed.
        LoginFailed = "login_failed",
        /// A round trip showed the session alive.
        Validated = "validated",
        /// A round trip showed the session gone.
        Expired = "expired",
        /// The browser was lost.
        BrowserLost = "browser_lost",
        /// One try of a recovery is over.
        RecoveryAttempt = "recovery_attempt",
        /// A recovery is over.
        RecoveryEnded = "recovery_ended",
        /// The session was replaced ahead of its end.
        Renewed = "renewed",
        /// The session was given up.
        LoggedOut = "logged_out",
        /// The profile was backed up.
        BackedUp = "backed_up",
        /// The profile was put back.
        Restored = "restored",
    }
}

impl SessionHappening {
    /// Its kind.
    pub fn kind(&self) -> SessionEventKind {
        match self {
            Self::LoggedIn { .. } => SessionEventKind::LoggedIn,
            Self::LoginFailed { .. } => SessionEventKind::LoginFailed,
            Self::Validated { .. } => SessionEventKind::Validated,
            Self::Expired { .. } => SessionEventKind::Expired,
            Self::BrowserLost { .. } => SessionEventKind::BrowserLost,
            Self::RecoveryAttempt { .. } => SessionEventKind::RecoveryAttempt,
            Self::RecoveryEnded { .. } => SessionEventKind::RecoveryEnded,
            Self::Renewed { .. } => SessionEventKind::Renewed,
            Self::LoggedOut { .. } => SessionEventKind::LoggedOut,
            Self::BackedUp => SessionEventKind::BackedUp,
            Self::Restored => SessionEventKind::Restored,
        }
    }

    /// Its name on the wire.
    pub fn name(&self) -> &'static str {
        self.kind().as_str()
    }
}
