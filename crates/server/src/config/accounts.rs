//! `[[accounts]]`: the logins. A password never stands in the file.

use std::{
    fmt, fs, io,
    path::{Path, PathBuf},
};

use formhand_domain::{AccountKey, AccountName, PortalName, Secret};
use formhand_engine::{AccountSetup, SolverSetup};
use serde::{
    Deserialize, Deserializer,
    de::{self, IgnoredAny, MapAccess, Visitor},
};
use thiserror::Error;

use super::text::Count;

/// An account as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AccountSection {
    portal: PortalName,
    name: AccountName,
    user: String,
    password_env: Option<String>,
    password_file: Option<PathBuf>,
    // Known only to be refused with the reason.
    #[serde(default)]
    #[expect(dead_code, reason = "it can never be there: reading it is an error")]
    password: Option<NeverHere>,
    #[serde(default)]
    solver: Solver,
    max_parallel: Option<Count<64>>,
}

/// One login of one portal.
#[derive(Debug, Clone)]
pub struct AccountConfig {
    /// Its name.
    pub key: AccountKey,
    /// The login's user name.
    pub user: String,
    /// Where its password is.
    pub password: PasswordSource,
    /// Who reads its captchas.
    pub solver: SolverSetup,
    /// The most jobs at a time, where it is less than the portal's.
    pub max_parallel: Option<u32>,
}

/// Where a password is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PasswordSource {
    /// In this variable of the environment.
    Variable(String),
    /// In this file; a line break at its end is no part of it.
    File(PathBuf),
}

/// A password is not there.
#[derive(Debug, Error)]
pub enum PasswordError {
    /// The variable is not set.
    #[error("the environment has no variable {0}, or it is empty")]
    NoVariable(String),
    /// The file cannot be read.
    #[error("cannot read {}: {source}", file.display())]
    NoFile {
        /// The file.
        file: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file holds nothing.
    #[error("{} is empty", .0.display())]
    Empty(PathBuf),
}

impl AccountSection {
    /// The account, or what is contradictory about it.
    pub(super) fn resolve(self, folder: &Path) -> Result<AccountConfig, String> {
        let key = AccountKey {
            portal: self.portal,
            account: self.name,
        };
        let password = match (self.password_env, self.password_file) {
            (Some(name), None) => PasswordSource::Variable(name),
            (None, Some(file)) => PasswordSource::File(folder.join(file)),
            (Some(_), Some(_)) => {
                return Err(format!(
                    "account {key} has password_env and password_file: expected one of them"
                ));
            }
            (None, None) => {
                return Err(format!(
                    "account {key} has no password: expected password_env or password_file"
                ));
            }
        };
        Ok(AccountConfig {
            key,
            user: self.user,
            password,
            solver: self.solver.0,
            max_parallel: self.max_parallel.map(|count| count.0),
        })
    }
}

impl AccountConfig {
    /// The account with its password.
    pub fn setup(&self) -> Result<AccountSetup, PasswordError> {
        Ok(AccountSetup {
            key: self.key.clone(),
            user: self.user.clone(),
            password: self.password.read()?,
            solver: self.solver.clone(),
            max_parallel: self.max_parallel,
        })
    }
}

impl PasswordSource {
    /// Reads the password.
    pub fn read(&self) -> Result<Secret, PasswordError> {
        match self {
            Self::Variable(name) => std::env::var(name)
                .ok()
                .filter(|text| !text.is_empty())
                .map(Secret::new)
                .ok_or_else(|| PasswordError::NoVariable(name.clone())),
            Self::File(file) => {
                let text = fs::read_to_string(file).map_err(|source| PasswordError::NoFile {
                    file: file.clone(),
                    source,
                })?;
                let text = text.trim_end_matches(['\r', '\n']);
                if text.is_empty() {
                    return Err(PasswordError::Empty(file.clone()));
                }
                Ok(Secret::new(text))
            }
        }
    }
}

/// A key that must not be there.
struct NeverHere;

impl<'de> Deserialize<'de> for NeverHere {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(IgnoredAny)?;
        Err(de::Error::custom(
            "a password must not stand in this file, which is copied and shown around: \
             use password_env = \"VARIABLE\" or password_file = \"PATH\"",
        ))
    }
}

/// `"ocr"`, `"human"` or `{ command = ["program", "argument"] }`.
struct Solver(SolverSetup);

impl Default for Solver {
    fn default() -> Self {
        Self(SolverSetup::Ocr)
    }
}

impl<'de> Deserialize<'de> for Solver {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(SolverVisitor).map(Self)
    }
}

struct SolverVisitor;

impl<'de> Visitor<'de> for SolverVisitor {
    type Value = SolverSetup;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(r#""ocr", "human" or { command = ["program", "argument"] }"#)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<SolverSetup, E> {
        match text {
            "ocr" => Ok(SolverSetup::Ocr),
            "human" => Ok(SolverSetup::Human),
            other => Err(E::invalid_value(de::Unexpected::Str(other), &self)),
        }
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<SolverSetup, M::Error> {
        match map.next_key::<String>()?.as_deref() {
            Some("command") => {}
            Some(other) => return Err(de::Error::unknown_field(other, &["command"])),
            None => return Err(de::Error::missing_field("command")),
        }
        let mut words: Vec<String> = map.next_value()?;
        if let Some(other) = map.next_key::<String>()? {
            return Err(de::Error::unknown_field(&other, &["command"]));
        }
        if words.is_empty() {
            return Err(de::Error::invalid_length(0, &"a program and its arguments"));
        }
        let arguments = words.split_off(1);
        Ok(SolverSetup::Command {
            program: words.swap_remove(0).into(),
            arguments,
        })
    }
}
