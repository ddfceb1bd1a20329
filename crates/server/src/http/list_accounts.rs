//! `GET /api/accounts`: where the session of each account stands.

use axum::{Json, extract::State};
use formhand_domain::{AccountKey, AccountName, Generation, PortalName, account::SessionState};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

use super::{ApiState, Problem, openapi::Time, query::Query};

/// An account. Neither its login name nor its credentials' fingerprint is anybody's business.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "Account")]
pub(crate) struct AccountView {
    /// Its portal.
    portal: PortalName,
    /// Its name in the configuration.
    name: AccountName,
    /// `cold`, `logging_in`, `recovering`, `active`, `down` or `needs_human`.
    #[schemars(extend("enum" = ["cold", "logging_in", "recovering", "active", "down", "needs_human"]))]
    state: &'static str,
    /// How many logins it had.
    generation: Generation,
    /// Since when the session is alive.
    #[schemars(with = "Option<Time>")]
    since: Option<Timestamp>,
    /// Not before this time a login is tried again.
    #[schemars(with = "Option<Time>")]
    until: Option<Timestamp>,
    /// Why there is no session.
    reason: Option<String>,
}

/// The accounts of the configuration.
#[derive(Serialize, JsonSchema)]
pub(super) struct Accounts {
    /// In the order of the configuration.
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
