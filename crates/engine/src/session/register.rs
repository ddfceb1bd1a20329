//! Tells the store where an account's session stands and what happened to it, for people and for the next process.

use std::sync::Arc;

use formhand_domain::{
    AccountKey, Clock, Failure, Generation, NodeId,
    account::{
        BudgetRefusal, Life, LoginResult, NeedsHuman, SessionEvent, SessionEventKind,
        SessionHappening, SessionState, Severity, lives_of,
    },
};
use formhand_store::{
    LoginTicket, SavedSession, SealedCopy, SessionHistoryFilter, SessionWish, Store, StoreError,
};
use jiff::{SignedDuration, Timestamp};

use super::{
    Fault, KeeperSetup, NoSession,
    right::Pen,
    unsaved::{self, Unsaved, Word},
};

/// Lives are short of nothing that more of these events could tell.
const EVENTS_OF_LIVES: u32 = 500;

/// The store's page of one account.
#[derive(Clone)]
pub(super) struct Register {
    pub(super) store: Arc<dyn Store>,
    pub(super) account: AccountKey,
    /// The fingerprint of user name and password.
    pub(super) credentials: String,
    pub(super) node: NodeId,
    /// What is written is written under the right that this holds.
    pub(super) pen: Pen,
    /// What the store is told again.
    pub(super) unsaved: Unsaved,
    clock: Arc<dyn Clock>,
}

impl Register {
    pub(super) fn of(setup: &KeeperSetup) -> Self {
        let account = &setup.account;
        let context = format!("{}\n{}", account.key, account.user);
        Self {
            store: Arc::clone(&setup.store),
            account: account.key.clone(),
            credentials: account.password.fingerprint(&context),
            node: setup.sharing.node.clone(),
            pen: Pen::default(),
            unsaved: Unsaved::default(),
            clock: Arc::clone(&setup.clock),
        }
    }

    pub(super) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Says where the session stands. The session itself does not depend on it; people and other servers do.
    pub(super) async fn save(&self, state: SessionState) {
        let (account, keeper) = (&self.account, self.pen.token());
        let saved = self
            .store
            .save_session(account, keeper, state.clone(), self.now())
            .await;
        let not = "the session's state was not saved";
        self.said(&self.unsaved.state, state, saved, not);
    }

    /// Shares what clones are made of. The other servers wait for it.
    pub(super) async fn share(&self, copy: SealedCopy) {
        let Some(keeper) = self.pen.token() else {
            return;
        };
        let shared = self
            .store
            .share_copy(&self.account, keeper, copy.clone(), self.now())
            .await;
        let not = "the session was not shared";
        self.said(&self.unsaved.copy, copy, shared, not);
    }

    /// What the store does not take is said again later.
    fn said<T>(&self, last: &Word<T>, word: T, taken: Result<(), StoreError>, not: &str) {
        let Err(error) = taken else {
            return last.taken();
        };
        self.not_kept(&error);
        if is_passing(&error) {
            last.refused(word);
        }
        tracing::warn!(account = %self.account, %error, "{not}");
    }

    /// Says again what the store has not taken.
    pub(super) async fn save_again(&self) {
        // Whoever reads that there is a session looks for the copy.
        if let Some(copy) = self.unsaved.copy.take() {
            self.share(copy).await;
        }
        if let Some(state) = self.unsaved.state.take() {
            self.save(state).await;
        }
    }

    /// Whoever keeps the session hears of it if the store says that it is another.
    pub(super) fn not_kept(&self, error: &StoreError) {
        if matches!(error, StoreError::NotKeeper(_)) {
            self.pen.refused();
        }
    }

    /// Says how a login ended, until the store takes it: one that is not known of has to be made once more.
    pub(super) async fn finish_login(
        &self,
        ticket: LoginTicket,
        result: LoginResult,
    ) -> Result<SavedSession, StoreError> {
        loop {
            let (store, account) = (&self.store, &self.account);
            let finished = store
                .finish_login(account, ticket, result, self.now())
                .await;
            match finished {
                Err(error) if is_passing(&error) => {
                    tracing::warn!(%account, %error, "the end of a login was not saved yet");
                    tokio::time::sleep(unsaved::AGAIN).await;
                }
                other => return other,
            }
        }
    }

