//! One token. It is known by its hash only.
//!
//! The hash is a plain SHA-256: a token is long and random, so there is no list of likely ones to try, which is what a
//! salt and a slow hash are against.

use std::{fmt, str::FromStr};

use formhand_domain::{Secret, hex};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq as _;
use thiserror::Error;

use super::Role;

/// A shorter one could be found, given its hash.
pub const MIN_TOKEN_LENGTH: usize = 32;

/// What stands before a token that this program made, so that a scanner of leaked secrets can know one.
const PREFIX: &str = "fh_";

/// What stands before a hash in the configuration.
const SCHEME: &str = "sha256:";

/// Somebody who may ask, known by a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// For the log and the audit.
    pub name: String,
    /// What it is good for.
    pub role: Role,
    /// What it is recognised by.
    pub hash: TokenHash,
    /// When it is good for nothing any more.
    pub expires_at: Option<Timestamp>,
}

impl Token {
    /// Whether its time is over.
    pub fn is_over(&self, now: Timestamp) -> bool {
        self.expires_at.is_some_and(|at| at <= now)
    }
}

/// What is needed to recognise a token.
#[derive(Clone, PartialEq, Eq)]
pub struct TokenHash([u8; 32]);

/// A text that is no hash of a token. It does not say what was given, which may be the token itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("expected \"sha256:\" and 64 hexadecimal digits, as `formhand token create` prints them")]
pub struct NotAHash;

impl TokenHash {
    /// The hash of a token.
    pub fn of(token: &str) -> Self {
        Self(Sha256::digest(token.as_bytes()).into())
    }

    /// Whether both are of the same token. It takes the same time wherever the first difference is.
    pub fn is(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

impl fmt::Display for TokenHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(SCHEME)?;
        f.write_str(&hex(&self.0))
    }
}

impl fmt::Debug for TokenHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenHash(…)")
    }
}

impl FromStr for TokenHash {
    type Err = NotAHash;

    fn from_str(text: &str) -> Result<Self, NotAHash> {
        let digits = text.strip_prefix(SCHEME).ok_or(NotAHash)?;
        if digits.len() != 64 || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(NotAHash);
        }
        let mut hash = [0; 32];
        for (index, byte) in hash.iter_mut().enumerate() {
            let pair = digits.get(index * 2..index * 2 + 2).ok_or(NotAHash)?;
            *byte = u8::from_str_radix(pair, 16).map_err(|_| NotAHash)?;
        }
        Ok(Self(hash))
    }
}

/// Whether a token can be used: long enough, and of characters that a header can carry.
pub fn is_strong(secret: &Secret) -> bool {
    let text = secret.expose();
    text.len() >= MIN_TOKEN_LENGTH && text.bytes().all(|b| b.is_ascii_graphic())
}

/// A token of this randomness.
pub fn new_token(random: [u8; 32]) -> Secret {
    Secret::new(format!("{PREFIX}{}", hex(&random)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_whole_token_is_the_token() {
        let hash = TokenHash::of("0123456789abcdef");
        assert!(hash.is(&TokenHash::of("0123456789abcdef")));
        for other in [
            "",
            "0123456789abcde",
            "0123456789abcdef ",
            "0123456789abcdeF",
        ] {
            assert!(!hash.is(&TokenHash::of(other)), "{other:?}");
        }
    }

    #[test]
    fn a_hash_is_read_as_it_is_written() {
        let hash = TokenHash::of("a token");
        assert_eq!(hash.to_string().parse(), Ok(hash.clone()));
        for wrong in [
            "",
            "sha256:",
            "sha256:zz",
            "md5:00",
            "a token that is no hash",
        ] {
            assert_eq!(wrong.parse::<TokenHash>(), Err(NotAHash));
        }
        let umlauts = format!("sha256:{}", "ä".repeat(32));
        assert_eq!(umlauts.parse::<TokenHash>(), Err(NotAHash));
    }

    #[test]
    fn a_token_that_is_made_is_strong_and_one_that_can_be_found_is_not() {
        assert!(is_strong(&new_token([7; 32])));
        let spaced = "a long text, but with spaces in it, and more of it";
        for weak in ["", "short", "thirty-one-visible-letters-here", spaced] {
            assert!(!is_strong(&Secret::new(weak)), "{weak:?}");
        }
    }

    #[test]
    fn a_token_ends_at_its_time() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let token = Token {
            name: "anna".to_owned(),
            role: Role::Viewer,
            hash: TokenHash::of("x"),
            expires_at: Some(at("2026-01-02T00:00:00Z")),
        };
        assert!(!token.is_over(at("2026-01-01T23:59:59Z")));
        assert!(token.is_over(at("2026-01-02T00:00:00Z")));
    }
}
