//! How a session and its history look from outside. Codes, and of a portal's words only those that accounts show too.

use formhand_domain::{
    AccountKey, AccountName, Generation, PortalName, RecoveryId,
    account::{
        NeedsHuman, RecoveryCause, RecoveryEnd, RecoveryLevel, SessionEventKind, SessionHappening,
        SessionState, Severity,
    },
};
use formhand_store::{SessionEntry, SessionHistoryFilter, SessionWish};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{
    ApiState, Problem,
    openapi::Time,
    session_detail::detail,
    session_prediction::{Prediction, prediction},
};

/// Entries that are looked through for what is wrong now. More than that is wrong enough.
const ALERTS_LOOKED_AT: u32 = 200;

/// A session. What its state does not have is null.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "Session")]
pub(crate) struct SessionView {
    /// Its account's portal.
    pub(crate) portal: PortalName,
    /// Its account's name in the configuration.
    pub(crate) name: AccountName,
    /// `cold`, `logging_in`, `recovering`, `active`, `down` or `needs_human`.
    #[schemars(extend("enum" = ["cold", "logging_in", "recovering", "active", "down", "needs_human"]))]
    pub(crate) state: String,
    /// How many logins it had.
    pub(crate) generation: Generation,
    /// Since when it is as it is; of a recovery, since it began.
    #[schemars(with = "Option<Time>")]
    pub(crate) since: Option<Timestamp>,
    /// When a round trip last showed it alive.
    #[schemars(with = "Option<Time>")]
    pub(crate) validated_at: Option<Timestamp>,
    /// How old an active session is.
    pub(crate) age_ms: Option<u64>,
    /// At which level it is being brought back.
    pub(crate) level: Option<RecoveryLevel>,
    /// Which try of that level, from 1.
    pub(crate) attempt: Option<u32>,
    /// Not before this time it is tried again.
    #[schemars(with = "Option<Time>")]
    pub(crate) until: Option<Timestamp>,
    /// What a person is needed for.
    pub(crate) needs: Option<NeedsHuman>,
    /// Why there is no session, in words.
    pub(crate) reason: Option<String>,
    /// What a person wants of it, as long as nobody has taken that up.
    pub(crate) wish: Option<SessionWish>,
    /// When the state was last saved.
    #[schemars(with = "Option<Time>")]
    pub(crate) saved_at: Option<Timestamp>,
    /// When it is expected to end, and what that is known from.
    #[serde(default)]
    pub(crate) prediction: Option<Prediction>,
    /// The last recovery that came to an end.
    pub(crate) last_recovery: Option<LastRecovery>,
    /// What went wrong since the session was last seen alive.
    pub(crate) alerts: Alerts,
}

/// How a recovery ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct LastRecovery {
    /// When it ended.
    #[schemars(with = "Time")]
    pub(crate) at: Timestamp,
    /// Its identity.
    pub(crate) recovery: RecoveryId,
    /// What set it off.
    pub(crate) cause: RecoveryCause,
    /// How it ended.
    pub(crate) verdict: RecoveryEnd,
    /// How long it took.
    pub(crate) duration_ms: u64,
}

/// Events that somebody should look at, by severity.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "SessionAlerts")]
pub(crate) struct Alerts {
    /// How many warnings.
    pub(crate) warning: u32,
    /// How many that somebody has to be told of.
    pub(crate) critical: u32,
}

/// An entry of the history.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "SessionEvent")]
pub(crate) struct SessionEntryView {
    /// Its number in the history.
    pub(crate) seq: u64,
    /// When.
    #[schemars(with = "Time")]
    pub(crate) at: Timestamp,
    /// The account's portal.
    pub(crate) portal: PortalName,
    /// The account's name in the configuration.
    pub(crate) name: AccountName,
    /// The login that it tells of; zero before the first.
    pub(crate) generation: Generation,
    /// What happened.
    pub(crate) event: SessionEventKind,
    /// Who should look.
    pub(crate) severity: Severity,
    /// What the event says, by its kind.
    pub(crate) detail: Map<String, Value>,
}

