//! What happens to sessions, by their history.

use formhand_domain::{
    AccountKey,
    account::{
        AttemptResult, LoginResult, RecoveryCause, RecoveryEnd, RecoveryLevel, SessionHappening,
        Validation,
    },
};
use formhand_store::SessionEntry;
use prometheus_client::{
    encoding::EncodeLabelSet,
    metrics::{counter::Counter, family::Family},
    registry::Registry,
};

use super::{
    Histograms, in_seconds,
    names::{attempt, login},
    seconds, seconds_of_a_session, seconds_of_an_answer, seconds_of_work,
};
use crate::metrics::labels::{OfAccount, with};

with! {
    /// How something of an account ended.
    Result { of: OfAccount, .. result: &'static str }
}
with! {
    /// How a try of a recovery ended.
    Tried { of: OfAccount, .. level: &'static str, result: &'static str }
}
with! {
    /// At which level a try was.
    Level { of: OfAccount, .. level: &'static str }
}
with! {
    /// What came, of which cause.
    Caused { of: OfAccount, .. cause: &'static str }
}
with! {
    /// Who saw it.
    SeenBy { of: OfAccount, .. seen_by: &'static str }
}

/// What is counted of sessions.
#[derive(Clone)]
pub(in crate::metrics) struct SessionCounters {
    logins: Family<Result, Counter>,
    login_duration: Histograms<Result>,
    validations: Family<SeenBy, Counter>,
    expiries: Family<SeenBy, Counter>,
    life: Histograms<OfAccount>,
    expiry_detection: Histograms<OfAccount>,
    browsers_lost: Family<Caused, Counter>,
    loss_detection: Histograms<OfAccount>,
    attempts: Family<Tried, Counter>,
    attempt_duration: Histograms<Level>,
    recoveries: Family<Result, Counter>,
    recovery_duration: Histograms<Result>,
    renewals: Family<OfAccount, Counter>,
}

impl Default for SessionCounters {
    fn default() -> Self {
        Self {
            logins: Family::default(),
            login_duration: Family::new_with_constructor(seconds_of_work),
            validations: Family::default(),
            expiries: Family::default(),
            life: Family::new_with_constructor(seconds_of_a_session),
            expiry_detection: Family::new_with_constructor(seconds_of_an_answer),
            browsers_lost: Family::default(),
            loss_detection: Family::new_with_constructor(seconds_of_an_answer),
            attempts: Family::default(),
            attempt_duration: Family::new_with_constructor(seconds_of_work),
            recoveries: Family::default(),
            recovery_duration: Family::new_with_constructor(seconds_of_work),
            renewals: Family::default(),
        }
    }
}

impl SessionCounters {
    /// Shows what can happen to an account before it does: a rate of what was not there before is not known.
    pub(in crate::metrics) fn expect(&self, account: &AccountKey) {
        let of = || OfAccount::from(account);
        for result in [LoginResult::Succeeded, LoginResult::Failed] {
            let result = login(result);
            self.logins
                .get_or_create(&Result { of: of(), result })
                .inc_by(0);
        }
        for end in RecoveryEnd::ALL {
            let result = end.as_str();
            self.recoveries
                .get_or_create(&Result { of: of(), result })
                .inc_by(0);
        }
        for level in RecoveryLevel::ALL {
            for result in ["recovered", "failed"] {
                let level = level.as_str();
                let labels = Tried {
                    of: of(),
                    level,
                    result,
                };
                self.attempts.get_or_create(&labels).inc_by(0);
            }
        }
    }

    /// Counts what happened to a session.
    pub(in crate::metrics) fn count(&self, entry: &SessionEntry) {
        let of = OfAccount::from(&entry.account);
        match &entry.event.what {
            SessionHappening::LoggedIn { duration_ms, .. } => {
                self.logged_in(of, LoginResult::Succeeded, *duration_ms);
            }
            SessionHappening::LoginFailed {
                result,
                duration_ms,
            } => self.logged_in(of, *result, *duration_ms),
            SessionHappening::Validated { by, .. } => {
                let seen_by = by.as_str();
                self.validations
                    .get_or_create(&SeenBy { of, seen_by })
                    .inc();
            }
            SessionHappening::Expired {
                seen_by,
                lived_ms,
                detected_ms,
                ..
            } => self.expired(of, *seen_by, *lived_ms, *detected_ms),
            SessionHappening::BrowserLost { cause, detected_ms } => {
                self.browser_lost(of, *cause, *detected_ms);
            }
            SessionHappening::RecoveryAttempt {
                level,
                duration_ms,
                result,
                ..
            } => self.tried(of, *level, *result, *duration_ms),
            SessionHappening::RecoveryEnded {
                verdict,
                duration_ms,
                ..
            } => {
                let result = verdict.as_str();
                let labels = Result { of, result };
                self.recoveries.get_or_create(&labels).inc();
                self.recovery_duration
                    .get_or_create(&labels)
                    .observe(seconds(*duration_ms));
            }
            SessionHappening::Renewed { lived_ms } => {
                self.renewals.get_or_create(&of).inc();
                self.life.get_or_create(&of).observe(seconds(*lived_ms));
            }
            SessionHappening::LoggedOut { .. }
            | SessionHappening::BackedUp
            | SessionHappening::Restored => {}
        }
    }

    fn logged_in(&self, of: OfAccount, result: LoginResult, duration_ms: u64) {
        let result = login(result);
        let labels = Result { of, result };
        self.logins.get_or_create(&labels).inc();
        self.login_duration
            .get_or_create(&labels)
            .observe(seconds(duration_ms));
    }

    fn expired(&self, of: OfAccount, by: Validation, lived_ms: u64, detected_ms: Option<u64>) {
        self.life.get_or_create(&of).observe(seconds(lived_ms));
        if let Some(detected_ms) = detected_ms {
            self.expiry_detection
                .get_or_create(&of)
                .observe(seconds(detected_ms));
        }
        let seen_by = by.as_str();
        self.expiries.get_or_create(&SeenBy { of, seen_by }).inc();
    }

    fn browser_lost(&self, of: OfAccount, cause: RecoveryCause, detected_ms: Option<u64>) {
        if let Some(detected_ms) = detected_ms {
            self.loss_detection
                .get_or_create(&of)
                .observe(seconds(detected_ms));
        }
        let cause = cause.as_str();
        self.browsers_lost
            .get_or_create(&Caused { of, cause })
            .inc();
    }

    fn tried(&self, of: OfAccount, level: RecoveryLevel, result: AttemptResult, duration_ms: u64) {
        let level = level.as_str();
        self.attempt_duration
            .get_or_create(&Level {
                of: of.clone(),
                level,
            })
            .observe(seconds(duration_ms));
        let result = attempt(result);
        self.attempts
            .get_or_create(&Tried { of, level, result })
            .inc();
    }

    pub(super) fn register(&self, registry: &mut Registry) {
        self.register_logins(registry);
        self.register_ends(registry);
        self.register_recoveries(registry);
    }

    fn register_logins(&self, registry: &mut Registry) {
        registry.register("formhand_logins", "Logins, by result", self.logins.clone());
        in_seconds(
            registry,
            "formhand_login_duration",
            "How long a login took, all of its tries counted",
            self.login_duration.clone(),
        );
        registry.register(
            "formhand_session_validations",
            "Round trips that showed a session alive, by who asked",
            self.validations.clone(),
        );
        registry.register(
            "formhand_session_renewals",
            "Sessions that were replaced ahead of their end",
            self.renewals.clone(),
        );
    }

    fn register_ends(&self, registry: &mut Registry) {
        registry.register(
            "formhand_session_expiries",
            "Sessions that the portal no longer knew, by who saw it",
            self.expiries.clone(),
        );
        in_seconds(
            registry,
            "formhand_session_life",
            "How long a session is known to have lived",
            self.life.clone(),
        );
        in_seconds(
            registry,
            "formhand_expiry_detection",
            "From the answer that showed a session gone to the moment it was known",
            self.expiry_detection.clone(),
        );
        registry.register(
            "formhand_session_browsers_lost",
            "Browsers of sessions that ended or hung, by cause",
            self.browsers_lost.clone(),
        );
        in_seconds(
            registry,
            "formhand_browser_loss_detection",
            "From the loss of a session's browser to the moment it was known",
            self.loss_detection.clone(),
        );
    }

    fn register_recoveries(&self, registry: &mut Registry) {
        registry.register(
            "formhand_recoveries",
            "Recoveries of sessions that are over, by result",
            self.recoveries.clone(),
        );
        in_seconds(
            registry,
            "formhand_recovery_duration",
            "How long a recovery took in all",
            self.recovery_duration.clone(),
        );
        registry.register(
            "formhand_recovery_attempts",
            "Tries of recoveries that are over, by level and result",
            self.attempts.clone(),
        );
        in_seconds(
            registry,
            "formhand_recovery_attempt_duration",
            "How long one try of a recovery took",
            self.attempt_duration.clone(),
        );
    }
}
