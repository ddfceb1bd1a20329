//! `POST /api/accounts/{portal}/{name}/forgive`: a person says that the credentials are right now.

use axum::{Json, extract::State};

use super::{
    ApiState, Problem,
    list_accounts::{AccountView, view},
    names::{self, RawPath},
};

/// Forgets that the portal refused the account's credentials.
pub(super) async fn forgive(
    State(state): State<ApiState>,
    path: RawPath<(String, String)>,
) -> Result<Json<AccountView>, Problem> {
    let (portal, name) = names::text(path)?;
    let key = state
        .accounts
        .iter()
        .find(|key| key.portal.as_str() == portal && key.account.as_str() == name)
        .ok_or_else(|| unknown(&state, &portal, &name))?;
    state.store.forgive_account(key, state.clock.now()).await?;
    tracing::info!(account = %key, "a person vouched for an account");
    view(&state, key).await.map(Json)
}

fn unknown(state: &ApiState, portal: &str, name: &str) -> Problem {
    let known: Vec<String> = state.accounts.iter().map(ToString::to_string).collect();
    let known = if known.is_empty() {
        "none".to_owned()
    } else {
        known.join(", ")
    };
    let given: String = format!("{portal}/{name}").chars().take(80).collect();
    Problem::not_found(
        "account",
        format!("there is no account {given:?}; there is {known}"),
    )
}
