//! The accounts that jobs are filed under.

use std::path::PathBuf;

use formhand_domain::{AccountKey, Secret};
use url::Url;

use crate::one_time_code::TotpSecret;

/// One login of one portal.
#[derive(Debug, Clone)]
pub struct AccountSetup {
    /// Its name.
    pub key: AccountKey,
    /// The login's user name.
    pub user: String,
    /// The login's password.
    pub password: Secret,
    /// Who reads its captchas.
    pub solver: SolverSetup,
    /// Where its one-time codes come from.
    pub one_time_code: OneTimeCodeSetup,
    /// The most jobs at a time, where it is less than the portal's.
    pub max_parallel: Option<u32>,
}

/// Who reads captchas.
#[derive(Debug, Clone)]
pub enum SolverSetup {
    /// The tesseract program on this machine.
    Ocr,
    /// A program: gets the picture (PNG) on its standard input and prints the letters.
    Command {
        /// The program.
        program: PathBuf,
        /// Its arguments.
        arguments: Vec<String>,
    },
    /// A service: gets the picture (PNG) by `POST` and answers with the letters, as plain text or as
    /// `{"answer": "WXYZ"}`.
    Http {
        /// Its address. `http` only: nothing here speaks TLS.
        url: Url,
        /// Sent along as `Authorization: Bearer …`.
        token: Option<Secret>,
    },
    /// A person, through a question in the store.
    Human,
}

/// Where one-time codes come from.
#[derive(Debug, Clone, Default)]
pub enum OneTimeCodeSetup {
    /// Nowhere: an account whose portal asks for one needs a person.
    #[default]
    None,
    /// They are made of a secret and the time, as an authenticator does.
    Totp(TotpSecret),
    /// From a person, through a question in the store.
    Human,
}
