//! `POST /logout`: the cookie is good for nothing any more, wherever it is.

use axum::{
    Extension,
    extract::State,
    http::{HeaderMap, header},
    response::{IntoResponse, Redirect, Response},
};

use crate::{
    access::Caller,
    http::{ApiState, cookie},
};

/// Logs out.
pub(in crate::http) async fn leave(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    headers: HeaderMap,
) -> Response {
    let is_secure = cookie::is_secure(&headers, state.access.secure_cookies());
    if let Some(id) = cookie::read(&headers, is_secure) {
        state.access.sessions().close(id);
        tracing::info!(caller = caller.name, "logged out");
    }
    let mut response = Redirect::to("/login").into_response();
    if let Some(value) = cookie::take(is_secure) {
        response.headers_mut().insert(header::SET_COOKIE, value);
    }
    response
}
