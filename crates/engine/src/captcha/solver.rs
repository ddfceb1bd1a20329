//! What every solver does.

use std::sync::Arc;

use async_trait::async_trait;
use formhand_domain::Clock;
use formhand_store::Store;
use thiserror::Error;

use super::{
    Picture,
    command::Command,
    http::{self, Http, ServiceError},
    human::Human,
    ocr::Ocr,
};
use crate::{
    questions::{AskError, Asker},
    setup::{AccountSetup, SolverSetup},
};

/// Reads captcha pictures. An answer has passed [`Picture::accept`].
#[async_trait]
pub(crate) trait Solver: Send + Sync {
    /// The letters of the picture.
    async fn solve(&self, picture: &Picture) -> Result<String, SolveError>;
}

/// A picture was not read.
#[derive(Debug, Error)]
pub(crate) enum SolveError {
    /// The picture itself is broken.
    #[error("the captcha picture is broken: {0}")]
    Picture(String),
    /// The answer cannot be right.
    #[error("the captcha was read as {length} characters; it shows {wanted} of {alphabet}")]
    Implausible {
        /// How many characters the answer has.
        length: usize,
        /// How many it must have.
        wanted: usize,
        /// Which characters there can be.
        alphabet: String,
    },
    /// The program did not run.
    #[error("the captcha reader {program} failed: {why}")]
    Program {
        /// The program.
        program: String,
        /// Why.
        why: String,
    },
    /// The service did not answer.
    #[error("the captcha service at {service} failed: {source}")]
    Service {
        /// Its origin; the rest of its address may hold a key.
        service: String,
        /// Why.
        source: ServiceError,
    },
    /// No person answered.
    #[error("the captcha question has no answer: {0}")]
    Question(#[from] AskError),
}

/// The solver that an account asks for.
pub(crate) fn solver_of(
    account: &AccountSetup,
    store: &Arc<dyn Store>,
    clock: &Arc<dyn Clock>,
) -> Arc<dyn Solver> {
    match &account.solver {
        SolverSetup::Ocr => Arc::new(Ocr),
        SolverSetup::Command { program, arguments } => Arc::new(Command {
            program: program.clone(),
            arguments: arguments.clone(),
        }),
        SolverSetup::Http { url, token } => Arc::new(Http {
            url: url.clone(),
            token: token.clone(),
            limit: http::LIMIT,
        }),
        SolverSetup::Human => Arc::new(Human(Asker {
            account: account.key.clone(),
            store: Arc::clone(store),
            clock: Arc::clone(clock),
        })),
    }
}
