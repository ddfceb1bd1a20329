//! What is done for a session that is kept here: it is kept alive, and its end is seen.

use formhand_domain::Generation;
use formhand_domain::account::{RecoveryCause, SessionHappening, SessionState, Validation};
use tokio::time::Instant;

use super::{
    Fault,
    actor::Actor,
    held::{Held, between_ms, ms},
};

impl Actor {
    /// As soon as no job works with it, and none begins to.
    pub(super) async fn replace_soon(&mut self) {
        let Some(live) = self.held.live() else { return };
        let retiring = SessionState::Retiring {
            generation: live.generation,
            since: live.since,
            validated_at: live.seen_at,
        };
        self.renewing = true;
        self.busy();
        self.register.save(retiring).await;
    }

    /// A job has found its copy gone. An older generation is old news: its reporter just gets the present one.
    pub(super) async fn stale(&mut self, generation: Generation) {
        let is_present = self
            .held
            .live()
            .is_some_and(|live| live.generation == generation);
        if is_present {
            self.expired(Validation::Job).await;
        }
    }

    /// The portal no longer knows the session: a new one is made at once, for all who will ask.
    async fn expired(&mut self, seen_by: Validation) {
        let Some(live) = self.held.live() else { return };
        let (generation, lived_ms) = (live.generation, live.lived_ms());
        let expired = SessionHappening::Expired {
            seen_by,
            lived_ms,
            unseen_ms: between_ms(live.seen_at, self.register.now()),
            detected_ms: None,
        };
        self.register.record(generation, expired).await;
        self.hold(Held::Nothing(RecoveryCause::Expired));
        // Whoever needs it hears what came of it.
        let _ = self.recover(RecoveryCause::Expired).await;
    }

    /// A real request, so that the portal does not end the session for being idle, and its end is seen.
    pub(super) async fn beat(&mut self) {
        match self.establisher.validate().await {
            Ok((true, round_trip)) => self.seen_alive(ms(round_trip)).await,
            Ok((false, _)) => self.expired(Validation::Heartbeat).await,
            Err(Fault::Browser(_)) => self.browser_gone().await,
            // The portal may be down; that says nothing of the session.
            Err(fault) => {
                tracing::warn!(account = %self.register.account, result = ?fault.result(), "no heartbeat");
                self.beat_again();
            }
        }
    }

    async fn seen_alive(&mut self, round_trip_ms: u64) {
        self.beat_again();
        let now = self.register.now();
        let renewing = self.renewing;
        let Held::Active(live) = &mut self.held else {
            return;
        };
        live.seen_at = now;
        let (generation, state) = (live.generation, live.state());
        let validated = SessionHappening::Validated {
            by: Validation::Heartbeat,
            round_trip_ms,
        };
        self.register.record(generation, validated).await;
        if !renewing {
            self.register.save(state).await;
        }
    }

    fn beat_again(&mut self) {
        let every = self.establisher.setup.portal.session.heartbeat;
        if let Held::Active(live) = &mut self.held {
            live.beat_at = every.map(|every| Instant::now() + every);
        }
    }

    /// The master's browser is gone. Jobs go on with their clones; what it held is found again in its profile.
    pub(super) async fn browser_gone(&mut self) {
        self.establisher.close().await;
        let Some(live) = self.held.live() else { return };
        let cause = RecoveryCause::BrowserGone;
        let lost = SessionHappening::BrowserLost {
            cause,
            detected_ms: None,
        };
        self.register.record(live.generation, lost).await;
        let _ = self.recover(cause).await;
    }
}