    /// A login cannot be counted, or its result not be said.
    pub(super) fn failed(&self, error: &StoreError) -> Fault {
        self.not_kept(error);
        super::fault::store_failed(error)
    }

    /// Whether no job of the account is in progress, on any server, as far as can be known.
    pub(super) async fn nobody_at_work(&self) -> bool {
        matches!(self.store.at_work(&self.account).await, Ok(0))
    }

    /// Adds to the account's history.
    pub(super) async fn record(&self, generation: Generation, what: SessionHappening) {
        let (account, event) = (&self.account, what.name());
        if what.severity() == Severity::Critical {
            tracing::error!(%account, event, generation = generation.0, "the account needs somebody");
        } else {
            tracing::info!(%account, event, generation = generation.0, "session");
        }
        let event = SessionEvent {
            at: self.now(),
            generation,
            what,
        };
        if let Err(error) = self.store.record_session(account, event).await {
            tracing::warn!(%account, %error, "an event of the session was not kept");
        }
    }

    /// How long the sessions before lived.
    pub(super) async fn lives(&self) -> Vec<Life> {
        let filter = SessionHistoryFilter {
            account: Some(self.account.clone()),
            events: vec![
                SessionEventKind::LoggedIn,
                SessionEventKind::Expired,
                SessionEventKind::Renewed,
                SessionEventKind::LoggedOut,
            ],
        };
        match self
            .store
            .session_history(filter, None, EVENTS_OF_LIVES)
            .await
        {
            Ok(entries) => lives_of(entries.iter().rev().map(|entry| &entry.event)),
            Err(error) => {
                tracing::warn!(account = %self.account, %error, "the lives of former sessions were not read");
                Vec::new()
            }
        }
    }

    /// The session as the store knows it: its last generation, and since when it lives if it does.
    pub(super) async fn known(&self) -> Result<(Generation, Option<Timestamp>), Fault> {
        let saved = self.store.session(&self.account).await;
        let saved = saved.map_err(|error| super::fault::store_failed(&error))?;
        Ok(match saved {
            None => (Generation::default().next(), None),
            Some(saved) => match saved.state {
                SessionState::Active { since, .. } | SessionState::Retiring { since, .. } => {
                    (saved.generation, Some(since))
                }
                _ => (saved.generation, None),
            },
        })
    }

    /// Whether a person wants something of the session.
    pub(super) async fn is_wished(&self) -> bool {
        matches!(self.store.session_wish(&self.account).await, Ok(Some(_)))
    }

    /// What a person wants of the session.
    pub(super) async fn take_wish(&self) -> Option<SessionWish> {
        let taken = self.store.take_session_wish(&self.account).await;
        taken.unwrap_or_else(|error| {
            tracing::warn!(account = %self.account, %error, "a person's wish was not read");
            None
        })
    }

    /// Whether a person has said that the account is all right again.
    pub(super) async fn was_forgiven(&self) -> bool {
        let saved = self.store.session(&self.account).await;
        !matches!(saved, Ok(Some(saved)) if matches!(saved.state, SessionState::NeedsHuman { .. }))
    }

    /// Only a person can help.
    pub(super) async fn human(&self, reason: NeedsHuman, message: String) -> Fault {
        tracing::error!(account = %self.account, ?reason, "the account needs a person");
        let credentials = self.credentials.clone();
        self.save(SessionState::NeedsHuman {
            reason,
            message: message.clone(),
            credentials,
        })
        .await;
        Fault::Human(reason, NoSession::Human(message))
    }

    /// No session for now.
    pub(super) async fn down(&self, failure: Failure, rest: SignedDuration) -> NoSession {
        let until = self.now().saturating_add(rest).unwrap_or(Timestamp::MAX);
        tracing::warn!(account = %self.account, code = %failure.code, step = failure.step, %until, "no session");
        self.save(SessionState::Down {
            until,
            reason: failure.message.clone(),
        })
        .await;
        NoSession::Until(until, failure.message)
    }

    /// No login may be tried.
    pub(super) async fn refused(&self, refusal: BudgetRefusal) -> Fault {
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
                Fault::Budget(NoSession::Until(until, words))
            }
        }
    }
}

/// Whether the same may be written later.
fn is_passing(error: &StoreError) -> bool {
    matches!(error, StoreError::Unwritable(_))
}
