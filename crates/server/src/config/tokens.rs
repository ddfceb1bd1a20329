//! `[[tokens]]`: who else may use the API. A token itself never stands in the file.

use std::{path::PathBuf, str::FromStr};

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde::{
    Deserialize, Deserializer,
    de::{self, IgnoredAny},
};
use thiserror::Error;

use super::here::Here;
use super::{
    secret::{SecretError, SecretSource},
    text::{Example, Text},
};
use crate::access::{Caller, MIN_TOKEN_LENGTH, Role, Token, TokenHash, is_strong};

/// Longer than any name of a person or a program.
const LONGEST_NAME: usize = 40;

/// These mean something else in the log and the audit.
const TAKEN: [&str; 5] = [Caller::SERVER, Caller::LOCAL, "nobody", "queue", "worker"];

/// A token as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TokenSection {
    name: Text<Name>,
    role: Role,
    hash: Option<Hash>,
    env: Option<String>,
    file: Option<PathBuf>,
    expires: Option<Text<Expiry>>,
    // Known only to be refused with the reason.
    #[serde(default)]
    #[expect(dead_code, reason = "it can never be there: reading it is an error")]
    token: Option<NeverHere>,
}

/// Somebody who may use the API.
#[derive(Debug, Clone)]
pub struct TokenConfig {
    /// For the log and the audit.
    pub name: String,
    /// What the token is good for.
    pub role: Role,
    /// What it is recognised by, or where it is.
    pub place: TokenPlace,
    /// When it is good for nothing any more.
    pub expires_at: Option<Timestamp>,
}

/// What a token is recognised by, or where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TokenPlace {
    /// Its hash. The token itself is with its holder alone.
    Hash(TokenHash),
    /// Somewhere on this machine.
    Secret(SecretSource),
}

/// A token cannot be used.
#[derive(Debug, Error)]
pub enum TokenError {
    /// It is not where it should be.
    #[error("is not there: {0}")]
    Missing(#[from] SecretError),
    /// It could be found by whoever tries.
    #[error("is not usable: expected at least {MIN_TOKEN_LENGTH} visible ASCII characters")]
    Weak,
}

impl TokenSection {
    /// The token, or what is contradictory about it.
    pub(super) fn resolve(self, folder: &Here) -> Result<TokenConfig, String> {
        let Text(Name(name)) = self.name;
        let place = match (self.hash, self.env, self.file) {
            (Some(Hash(hash)), None, None) => TokenPlace::Hash(hash),
            (None, Some(variable), None) => TokenPlace::Secret(SecretSource::Variable(variable)),
            (None, None, Some(file)) => TokenPlace::Secret(SecretSource::File(file).under(folder)),
            (None, None, None) => {
                return Err(format!(
                    "token {name} has no hash: expected hash, env or file"
                ));
            }
            _ => {
                return Err(format!(
                    "token {name} has more than one of hash, env and file: expected one of them"
                ));
            }
        };
        Ok(TokenConfig {
            name,
            role: self.role,
            place,
            expires_at: self.expires.map(|Text(Expiry(at))| at),
        })
    }
}

impl TokenConfig {
    /// The token as the server knows it.
    pub fn token(&self) -> Result<Token, TokenError> {
        let hash = match &self.place {
            TokenPlace::Hash(hash) => hash.clone(),
            TokenPlace::Secret(source) => {
                let secret = source.read()?;
                if !is_strong(&secret) {
                    return Err(TokenError::Weak);
                }
                TokenHash::of(secret.expose())
            }
        };
        Ok(Token {
            name: self.name.clone(),
            role: self.role,
            hash,
            expires_at: self.expires_at,
        })
    }
}

/// Whether a token may be called that.
pub(crate) fn is_name(text: &str) -> bool {
    let fits = (1..=LONGEST_NAME).contains(&text.len());
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || b"-_.@".contains(&b);
    fits && text.bytes().all(is_plain) && !TAKEN.contains(&text)
}

/// What a name is, for messages.
pub(crate) const NAME_EXPECTED: &str = "1 to 40 letters, digits, \"-\", \"_\", \".\" or \"@\" such as \"anna\", and none \
                                        of server, local, nobody, queue and worker";

/// A moment, or a day: then its beginning in UTC.
pub(crate) fn moment(text: &str) -> Option<Timestamp> {
    if let Ok(date) = text.parse::<Date>()
        && text.len() == "2027-01-31".len()
    {
        return TimeZone::UTC.to_timestamp(date.at(0, 0, 0, 0)).ok();
    }
    text.parse().ok()
}

/// What a moment is, for messages.
pub(crate) const MOMENT_EXPECTED: &str = "a day such as \"2027-01-31\", which is its beginning in UTC, or a moment such as \
                                          \"2027-01-31T18:00:00Z\"";

struct Name(String);

impl FromStr for Name {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        is_name(text).then(|| Self(text.to_owned())).ok_or(())
    }
}

