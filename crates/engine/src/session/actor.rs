//! The actor that owns the master session of one account.
//!
//! One loop owns the state, so that a recovery never runs twice: whoever asks while one is under way waits in the
//! mailbox and is answered from its result.

use formhand_domain::{
    Generation,
    account::{RecoveryCause, SessionHappening, Validation},
};
use formhand_portal::CloneMode;
use formhand_store::Change;
use tokio::{
    sync::{broadcast, mpsc, watch},
    time::{Instant, sleep_until},
};
use tokio_util::sync::CancellationToken;

use super::{
    Availability, Fault, KeeperSetup, Lent, NoSession,
    establish::Establisher,
    held::{Held, between_ms, ms},
    keeper::Ask,
    lend::{Copied, Workplace},
    recovery::recover,
    register::Register,
};

pub(super) struct Actor {
    pub(super) register: Register,
    pub(super) establisher: Establisher,
    status: watch::Sender<Availability>,
    pub(super) held: Held,
    /// The session is to be replaced as soon as no job works with it.
    pub(super) renewing: bool,
    workplace: Workplace,
    pub(super) closing: CancellationToken,
}

/// What the actor wakes for.
enum Event {
    Asked(Ask),
    /// Nobody can ask any more.
    Left,
    /// Something about sessions has changed in the store.
    Changed,
    HeartbeatDue,
    RenewalDue,
    /// The session is to be replaced, and no job works with it.
    Idle,
    BrowserGone,
}

impl Actor {
    pub(super) fn new(
        setup: KeeperSetup,
        status: watch::Sender<Availability>,
        closing: CancellationToken,
    ) -> Self {
        let register = Register::of(&setup);
        Self {
            establisher: Establisher::new(setup, register.clone()),
            register,
            status,
            held: Held::Nothing(RecoveryCause::FirstUse),
            renewing: false,
            workplace: Workplace::default(),
            closing,
        }
    }

    pub(super) async fn run(mut self, mut mailbox: mpsc::Receiver<Ask>) {
        let mut changes = self.register.store.changes();
        loop {
            match self.next(&mut mailbox, &mut changes).await {
                Event::Asked(Ask::Lend(reply)) => {
                    let answer = self.lend().await;
                    // The asker may have given up; the session is kept for the next one.
                    let _ = reply.send(answer);
                }
                Event::Asked(Ask::Stale(generation)) => self.stale(generation).await,
                Event::Asked(Ask::Retire(generation)) => self.retire(generation),
                Event::Asked(Ask::Close(reply)) => {
                    self.establisher.close().await;
                    // Whoever asked may be gone; the browser is closed all the same.
                    let _ = reply.send(());
                    return;
                }
                Event::Left => {
                    self.establisher.close().await;
                    return;
                }
                Event::Changed => self.changed().await,
                Event::HeartbeatDue => self.beat().await,
                Event::RenewalDue => self.replace_soon(),
                Event::Idle => self.renew().await,
                Event::BrowserGone => self.browser_gone().await,
            }
        }
    }

    async fn next(
        &self,
        mailbox: &mut mpsc::Receiver<Ask>,
        changes: &mut broadcast::Receiver<Change>,
    ) -> Event {
        let live = self.held.live();
        let (beat_at, renew_at) = live.map_or((None, None), |live| (live.beat_at, live.renew_at));
        tokio::select! {
            ask = mailbox.recv() => ask.map_or(Event::Left, Event::Asked),
            () = session_changes(changes) => Event::Changed,
            () = self.establisher.gone() => Event::BrowserGone,
            () = at(beat_at) => Event::HeartbeatDue,
            () = at(renew_at), if !self.renewing => Event::RenewalDue,
            () = self.workplace.is_empty(), if self.renewing => Event::Idle,
        }
    }

    pub(super) fn hold(&mut self, held: Held) {
        self.held = held;
        self.renewing = false;
        self.status.send_replace(self.held.availability());
    }

    async fn lend(&mut self) -> Result<Lent, NoSession> {
        if self.establisher.setup.portal.session.clone == CloneMode::Login {
            let none = Generation::default();
            return Ok(self.workplace.lend(none, Copied::Nothing));
        }
        let cause = match &self.held {
            Held::Active(live) => {
                return Ok(self.workplace.lend(live.generation, live.copy.clone()));
            }
            Held::Down { until, reason } if *until > self.register.now() => {
                return Err(NoSession::Until(*until, reason.clone()));
            }
            Held::NeedsHuman(reason) => return Err(NoSession::Human(reason.clone())),
            Held::Down { .. } => RecoveryCause::Probe,
            Held::Nothing(cause) => *cause,
        };
        self.recover(cause).await?;
        match &self.held {
            Held::Active(live) => Ok(self.workplace.lend(live.generation, live.copy.clone())),
            _ => Err(NoSession::Closing),
        }
    }

    /// Brings the session back. What it came to is held.
    pub(super) async fn recover(&mut self, cause: RecoveryCause) -> Result<(), NoSession> {
        self.status.send_replace(Availability::Busy);
        let recovered = tokio::select! {
            biased;
            () = self.closing.cancelled() => Err(NoSession::Closing),
            recovered = recover(&mut self.establisher, cause) => recovered,
        };
        match recovered {
            Ok(live) => {
                self.hold(Held::Active(live));
                Ok(())
            }
            Err(no_session) => {
                self.hold_nothing(&no_session, cause);
                Err(no_session)
            }
        }
    }

    pub(super) fn hold_nothing(&mut self, no_session: &NoSession, cause: RecoveryCause) {
        self.hold(match no_session {
            NoSession::Until(until, reason) => Held::Down {
                until: *until,
                reason: reason.clone(),
            },
            NoSession::Human(reason) => Held::NeedsHuman(reason.clone()),
            NoSession::Closing => Held::Nothing(cause),
        });
    }

    /// The session is to be replaced, if it is still this one, so that nothing can act with it any more.
    fn retire(&mut self, generation: Generation) {
        let is_present = self
            .held
            .live()
            .is_some_and(|live| live.generation == generation);
        if is_present {
            self.replace_soon();
        }
    }

    /// As soon as no job works with it, and none begins to.
    fn replace_soon(&mut self) {
        self.renewing = true;
        self.status.send_replace(Availability::Busy);
    }

    /// A job has found its copy gone. An older generation is old news: its reporter just gets the present one.
    async fn stale(&mut self, generation: Generation) {
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
    async fn beat(&mut self) {
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
        self.register.save(state).await;
    }

    fn beat_again(&mut self) {
        let every = self.establisher.setup.portal.session.heartbeat;
        if let Held::Active(live) = &mut self.held {
            live.beat_at = every.map(|every| Instant::now() + every);
        }
    }

    /// The master's browser is gone. Jobs go on with their clones; what it held is found again in its profile.
    async fn browser_gone(&mut self) {
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

/// Resolves when something about sessions changed, or the signals were too many to tell.
async fn session_changes(changes: &mut broadcast::Receiver<Change>) {
    loop {
        match changes.recv().await {
            Ok(Change::Session) | Err(broadcast::error::RecvError::Lagged(_)) => return,
            Ok(_) => {}
            Err(broadcast::error::RecvError::Closed) => std::future::pending().await,
        }
    }
}

/// Resolves at a time; never without one.
async fn at(time: Option<Instant>) {
    match time {
        Some(time) => sleep_until(time).await,
        None => std::future::pending().await,
    }
}
