//! All tokens of a server.

use std::sync::Arc;

use jiff::Timestamp;

use super::{Token, TokenHash};

/// All tokens of a server.
pub struct Tokens(Vec<Arc<Token>>);

/// A token is good for nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// There is no such token.
    Unknown,
    /// There was: it is this one, and its time is over. Only its holder can learn that.
    Over {
        /// Its name.
        name: String,
    },
}

impl Tokens {
    /// These.
    pub fn new(tokens: Vec<Token>) -> Self {
        Self(tokens.into_iter().map(Arc::new).collect())
    }

    /// The token that was given. All of them are compared, whichever it is.
    pub fn find(&self, given: &str, now: Timestamp) -> Result<Arc<Token>, Refusal> {
        let given = TokenHash::of(given);
        let mut found = None;
        for token in &self.0 {
            if token.hash.is(&given) {
                found = Some(token);
            }
        }
        match found {
            None => Err(Refusal::Unknown),
            Some(token) if token.is_over(now) => Err(Refusal::Over {
                name: token.name.clone(),
            }),
            Some(token) => Ok(Arc::clone(token)),
        }
    }

    /// Whether the token of this name is still good.
    pub fn is_good(&self, name: &str, now: Timestamp) -> bool {
        let mut tokens = self.0.iter();
        tokens.any(|token| token.name == name && !token.is_over(now))
    }
}

#[cfg(test)]
mod tests {
    use super::{super::Role, *};

    #[test]
    fn a_token_is_found_until_its_time_is_over() {
        let start: Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
        let end: Timestamp = "2026-02-01T00:00:00Z".parse().unwrap();
        let token = |name: &str, expires_at| Token {
            name: name.to_owned(),
            role: Role::Viewer,
            hash: TokenHash::of(name),
            expires_at,
        };
        let tokens = Tokens::new(vec![token("anna", Some(end)), token("ben", None)]);
        assert_eq!(tokens.find("anna", start).unwrap().name, "anna");
        assert_eq!(
            tokens.find("anna", end),
            Err(Refusal::Over {
                name: "anna".to_owned()
            })
        );
        assert_eq!(tokens.find("ben", end).unwrap().name, "ben");
        assert!(tokens.is_good("anna", start) && !tokens.is_good("anna", end));
        assert_eq!(tokens.find("carl", end), Err(Refusal::Unknown));
    }
}
