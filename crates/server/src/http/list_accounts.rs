//! `GET /api/accounts`: where the session of each account stands.

use axum::{Json, extract::State};
use formhand_domain::{AccountKey, AccountName, Generation, PortalName, account::SessionState};
use jiff::Timestamp;
use serde::Serialize;

use super::{ApiState, Problem, query::Query};

/// An account. Neither its login name nor its credentials' fingerprint is anybody's business.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AccountView {
    portal: PortalName,
    name: AccountName,
    /// `cold`, `logging_in`, `active`, `down` or `needs_human`.
    state: &'static str,
    /// How many logins it had.
    generation: Generation,
    /// Since when the session is alive.
    since: Option<Timestamp>,
    /// Not before this time a login is tried again.
    until: Option<Timestamp>,
    /// Why there is no session.
    reason: Option<String>,
}

#[derive(Serialize)]
pub(super) struct Accounts {
    accounts: Vec<AccountView>,
}

/// All accounts of the configuration.
pub(super) async fn list(
    State(state): State<ApiState>,
    query: Query,
) -> Result<Json<Accounts>, Problem> {
    query.only(&[])?;
    let mut accounts = Vec::with_capacity(state.accounts.len());
    for key in state.accounts.iter() {
        accounts.push(view(&state, key).await?);
    }
    Ok(Json(Accounts { accounts }))
}

/// One account.
pub(super) async fn view(state: &ApiState, key: &AccountKey) -> Result<AccountView, Problem> {
    let saved = state.store.session(key).await?;
    let generation = saved
        .as_ref()
        .map(|saved| saved.generation)
        .unwrap_or_default();
    let session = saved.map_or(SessionState::Cold, |saved| saved.state);
    let (name, since, until, reason) = match session {
        SessionState::Cold => ("cold", None, None, None),
        SessionState::LoggingIn { since } => ("logging_in", Some(since), None, None),
        SessionState::Recovering { since, .. } => ("recovering", Some(since), None, None),
        SessionState::Active { since, .. } | SessionState::Retiring { since, .. } => {
            ("active", Some(since), None, None)
        }
        SessionState::Down { until, reason } => ("down", None, Some(until), Some(reason)),
        SessionState::NeedsHuman { message, .. } => ("needs_human", None, None, Some(message)),
    };
    Ok(AccountView {
        portal: key.portal.clone(),
        name: key.account.clone(),
        state: name,
        generation,
        since,
        until,
        reason,
    })
}
