//! Tells the store where an account's session stands, for people and for the next process.

use std::sync::Arc;

use formhand_domain::{
    AccountKey, Clock, Failure,
    account::{BudgetRefusal, NeedsHuman, SessionState},
};
use formhand_store::Store;
use jiff::{SignedDuration, Timestamp};

use super::{KeeperSetup, NoSession};

/// The store's page of one account.
#[derive(Clone)]
pub(super) struct Register {
    pub(super) store: Arc<dyn Store>,
    pub(super) account: AccountKey,
    /// The fingerprint of user name and password.
    pub(super) credentials: String,
    clock: Arc<dyn Clock>,
    rest: SignedDuration,
}

impl Register {
    pub(super) fn of(setup: &KeeperSetup) -> Self {
        let account = &setup.account;
        let context = format!("{}\n{}", account.key, account.user);
        Self {
            store: Arc::clone(&setup.store),
            account: account.key.clone(),
            credentials: account.password.fingerprint(&context),
            clock: Arc::clone(&setup.clock),
            rest: setup.rest,
        }
    }

    pub(super) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub(super) async fn save(&self, state: SessionState) {
        if let Err(error) = self
            .store
            .save_session(&self.account, state, self.now())
            .await
        {
            // What is saved is for people to see; the session itself does not depend on it.
            tracing::warn!(account = %self.account, %error, "the session's state was not saved");
        }
    }

    /// Whether a person has said that the account is all right again.
    pub(super) async fn was_forgiven(&self) -> bool {
        let saved = self.store.session(&self.account).await;
        !matches!(saved, Ok(Some(saved)) if matches!(saved.state, SessionState::NeedsHuman { .. }))
    }

    /// Only a person can help.
    pub(super) async fn human(&self, reason: NeedsHuman, message: String) -> NoSession {
        tracing::error!(account = %self.account, ?reason, "the account needs a person");
        let credentials = self.credentials.clone();
        self.save(SessionState::NeedsHuman {
            reason,
            message: message.clone(),
            credentials,
        })
        .await;
        NoSession::Human(message)
    }

    /// No session for now.
    pub(super) async fn down(&self, failure: Failure) -> NoSession {
        let until = self
            .now()
            .saturating_add(self.rest)
            .unwrap_or(Timestamp::MAX);
        tracing::warn!(account = %self.account, code = %failure.code, step = failure.step, %until, "no session");
        self.save(SessionState::Down {
            until,
            reason: failure.message.clone(),
        })
        .await;
        NoSession::Until(until, failure.message)
    }

    /// No login may be tried.
    pub(super) async fn refused(&self, refusal: BudgetRefusal) -> NoSession {
        let words = refusal.to_string();
        match refusal {
            BudgetRefusal::RefusedBefore { .. } => {
                self.human(NeedsHuman::BadCredentials, words).await
            }
            BudgetRefusal::PersonAsked { .. } => self.human(NeedsHuman::Demand, words).await,
            BudgetRefusal::Spent { until, .. } => {
                self.save(SessionState::Down {
                    until,
                    reason: words.clone(),
                })
                .await;
                NoSession::Until(until, words)
            }
        }
    }
}
