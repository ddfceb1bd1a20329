//! `[[accounts]]`: the logins. A password never stands in the file.

use std::path::PathBuf;

use formhand_domain::{AccountKey, AccountName, PortalName};
use formhand_engine::{AccountSetup, OneTimeCodeSetup, TotpSecret, TotpSecretError};
use serde::{
    Deserialize, Deserializer,
    de::{self, IgnoredAny},
};
use thiserror::Error;

use super::here::Here;
use super::{
    one_time_code::OneTimeCodeConfig,
    secret::{SecretError, SecretSource},
    solver::SolverConfig,
    text::Count,
};

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
    solver: SolverConfig,
    #[serde(default)]
    one_time_code: OneTimeCodeConfig,
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
    pub password: SecretSource,
    /// Who reads its captchas.
    pub solver: SolverConfig,
    /// Where its one-time codes come from.
    pub one_time_code: OneTimeCodeConfig,
    /// The most jobs at a time, where it is less than the portal's.
    pub max_parallel: Option<u32>,
}

/// A secret of an account is not there, or is none.
#[derive(Debug, Error)]
pub enum AccountError {
    /// The password.
    #[error("no password: {0}")]
    Password(#[source] SecretError),
    /// The captcha service's token.
    #[error("no token for its captcha service: {0}")]
    Token(#[source] SecretError),
    /// What its one-time codes are made of.
    #[error("no secret for its one-time codes: {0}")]
    Totp(#[source] SecretError),
    /// The same.
    #[error("a secret that makes no one-time codes: {0}")]
    NoTotp(#[from] TotpSecretError),
}

impl AccountSection {
    /// The account, or what is contradictory about it.
    pub(super) fn resolve(self, folder: &Here) -> Result<AccountConfig, String> {
        let key = AccountKey {
            portal: self.portal,
            account: self.name,
        };
        let password = match (self.password_env, self.password_file) {
            (Some(name), None) => SecretSource::Variable(name),
            (None, Some(file)) => SecretSource::File(file).under(folder),
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
            solver: self.solver.under(folder),
            one_time_code: self.one_time_code.under(folder),
            max_parallel: self.max_parallel.map(|count| count.0),
        })
    }
}

impl AccountConfig {
    /// The account with its secrets.
    pub fn setup(&self) -> Result<AccountSetup, AccountError> {
        Ok(AccountSetup {
            key: self.key.clone(),
            user: self.user.clone(),
            password: self.password.read().map_err(AccountError::Password)?,
            solver: self.solver.setup().map_err(AccountError::Token)?,
            one_time_code: match &self.one_time_code {
                OneTimeCodeConfig::None => OneTimeCodeSetup::None,
                OneTimeCodeConfig::Human => OneTimeCodeSetup::Human,
                OneTimeCodeConfig::Totp(secret) => {
                    let secret = secret.read().map_err(AccountError::Totp)?;
                    OneTimeCodeSetup::Totp(TotpSecret::read(&secret)?)
                }
            },
            max_parallel: self.max_parallel,
        })
    }

    /// Where its secrets are.
    pub fn secrets(&self) -> impl Iterator<Item = &SecretSource> {
        let others = self.solver.token().into_iter();
        std::iter::once(&self.password).chain(others.chain(self.one_time_code.secret()))
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