impl Example for Name {
    const EXPECTED: &'static str = NAME_EXPECTED;
}

struct Expiry(Timestamp);

impl FromStr for Expiry {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        moment(text).map(Self).ok_or(())
    }
}

impl Example for Expiry {
    const EXPECTED: &'static str = MOMENT_EXPECTED;
}

/// Whatever else is written in its place may be the token itself, and is not repeated.
struct Hash(TokenHash);

impl<'de> Deserialize<'de> for Hash {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map(Self).map_err(de::Error::custom)
    }
}

/// A key that must not be there.
struct NeverHere;

impl<'de> Deserialize<'de> for NeverHere {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(IgnoredAny)?;
        Err(de::Error::custom(
            "a token must not stand in this file, which is copied and shown around: use hash = \"sha256:…\", as \
             `formhand token create` prints it, or env = \"VARIABLE\" or file = \"PATH\"",
        ))
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{super::Config, *};

    fn read(text: &str) -> Result<Vec<TokenConfig>, String> {
        let defaults = Config::defaults().unwrap();
        let config = defaults.with(Path::new("conf/formhand.toml"), text);
        config
            .map(|config| config.tokens)
            .map_err(|error| error.to_string())
    }

    fn one(lines: &str) -> Result<TokenConfig, String> {
        read(&format!(
            "[[tokens]]\nname = \"anna\"\nrole = \"viewer\"\n{lines}"
        ))
        .map(|mut tokens| tokens.remove(0))
    }

    #[test]
    fn a_token_is_known_by_its_hash_or_is_elsewhere() {
        let hash = TokenHash::of("x");
        let token = one(&format!("hash = \"{hash}\"\nexpires = \"2027-01-31\"\n")).unwrap();
        assert_eq!((token.name.as_str(), token.role), ("anna", Role::Viewer));
        assert_eq!(token.place, TokenPlace::Hash(hash));
        let end = token.expires_at.unwrap().to_string();
        assert_eq!(end, "2027-01-31T00:00:00Z");
        let token = one("file = \"s/anna\"").unwrap();
        let file = SecretSource::File("conf/s/anna".into());
        assert_eq!(token.place, TokenPlace::Secret(file));
        assert!(matches!(token.token(), Err(TokenError::Missing(_))));
    }

    #[test]
    fn kf43_a_token_in_the_file_is_refused_and_not_repeated() {
        for line in [
            "token = \"correct-horse\"",
            "hash = \"correct-horse\"",
            "hash = \"sha256:correct-horse\"",
        ] {
            let told = one(line).unwrap_err();
            assert!(!told.contains("horse"), "{told}");
        }
        insta::assert_snapshot!(one("hash = \"correct-horse\"").unwrap_err(), @r#"
        conf/formhand.toml:4:8: expected "sha256:" and 64 hexadecimal digits, as `formhand token create` prints them
          |
        4 | hash = …
          |        ^
        "#);
    }

    #[test]
    fn what_is_wrong_with_a_token_is_said_with_what_would_be_right() {
        let wrong = [
            one(""),
            one("env = \"A\"\nfile = \"b\""),
            one("env = \"A\"\nexpires = \"soon\""),
        ];
        let told: Vec<_> = wrong.into_iter().map(Result::unwrap_err).collect();
        insta::assert_snapshot!(told.join("\n"), @r#"
        conf/formhand.toml: token anna has no hash: expected hash, env or file
        conf/formhand.toml: token anna has more than one of hash, env and file: expected one of them
        conf/formhand.toml:5:11: "soon" is not valid: expected a day such as "2027-01-31", which is its beginning in UTC, or a moment such as "2027-01-31T18:00:00Z"
          |
        5 | expires = "soon"
          |           ^^^^^^
        "#);
        let named =
            |name: &str| format!("[[tokens]]\nname = \"{name}\"\nrole = \"admin\"\nenv = \"A\"\n");
        insta::assert_snapshot!(read(&named("server")).unwrap_err(), @r#"
        conf/formhand.toml:2:8: "server" is not valid: expected 1 to 40 letters, digits, "-", "_", "." or "@" such as "anna", and none of server, local, nobody, queue and worker
          |
        2 | name = "server"
          |        ^^^^^^^^
        "#);
        let twice = format!("{}{}", named("anna"), named("anna"));
        insta::assert_snapshot!(read(&twice).unwrap_err(), @"conf/formhand.toml: token anna is there twice");
        insta::assert_snapshot!(read(&named("anna").replace("admin", "root")).unwrap_err(), @r#"
        conf/formhand.toml:3:8: unknown variant `root`, expected one of `viewer`, `operator`, `admin`
          |
        3 | role = "root"
          |        ^^^^^^
        "#);
    }
}
