//! `GET /api/session/recovery-history`: what recoveries tried and what came of them.

use axum::{Json, extract::State};
use formhand_domain::{
    AccountKey,
    account::{AttemptResult, RecoveryLevel, SessionEventKind, SessionHappening},
};
use formhand_store::SessionHistoryFilter;
use schemars::JsonSchema;
use serde::Serialize;

use super::{
    ApiState, Problem, account, query::Query, session_page, session_view::SessionEntryView,
};

/// What recoveries tried, and what came of them.
#[derive(Serialize, JsonSchema)]
pub(super) struct RecoveryHistory {
    /// The page, newest first.
    entries: Vec<SessionEntryView>,
    /// For the next page's `before`; null on the last one.
    next: Option<u64>,
    /// All that is kept, whatever the page; at most the newest 10,000 attempts.
    levels: Vec<LevelCount>,
}

/// How often a level helped.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct LevelCount {
    /// The level.
    level: RecoveryLevel,
    /// How often it was tried.
    attempts: u32,
    /// How often there was a session afterwards.
    recovered: u32,
    /// From 0 to 1; null without attempts.
    success_rate: Option<f64>,
}

/// A page of attempts and ends of recoveries, and how often each level helped.
pub(super) async fn show(
    State(state): State<ApiState>,
    query: Query,
) -> Result<Json<RecoveryHistory>, Problem> {
    let query = query.only(&["portal", "account", "before", "limit"])?;
    let account = filtered(&state, &query)?;
    let filter = SessionHistoryFilter {
        account: account.clone(),
        events: vec![
            SessionEventKind::RecoveryAttempt,
            SessionEventKind::RecoveryEnded,
        ],
    };
    let (entries, next) = session_page::read(&state, &query, filter).await?;
    Ok(Json(RecoveryHistory {
        entries,
        next,
        levels: count(&state, account).await?,
    }))
}

fn filtered(state: &ApiState, query: &Query) -> Result<Option<AccountKey>, Problem> {
    match (query.one("portal")?, query.one("account")?) {
        (None, None) => Ok(None),
        (Some(portal), Some(name)) => account::find(state, portal, name).cloned().map(Some),
        _ => Err(Problem::bad_request(
            "invalid_parameter",
            "portal and account name an account together; give both or none",
        )),
    }
}

async fn count(state: &ApiState, account: Option<AccountKey>) -> Result<Vec<LevelCount>, Problem> {
    let mut levels: Vec<LevelCount> = RecoveryLevel::ALL
        .iter()
        .map(|level| LevelCount {
            level: *level,
            attempts: 0,
            recovered: 0,
            success_rate: None,
        })
        .collect();
    let filter = SessionHistoryFilter {
        account,
        events: vec![SessionEventKind::RecoveryAttempt],
    };
    for entry in session_page::newest(state, filter, |_| true).await? {
        add(&mut levels, &entry.event.what);
    }
    for count in &mut levels {
        count.success_rate =
            (count.attempts > 0).then(|| f64::from(count.recovered) / f64::from(count.attempts));
    }
    Ok(levels)
}

fn add(levels: &mut [LevelCount], happening: &SessionHappening) {
    let SessionHappening::RecoveryAttempt { level, result, .. } = happening else {
        return;
    };
    if let Some(count) = levels.iter_mut().find(|count| count.level == *level) {
        count.attempts += 1;
        count.recovered += u32::from(*result == AttemptResult::Recovered);
    }
}
