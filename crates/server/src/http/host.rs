//! Only requests that mean this server: a page of another origin cannot reach it by DNS rebinding.

use std::net::IpAddr;

use axum::{
    extract::{Request, State},
    http::{StatusCode, header, uri::Authority},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::{ApiState, Problem};

/// Lets pass what names this server. An IP address cannot be rebound, so every one of them is fine.
pub(super) async fn check(State(state): State<ApiState>, request: Request, next: Next) -> Response {
    let given = request
        .headers()
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    let host = given.and_then(|text| text.parse::<Authority>().ok());
    let Some(host) = host else {
        return Problem::bad_request("no_host", "the request needs a Host header").into_response();
    };
    if is_ours(host.host(), state.access.hosts()) {
        return next.run(request).await;
    }
    Problem::new(
        StatusCode::MISDIRECTED_REQUEST,
        "unknown_host",
        "this server is not known by that name; add it to `hosts` in formhand.toml",
    )
    .into_response()
}

fn is_ours(host: &str, names: &[String]) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    bare.parse::<IpAddr>().is_ok()
        || host.eq_ignore_ascii_case("localhost")
        || names.iter().any(|name| name.eq_ignore_ascii_case(host))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_another_could_point_here_is_refused() {
        let names = vec!["forms.example".to_owned()];
        for ours in [
            "localhost",
            "127.0.0.1",
            "[::1]",
            "10.1.2.3",
            "Forms.Example",
        ] {
            assert!(is_ours(ours, &names), "{ours}");
        }
        for other in [
            "evil.example",
            "127.0.0.1.evil.example",
            "localhost.evil.example",
            "",
        ] {
            assert!(!is_ours(other, &names), "{other}");
        }
    }
}
