//! Who may ask: whoever holds the token.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use formhand_domain::Secret;
use sha2::{Digest, Sha256};

use super::{ApiState, Problem};

/// The rules of access.
#[derive(Clone)]
pub struct Access {
    token: Token,
    open_reads: bool,
    hosts: Arc<[String]>,
}

impl Access {
    /// Access with this token. `open_reads` lets everyone who can connect read; the caller has made sure that only
    /// this machine can. `hosts` are names of this server beside `localhost` and IP addresses.
    pub fn new(token: Token, open_reads: bool, hosts: Vec<String>) -> Self {
        Self {
            token,
            open_reads,
            hosts: hosts.into(),
        }
    }

    pub(super) fn hosts(&self) -> &[String] {
        &self.hosts
    }
}

/// A token, known only by its hash.
#[derive(Clone)]
pub struct Token([u8; 32]);

impl Token {
    /// Keeps what is needed to recognise the token.
    pub fn new(secret: &Secret) -> Self {
        Self(Sha256::digest(secret.expose().as_bytes()).into())
    }

    /// Whether this is the token. Takes the same time wherever the first difference is: hashes are compared, and
    /// all of their bytes.
    fn is(&self, given: &str) -> bool {
        let given: [u8; 32] = Sha256::digest(given.as_bytes()).into();
        let differences = self
            .0
            .iter()
            .zip(given)
            .fold(0, |sum, (ours, theirs)| sum | (ours ^ theirs));
        differences == 0
    }
}

/// Lets pass who may ask.
pub(super) async fn check(State(state): State<ApiState>, request: Request, next: Next) -> Response {
    let open = matches!(request.uri().path(), "/livez" | "/readyz");
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    if open || (reads && state.access.open_reads) {
        return next.run(request).await;
    }
    match bearer(&request) {
        Some(given) if state.access.token.is(given) => next.run(request).await,
        Some(_) => unauthorized("this is not the server's token"),
        None => unauthorized("send the server's token: Authorization: Bearer TOKEN"),
    }
}

fn bearer(request: &Request) -> Option<&str> {
    let value = request
        .headers()
        .get(header::AUTHORIZATION)?
        .to_str()
        .ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

fn unauthorized(detail: &str) -> Response {
    let mut response =
        Problem::new(StatusCode::UNAUTHORIZED, "unauthorized", detail).into_response();
    response.headers_mut().insert(
        header::WWW_AUTHENTICATE,
        HeaderValue::from_static("Bearer realm=\"formhand\""),
    );
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_whole_token_is_the_token() {
        let token = Token::new(&Secret::new("0123456789abcdef"));
        assert!(token.is("0123456789abcdef"));
        for other in [
            "",
            "0123456789abcde",
            "0123456789abcdef ",
            "0123456789abcdeF",
        ] {
            assert!(!token.is(other), "{other:?}");
        }
    }
}
