//! `GET /api/session/status`: whether sessions are well, in short.

use axum::{Json, extract::State};
use formhand_domain::{AccountName, Generation, PortalName};
use schemars::JsonSchema;
use serde::Serialize;

use super::{ApiState, Problem, query::Query, session_view::view};

/// How all sessions are together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Overall {
    /// Every account can work.
    Healthy,
    /// Some account cannot, or is being brought back.
    Degraded,
    /// No account can.
    Down,
}

/// How all sessions are together, and each in short.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "SessionStatus")]
pub(super) struct Status {
    /// How all of them are together.
    status: Overall,
    /// Each account.
    accounts: Vec<AccountStatus>,
}

/// An account in short.
#[derive(Serialize, JsonSchema)]
pub(super) struct AccountStatus {
    /// Its portal.
    portal: PortalName,
    /// Its name in the configuration.
    name: AccountName,
    /// Where its session stands.
    #[schemars(extend("enum" = ["cold", "logging_in", "recovering", "active", "down", "needs_human"]))]
    state: String,
    /// How many logins it had.
    generation: Generation,
}

/// The short form of all sessions.
pub(super) async fn show(
    State(state): State<ApiState>,
    query: Query,
) -> Result<Json<Status>, Problem> {
    query.only(&[])?;
    let mut accounts = Vec::with_capacity(state.accounts.len());
    for key in state.accounts.iter() {
        let session = view(&state, key).await?;
        accounts.push(AccountStatus {
            portal: session.portal,
            name: session.name,
            state: session.state,
            generation: session.generation,
        });
    }
    let states: Vec<&str> = accounts
        .iter()
        .map(|account| account.state.as_str())
        .collect();
    Ok(Json(Status {
        status: overall(&states),
        accounts,
    }))
}

/// A session that nobody needed yet, or that is logging in as it should, is well.
fn overall(states: &[&str]) -> Overall {
    let is_down = |state: &&str| matches!(*state, "down" | "needs_human");
    if !states.is_empty() && states.iter().all(is_down) {
        return Overall::Down;
    }
    let is_unwell = |state: &&str| is_down(state) || *state == "recovering";
    if states.iter().any(is_unwell) {
        return Overall::Degraded;
    }
    Overall::Healthy
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_account_that_cannot_work_degrades_and_all_of_them_are_down() {
        assert_eq!(overall(&[]), Overall::Healthy);
        assert_eq!(overall(&["active", "cold"]), Overall::Healthy);
        assert_eq!(overall(&["active", "recovering"]), Overall::Degraded);
        assert_eq!(overall(&["active", "needs_human"]), Overall::Degraded);
        assert_eq!(overall(&["down", "needs_human"]), Overall::Down);
    }
}
