//! Who keeps the session: this server, or another whose session is shared. What is known of the others is in the store,
//! and a change there is a signal.

use std::{sync::Arc, time::Duration};

use formhand_domain::{
    Lease,
    account::{RecoveryCause, SessionState},
};
use formhand_portal::CloneMode;
use formhand_store::{SavedSession, SessionReport, StoreError};
use jiff::SignedDuration;
use tokio::time::Instant;

use super::{
    NoSession,
    actor::Actor,
    held::{Elsewhere, Held},
    register::Register,
};
use crate::right::{Right, Sought};

/// Who keeps the session, as far as is known here.
pub(super) enum Role {
    /// Nobody. Whoever needs it first asks for the right.
    Open,
    /// This server.
    Keeper(Right),
    /// Another server. At this time it is looked at again whether it still does.
    Follower(Instant),
}

/// After a failure of the store it is looked again so much later.
const AGAIN: Duration = Duration::from_secs(1);

impl Actor {
    /// Whether another server keeps the session already.
    pub(super) async fn begin(&mut self) {
        // Where every job logs in by itself there is no session to keep.
        if self.establisher.setup.portal.session.clone != CloneMode::Login {
            self.sync().await;
        }
    }

    /// Something has changed, or may have, while this server does not keep the session.
    pub(super) async fn sync(&mut self) {
        let (lease, saved) = match self.look().await {
            Ok(found) => found,
            Err(error) => {
                tracing::warn!(account = %self.register.account, %error, "it is not known who keeps the session");
                if let Role::Follower(until) = &mut self.role {
                    *until = Instant::now() + AGAIN;
                }
                return;
            }
        };
        let now = self.register.now();
        let others = lease.filter(|lease| lease.owner != self.register.node && !lease.expired(now));
        match others {
            Some(lease) => self.follow(&lease, saved.as_ref()).await,
            None if matches!(self.role, Role::Follower(_)) => self.left_alone(saved).await,
            None => {}
        }
        self.answer_waiting().await;
    }

    async fn look(&self) -> Result<(Option<Lease>, Option<SavedSession>), StoreError> {
        let (store, account) = (&self.register.store, &self.register.account);
        tokio::try_join!(store.account_lease(account), store.session(account))
    }

    /// Asks for the right to keep the session. After this it is kept here, or followed.
    pub(super) async fn seek(&mut self) -> Result<(), NoSession> {
        let later = |register: &Register, wait, reason: String| {
            let until = register
                .now()
                .saturating_add(wait)
                .unwrap_or(register.now());
            NoSession::Until(until, reason)
        };
        if *self.paused.borrow() {
            let reason = "this server is drained".to_owned();
            return Err(later(&self.register, SignedDuration::ZERO, reason));
        }
        let subject = Arc::new(self.register.clone());
        match Right::seek(subject, self.establisher.setup.sharing.right).await {
            Ok(Sought::Ours(right)) => {
                self.register.pen.take_up(&right);
                self.role = Role::Keeper(right);
                if matches!(self.held, Held::Elsewhere(_)) {
                    self.held = Held::Nothing(RecoveryCause::TakenOver);
                }
                self.take_over_copy().await;
                Ok(())
            }
            Ok(Sought::Others(lease)) => {
                let saved = self.register.store.session(&self.register.account).await;
                // What cannot be read now is looked at when it changes.
                self.follow(&lease, saved.ok().flatten().as_ref()).await;
                Ok(())
            }
            Err(error) => {
                let wait = SignedDuration::try_from(AGAIN).unwrap_or_default();
                Err(later(&self.register, wait, error.to_string()))
            }
        }
    }

    /// The right is another's by now, or nothing was heard of the store for too long.
    pub(super) async fn right_lost(&mut self) {
        // What was not said is another's to say now.
        self.register.unsaved.clear();
        self.establisher.close().await;
        self.role = Role::Follower(Instant::now());
        self.hold(Held::Elsewhere(Elsewhere::Busy));
        self.sync().await;
    }

    /// Gives the right back. What the session came to is in the store.
    pub(super) async fn let_go(&mut self) {
        if let Role::Keeper(right) = std::mem::replace(&mut self.role, Role::Open) {
            self.register.save_again().await;
            self.register.unsaved.clear();
            right.give_back().await;
        }
    }

    /// The server is to take no more work, or may again.
    pub(super) async fn pause_changed(&mut self) {
        if !*self.paused.borrow_and_update() {
            self.sync().await;
            return;
        }
        if matches!(self.role, Role::Keeper(_)) {
            self.establisher.close().await;
            self.hold(Held::Nothing(RecoveryCause::TakenOver));
            self.let_go().await;
        }
    }

    /// Tells the keeper, wherever it is.
    pub(super) async fn report(&mut self, report: SessionReport) {
        if matches!(self.role, Role::Follower(_)) {
            self.hold(Held::Elsewhere(Elsewhere::Busy));
        }
        // A keeper that was killed right after a login may have found it again under the number of the one before.
        self.opened = None;
        let (store, account) = (&self.register.store, &self.register.account);
        if let Err(error) = store.report_session(account, report).await {
            tracing::warn!(%account, %error, "what a job found out about the session was not kept");
        }
    }

    /// What the others have reported of the session that is kept here.
    pub(super) async fn hear_reports(&mut self) {
        let Some(generation) = self.held.live().map(|live| live.generation) else {
            return;
        };
        let (store, account) = (&self.register.store, &self.register.account);
        let Ok(Some(saved)) = store.session(account).await else {
            return;
        };
        if saved.stale >= generation {
            self.stale(generation).await;
        } else if saved.retire >= generation && !self.renewing {
            self.replace_soon().await;
        }
    }

    async fn follow(&mut self, lease: &Lease, saved: Option<&SavedSession>) {
        if !matches!(self.role, Role::Follower(_)) {
            // One browser at a time has the master's session.
            self.establisher.close().await;
        }
        let left = lease.expires_at.duration_since(self.register.now());
        let left = Duration::try_from(left).unwrap_or_default();
        self.role = Role::Follower(Instant::now() + left);
        let elsewhere = self.elsewhere(saved);
        let is_as_before = matches!(&self.held, Held::Elsewhere(held) if *held == elsewhere);
        if !is_as_before {
            self.hold(Held::Elsewhere(elsewhere));
        }
    }

    /// Nobody keeps the session any more that another server kept.
    async fn left_alone(&mut self, saved: Option<SavedSession>) {
        self.role = Role::Open;
        let state = saved.map_or(SessionState::Cold, |saved| saved.state);
        match state {
            SessionState::Down { until, reason } => self.hold(Held::Down { until, reason }),
            SessionState::NeedsHuman {
                message,
                credentials,
                ..
            } if credentials == self.register.credentials => {
                self.hold(Held::NeedsHuman(message));
            }
            // Other credentials may be tried: the budget compares them.
            SessionState::Cold | SessionState::NeedsHuman { .. } => {
                self.hold(Held::Nothing(RecoveryCause::FirstUse));
            }
            SessionState::Active { .. }
            | SessionState::Retiring { .. }
            | SessionState::LoggingIn { .. }
            | SessionState::Recovering { .. } => self.take_over().await,
        }
    }

    /// A session that somebody kept alive is kept alive from now on by this server, unless another is faster.
    async fn take_over(&mut self) {
        self.hold(Held::Nothing(RecoveryCause::TakenOver));
        if self.seek().await.is_ok() && matches!(self.role, Role::Keeper(_)) {
            // Whoever needs it hears what came of it.
            let _ = self.recover(RecoveryCause::TakenOver).await;
        }
    }
}
