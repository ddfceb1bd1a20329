//! `POST /api/accounts/{portal}/{name}/forgive`: a person says that the credentials are right now.

use axum::{Extension, Json, extract::State};
use formhand_store::Deed;

use super::{
    ApiState, Problem, account,
    list_accounts::{AccountView, view},
    names::{self, RawPath},
};
use crate::access::Caller;

/// Forgets that the portal refused the account's credentials.
pub(crate) async fn forgive(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    path: RawPath<(String, String)>,
) -> Result<Json<AccountView>, Problem> {
    let (portal, name) = names::text(path)?;
    let key = account::find(&state, &portal, &name)?;
    state.note(&caller, Deed::Forgive(key.clone())).await?;
    state.store.forgive_account(key, state.clock.now()).await?;
    tracing::info!(account = %key, caller = caller.name, "a person vouched for an account");
    view(&state, key).await.map(Json)
}
