//! Replacing a session ahead of its end, while no job works with it.

use std::time::Duration;

use formhand_domain::account::{RecoveryCause, SessionHappening};
use tokio::time::Instant;

use super::{
    Fault,
    actor::Actor,
    establish::Establisher,
    held::{Held, Live, between_ms},
    waits::right_lost,
};

impl Establisher {
    /// When a session should be replaced, by the lives of those before it.
    pub(super) async fn renewal_of(&self, live: &Live) -> Option<Instant> {
        if self.setup.patience > Duration::ZERO {
            // A login that asks a person is made when it is needed, not at night ahead of time.
            return None;
        }
        let policy = self.setup.portal.session.renewal?;
        let age = policy.renew_at(&self.register.lives().await)?;
        let lived = live.seen_at.duration_since(live.since);
        let left = Duration::try_from(age.saturating_sub(lived)).unwrap_or_default();
        Some(Instant::now() + left)
    }
}

impl Actor {
    /// Replaces a session that is about to end. One that cannot be replaced is used to its end.
    pub(super) async fn renew(&mut self) {
        let Held::Active(old) = &self.held else {
            self.renewing = false;
            return;
        };
        let (old, rules) = (old.clone(), &self.establisher.setup.portal.session);
        let (limit, mut captchas) = (rules.recovery.soft.limit, rules.captcha_tries.max(1));
        let renewed = tokio::select! {
            biased;
            () = self.closing.cancelled() => return,
            () = right_lost(&self.role) => return,
            renewed = self.establisher.renew(limit, &mut captchas) => renewed,
        };
        match renewed {
            Ok(live) => {
                let lived_ms = between_ms(old.since, self.register.now());
                let renewed = SessionHappening::Renewed { lived_ms };
                self.register.record(old.generation, renewed).await;
                self.register.save(live.state()).await;
                self.hold(Held::Active(live));
            }
            Err(Fault::Human(_, no_session)) => {
                self.hold_nothing(&no_session, RecoveryCause::Renewal);
                self.let_go().await;
            }
            Err(fault) => {
                tracing::warn!(account = %self.register.account, result = ?fault.result(), "the session was not renewed");
                let mut live = old;
                live.renew_at = None;
                self.register.save(live.state()).await;
                self.hold(Held::Active(live));
            }
        }
    }
}
