//! `POST /api/sessions/{portal}/{name}/recover`, `login` and `logout`: what a person wants of a session.
//!
//! The wish is noted, and whoever keeps the session fulfils it; the event stream tells of that.

use axum::{Extension, Json, extract::State, http::StatusCode};
use formhand_store::{Deed, SessionWish};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    ApiState, Problem, account,
    names::{self, RawPath},
    openapi::Time,
    session_view::{SessionView, view},
};
use crate::access::Caller;

/// What was wished, and the session before that.
#[derive(Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "SessionWished")]
pub(crate) struct Wished {
    /// `recover`, `log_in` or `log_out`.
    #[serde(rename = "wished")]
    pub(crate) wish: SessionWish,
    /// When, by the server's clock. A recovery that fulfils it begins no earlier.
    #[schemars(with = "Time")]
    pub(crate) at: Timestamp,
    /// The session before that.
    pub(crate) session: SessionView,
}

type Answer = Result<(StatusCode, Json<Wished>), Problem>;

/// Brings the session back, whatever it looks like.
pub(crate) async fn recover(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    path: RawPath<(String, String)>,
) -> Answer {
    noted(&state, &caller, path, SessionWish::Recover).await
}

/// Logs in, unless there is a session.
pub(crate) async fn login(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    path: RawPath<(String, String)>,
) -> Answer {
    noted(&state, &caller, path, SessionWish::LogIn).await
}

/// Gives the session up.
pub(crate) async fn logout(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    path: RawPath<(String, String)>,
) -> Answer {
    noted(&state, &caller, path, SessionWish::LogOut).await
}

async fn noted(
    state: &ApiState,
    caller: &Caller,
    path: RawPath<(String, String)>,
    wish: SessionWish,
) -> Answer {
    let (portal, name) = names::text(path)?;
    let key = account::find(state, &portal, &name)?;
    if state.masterless.contains(key) {
        let why = format!(
            "each job of {key} logs in by itself (`clone: login`), so there is no session to recover, log in or log out"
        );
        return Err(Problem::refused("no_master_session", why));
    }
    // Read before the wish is noted, so that a quick keeper's work is a change against it.
    let session = view(state, key).await?;
    let at = state.clock.now();
    state
        .note(caller, Deed::WishSession(key.clone(), wish))
        .await?;
    state.store.wish_session(key, wish, at).await?;
    tracing::info!(account = %key, ?wish, caller = caller.name, "a person wants something of a session");
    Ok((StatusCode::ACCEPTED, Json(Wished { wish, at, session })))
}
