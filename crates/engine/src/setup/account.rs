//! The accounts that jobs are filed under.

use std::path::PathBuf;

use formhand_domain::{AccountKey, Secret};

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
    /// A person, through a question in the store.
    Human,
}
