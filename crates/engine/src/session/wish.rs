//! What people want of a session.

use formhand_domain::account::{LoggedOutBy, RecoveryCause, SessionHappening, SessionState};
use formhand_portal::CloneMode;
use formhand_store::SessionWish;

use super::{actor::Actor, follow::Role, held::Held};

impl Actor {
    /// A person may have helped, or want something.
    pub(super) async fn changed(&mut self) {
        if matches!(self.held, Held::NeedsHuman(_)) && self.register.was_forgiven().await {
            self.hold(Held::Nothing(RecoveryCause::Asked));
        }
        match self.role {
            Role::Keeper(_) => self.hear_reports().await,
            Role::Open | Role::Follower(_) => self.sync().await,
        }
        if matches!(self.role, Role::Follower(_)) || !self.may_fulfil().await {
            // The keeper takes it.
            return;
        }
        let wish = self.register.take_wish().await;
        if self.establisher.setup.portal.session.clone == CloneMode::Login {
            // Wished before the definition was changed: there is no master session that it could be about.
            return;
        }
        match wish {
            Some(SessionWish::Recover) => self.recover_as_asked().await,
            Some(SessionWish::LogIn) if self.held.live().is_none() => self.recover_as_asked().await,
            Some(SessionWish::LogOut) => self.log_out().await,
            Some(SessionWish::LogIn) | None => {}
        }
    }

    /// Whether there is a wish that this server can take up: it keeps the session, or may.
    async fn may_fulfil(&mut self) -> bool {
        if matches!(self.role, Role::Keeper(_)) {
            return true;
        }
        if !self.register.is_wished().await {
            return false;
        }
        self.establisher.setup.portal.session.clone == CloneMode::Login
            || (self.seek().await.is_ok() && matches!(self.role, Role::Keeper(_)))
    }

    async fn recover_as_asked(&mut self) {
        // What only a person can help with is not tried on a wish: `forgive` says that it is mended.
        if !matches!(self.held, Held::NeedsHuman(_)) {
            // Who asked reads it in the history.
            let _ = self.recover(RecoveryCause::Asked).await;
        }
    }

    async fn log_out(&mut self) {
        if matches!(self.held, Held::NeedsHuman(_)) {
            return;
        }
        if self.establisher.forget().await.is_err() {
            // It is gone with its browser then, or found again at the next start, which is no harm.
            tracing::warn!(account = %self.register.account, "the login was not forgotten");
        }
        self.establisher.close().await;
        if let Some(live) = self.held.live() {
            let by = LoggedOutBy::Person;
            let logged_out = SessionHappening::LoggedOut { by };
            self.register.record(live.generation, logged_out).await;
        }
        self.register.save(SessionState::Cold).await;
        self.hold(Held::Nothing(RecoveryCause::FirstUse));
        self.let_go().await;
    }
}
