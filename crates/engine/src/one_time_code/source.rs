//! What every source of codes does.

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use formhand_domain::{Clock, Secret};
use formhand_store::Store;
use thiserror::Error;

use super::{
    human::Human,
    totp::{PERIOD, Totp},
};
use crate::{
    questions::{AskError, Asker, PATIENCE},
    setup::{AccountSetup, OneTimeCodeSetup},
};

/// Where the one-time codes of an account come from.
#[async_trait]
pub(crate) trait CodeSource: Send + Sync {
    /// A code of so many digits that is good now and was not given before. It may take minutes.
    async fn code(&self, digits: usize) -> Result<Secret, CodeError>;
}

/// There is no code.
#[derive(Debug, Error)]
pub(crate) enum CodeError {
    /// No person gave one.
    #[error("the one-time code was asked for: {0}")]
    Question(#[from] AskError),
    /// Such codes are not made of secrets.
    #[error("a one-time code of a secret has 6 to 8 digits, and the definition wants {0}")]
    Digits(usize),
}

/// The source that an account has, if it has one.
pub(crate) fn source_of(
    account: &AccountSetup,
    store: &Arc<dyn Store>,
    clock: &Arc<dyn Clock>,
) -> Option<Arc<dyn CodeSource>> {
    match &account.one_time_code {
        OneTimeCodeSetup::None => None,
        OneTimeCodeSetup::Totp(secret) => {
            Some(Arc::new(Totp::new(secret.clone(), Arc::clone(clock))))
        }
        OneTimeCodeSetup::Human => Some(Arc::new(Human(Asker {
            account: account.key.clone(),
            store: Arc::clone(store),
            clock: Arc::clone(clock),
        }))),
    }
}

/// How long a code of the account may take.
pub(crate) fn patience_of(account: &AccountSetup) -> Duration {
    match account.one_time_code {
        OneTimeCodeSetup::None => Duration::ZERO,
        OneTimeCodeSetup::Totp(_) => PERIOD,
        OneTimeCodeSetup::Human => PATIENCE,
    }
}
