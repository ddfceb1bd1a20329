//! All tokens that a server knows: its own, and those of the configuration.

use formhand_domain::Secret;

use super::ServeError;
use crate::access::{Caller, Role, Token, TokenHash};

/// The server's own token, which may do everything, and the others. No two names may be of one token.
pub(super) fn all_tokens(own: &Secret, others: &[Token]) -> Result<Vec<Token>, ServeError> {
    let own = Token {
        name: Caller::SERVER.to_owned(),
        role: Role::Admin,
        hash: TokenHash::of(own.expose()),
        expires_at: None,
    };
    let mut all = vec![own];
    for token in others {
        if let Some(same) = all.iter().find(|known| known.hash.is(&token.hash)) {
            return Err(ServeError::TokenTwice {
                one: same.name.clone(),
                other: token.name.clone(),
            });
        }
        all.push(token.clone());
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(name: &str, text: &str) -> Token {
        Token {
            name: name.to_owned(),
            role: Role::Viewer,
            hash: TokenHash::of(text),
            expires_at: None,
        }
    }

    #[test]
    fn one_token_has_one_name() {
        let own = Secret::new("own");
        let all = all_tokens(&own, &[token("anna", "a"), token("ben", "b")]).unwrap();
        assert_eq!(all.len(), 3);
        assert_eq!((all[0].name.as_str(), all[0].role), ("server", Role::Admin));
        let twice = [
            all_tokens(&own, &[token("anna", "own")]),
            all_tokens(&own, &[token("anna", "a"), token("ben", "a")]),
        ];
        let told = twice.map(|result| result.unwrap_err().to_string());
        assert_eq!(
            told,
            [
                "tokens server and anna are the same",
                "tokens anna and ben are the same"
            ]
        );
    }
}