impl SessionEntryView {
    pub(super) fn of(entry: &SessionEntry) -> Self {
        Self {
            seq: entry.seq,
            at: entry.event.at,
            portal: entry.account.portal.clone(),
            name: entry.account.account.clone(),
            generation: entry.event.generation,
            event: entry.event.what.kind(),
            severity: entry.event.what.severity(),
            detail: detail(&entry.event.what),
        }
    }
}

/// The session of one account.
pub(crate) async fn view(state: &ApiState, key: &AccountKey) -> Result<SessionView, Problem> {
    // Before the state: one that is read after a wish was taken may show what came of it, never what was before.
    let wish = state.store.session_wish(key).await?;
    let saved = state.store.session(key).await?;
    let generation = saved
        .as_ref()
        .map(|saved| saved.generation)
        .unwrap_or_default();
    let stands = saved.as_ref().map(|saved| &saved.state);
    let mut view = SessionView {
        prediction: prediction(state, key, stands).await?,
        portal: key.portal.clone(),
        name: key.account.clone(),
        state: "cold".to_owned(),
        generation,
        since: None,
        validated_at: None,
        age_ms: None,
        level: None,
        attempt: None,
        until: None,
        needs: None,
        reason: None,
        wish,
        saved_at: saved.as_ref().map(|saved| saved.saved_at),
        last_recovery: last_recovery(state, key).await?,
        alerts: alerts(state, key).await?,
    };
    if let Some(saved) = saved {
        view.put(saved.state, state.clock.now());
    }
    Ok(view)
}

impl SessionView {
    fn put(&mut self, session: SessionState, now: Timestamp) {
        let name = match session {
            SessionState::Cold => "cold",
            SessionState::LoggingIn { since } => {
                self.since = Some(since);
                "logging_in"
            }
            SessionState::Recovering {
                level,
                attempt,
                since,
            } => {
                (self.level, self.attempt, self.since) = (Some(level), Some(attempt), Some(since));
                "recovering"
            }
            // One that is about to be replaced lives as well.
            SessionState::Active {
                since,
                validated_at,
                ..
            }
            | SessionState::Retiring {
                since,
                validated_at,
                ..
            } => {
                (self.since, self.validated_at) = (Some(since), Some(validated_at));
                let age = now.duration_since(since).as_millis();
                // A clock that was put back makes no negative age.
                self.age_ms = Some(u64::try_from(age).unwrap_or(0));
                "active"
            }
            SessionState::Down { until, reason } => {
                (self.until, self.reason) = (Some(until), Some(reason));
                "down"
            }
            SessionState::NeedsHuman {
                reason, message, ..
            } => {
                (self.needs, self.reason) = (Some(reason), Some(message));
                "needs_human"
            }
        };
        name.clone_into(&mut self.state);
    }
}

async fn last_recovery(
    state: &ApiState,
    key: &AccountKey,
) -> Result<Option<LastRecovery>, Problem> {
    let filter = SessionHistoryFilter {
        account: Some(key.clone()),
        events: vec![SessionEventKind::RecoveryEnded],
    };
    let newest = state.store.session_history(filter, None, 1).await?.pop();
    Ok(newest.and_then(|entry| match entry.event.what {
        SessionHappening::RecoveryEnded {
            recovery,
            cause,
            verdict,
            duration_ms,
        } => Some(LastRecovery {
            at: entry.event.at,
            recovery,
            cause,
            verdict,
            duration_ms,
        }),
        _ => None,
    }))
}

async fn alerts(state: &ApiState, key: &AccountKey) -> Result<Alerts, Problem> {
    let filter = SessionHistoryFilter {
        account: Some(key.clone()),
        events: Vec::new(),
    };
    let entries = state
        .store
        .session_history(filter, None, ALERTS_LOOKED_AT)
        .await?;
    let mut alerts = Alerts::default();
    for entry in entries {
        let happening = entry.event.what;
        if shows_alive(&happening) {
            break;
        }
        match happening.severity() {
            Severity::Info => {}
            Severity::Warning => alerts.warning += 1,
            Severity::Critical => alerts.critical += 1,
        }
    }
    Ok(alerts)
}

fn shows_alive(happening: &SessionHappening) -> bool {
    match happening {
        SessionHappening::LoggedIn { .. } | SessionHappening::Validated { .. } => true,
        SessionHappening::RecoveryEnded { verdict, .. } => *verdict == RecoveryEnd::Recovered,
        _ => false,
    }
}
