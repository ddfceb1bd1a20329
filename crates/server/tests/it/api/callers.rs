//! Who asks in these tests.

use formhand_server::access::{Role, Token, TokenHash};

use super::support::TOKEN;

/// Tokens of callers, by name. The last one expires.
const OTHERS: [(&str, &str, Role); 4] = [
    ("anna", "viewer-token-for-tests-only", Role::Viewer),
    ("ben", "operator-token-for-tests-only", Role::Operator),
    ("carla", "admin-token-for-tests-only", Role::Admin),
    ("eve", "expired-token-for-tests-only", Role::Admin),
];

/// An hour after the clock of these tests begins.
const EXPIRY: &str = "2026-01-02T04:04:05Z";

/// The token of one of them.
pub(crate) fn token_of(name: &str) -> &'static str {
    let found = OTHERS.iter().find(|(other, ..)| *other == name);
    found.map(|(_, token, _)| *token).unwrap()
}

/// All tokens, the server's own among them.
pub(super) fn tokens() -> Vec<Token> {
    let own = [("server", TOKEN, Role::Admin)];
    let token = |(name, text, role): &(&str, &str, Role)| Token {
        name: (*name).to_owned(),
        role: *role,
        hash: TokenHash::of(text),
        expires_at: (*name == "eve").then(|| EXPIRY.parse().unwrap()),
    };
    own.iter().chain(&OTHERS).map(token).collect()
}
