//! `POST /login`: a token becomes a cookie.

use axum::{
    body::Bytes,
    extract::{Request, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use jiff::SignedDuration;

use super::{next, page};
use crate::{
    access::{Place, Refusal},
    http::{
        ApiState, Problem, address, cookie, forgery, guard,
        origin::{Sender, sender},
    },
};

/// No form of ours is larger.
const FORM_LIMIT_BYTES: usize = 8 * 1024;

/// What the form says.
#[derive(Default)]
struct Form {
    token: String,
    next: String,
}

/// Logs in. A page of another site cannot: it would log somebody in as somebody else.
pub(in crate::http) async fn enter(
    State(state): State<ApiState>,
    request: Request,
) -> Result<Response, Problem> {
    if sender(request.headers()) == Sender::Foreign {
        return Err(forgery::foreign());
    }
    let place = address::place(&request, &state.access);
    let headers = request.headers().clone();
    let body = axum::body::to_bytes(request.into_body(), FORM_LIMIT_BYTES).await;
    let body = body.map_err(|_| {
        let detail = "the form cannot be read, or is larger than 8 KiB";
        Problem::bad_request("malformed_body", detail)
    })?;
    Ok(log_in(&state, place, &headers, &Form::read(&body)))
}

fn log_in(state: &ApiState, place: Place, headers: &HeaderMap, form: &Form) -> Response {
    let access = &state.access;
    let now = state.clock.now();
    let next = next::local(&form.next);
    if let Err(wait) = access.attempts().begin(place, now) {
        tracing::warn!(code = "login_limited", "too many logins failed");
        return limited(&next, wait);
    }
    let token = match access.tokens().find(form.token.trim(), now) {
        Ok(token) => token,
        Err(refusal) => {
            tracing::warn!(code = "login_failed", "a login failed");
            return refused(&next, &refusal);
        }
    };
    access.attempts().succeeded(place);
    let is_secure = cookie::is_secure(headers, access.secure_cookies());
    // A login that the browser had before ends with the new one.
    if let Some(old) = cookie::read(headers, is_secure) {
        access.sessions().close(old);
    }
    tracing::info!(caller = token.name, role = %token.role, "logged in");
    let opened = access.sessions().open(token, now, rand::random());
    let mut response = Redirect::to(&next).into_response();
    if let Some(value) = cookie::give(&opened.id, opened.life, is_secure) {
        response.headers_mut().insert(header::SET_COOKIE, value);
    }
    response
}

fn refused(next: &str, refusal: &Refusal) -> Response {
    let why = match refusal {
        Refusal::Unknown => "This is not a token of this server.".to_owned(),
        Refusal::Over { name } => format!("The time of token {name} is over."),
    };
    (StatusCode::UNAUTHORIZED, page::page(next, Some(&why))).into_response()
}

fn limited(next: &str, wait: SignedDuration) -> Response {
    let seconds = guard::seconds(wait);
    let why = format!("Too many logins failed. Try again in {seconds} seconds.");
    let status = StatusCode::TOO_MANY_REQUESTS;
    let mut response = (status, page::page(next, Some(&why))).into_response();
    response
        .headers_mut()
        .insert(header::RETRY_AFTER, seconds.into());
    response
}

impl Form {
    fn read(body: &Bytes) -> Self {
        let mut form = Self::default();
        for (name, value) in url::form_urlencoded::parse(body) {
            match &*name {
                "token" => form.token = value.into_owned(),
                "next" => form.next = value.into_owned(),
                _ => {}
            }
        }
        form
    }
}
