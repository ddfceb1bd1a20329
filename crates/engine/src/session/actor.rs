//! The actor that owns the master session of one account.
//!
//! One loop owns the state, so that a recovery never runs twice: whoever asks while one is under way waits in the
//! mailbox and is answered from its result.

use std::time::Duration;

use formhand_browser::TRACE;
use formhand_domain::{Generation, account::RecoveryCause};
use formhand_store::{Change, SessionReport};
use tokio::sync::{broadcast, mpsc, oneshot, watch};
use tokio_util::sync::CancellationToken;
use tracing::Instrument as _;

use super::{
    Availability, KeeperSetup, Lent, NoSession,
    establish::Establisher,
    follow::Role,
    held::Held,
    keeper::Ask,
    lend::{Copied, Workplace},
    recovery::recover,
    register::Register,
    waits::{at, job_ended, right_lost, session_changes},
};

/// Where a job waits for its copy.
pub(super) type Reply = oneshot::Sender<Result<Lent, NoSession>>;

/// Only a net under the signals.
const SWEEP: Duration = Duration::from_secs(5);

pub(super) struct Actor {
    pub(super) role: Role,
    pub(super) register: Register,
    pub(super) establisher: Establisher,
    status: watch::Sender<Availability>,
    pub(super) held: Held,
    /// The session is to be replaced as soon as no job works with it.
    pub(super) renewing: bool,
    pub(super) workplace: Workplace,
    /// Jobs that wait for a session that another server brings back.
    pub(super) waiting: Vec<Reply>,
    /// What another server shares, opened.
    pub(super) opened: Option<(Generation, Copied)>,
    /// Whether this server is to take no more work.
    pub(super) paused: watch::Receiver<bool>,
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
    /// The right to keep the session is another's, or over.
    RightLost,
    /// The store has not taken what it was told, and is told it again.
    UnsavedDue,
    /// It is time to look whether the session is still kept by another server.
    LookDue,
    /// The server is to take no more work, or may again.
    PauseChanged,
}

impl Actor {
    pub(super) fn new(
        setup: KeeperSetup,
        status: watch::Sender<Availability>,
        closing: CancellationToken,
    ) -> Self {
        let register = Register::of(&setup);
        Self {
            role: Role::Open,
            paused: setup.sharing.paused.clone(),
            waiting: Vec::new(),
            opened: None,
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
        self.begin().await;
        loop {
            match self.next(&mut mailbox, &mut changes).await {
                Event::Asked(Ask::Lend(reply)) => self.lend(reply).await,
                Event::Asked(Ask::Stale(generation)) => self.found_stale(generation).await,
                Event::Asked(Ask::Retire(generation)) => self.retire(generation).await,
                Event::Asked(Ask::Close(reply)) => {
                    self.establisher.close().await;
                    self.let_go().await;
                    // Whoever asked may be gone; the browser is closed all the same.
                    let _ = reply.send(());
                    return;
                }
                Event::Left => {
                    self.establisher.close().await;
                    self.let_go().await;
                    return;
                }
                Event::Changed => self.changed().await,
                Event::HeartbeatDue => self.beat().await,
                Event::RenewalDue => self.replace_soon().await,
                Event::Idle => self.renew().await,
                Event::BrowserGone => self.browser_gone().await,
                Event::RightLost => self.right_lost().await,
                Event::UnsavedDue => self.register.save_again().await,
                Event::LookDue => self.sync().await,
                Event::PauseChanged => self.pause_changed().await,
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
        let look_at = match self.role {
            Role::Follower(until) => Some(until),
            Role::Open | Role::Keeper(_) => None,
        };
        let mut paused = self.paused.clone();
        tokio::select! {
            ask = mailbox.recv() => ask.map_or(Event::Left, Event::Asked),
            () = session_changes(changes) => Event::Changed,
            () = self.establisher.gone() => Event::BrowserGone,
            () = at(beat_at) => Event::HeartbeatDue,
            () = at(renew_at), if !self.renewing => Event::RenewalDue,
            () = self.idle(), if self.renewing => Event::Idle,
            () = right_lost(&self.role) => Event::RightLost,
            () = at(self.register.unsaved.due()) => Event::UnsavedDue,
            () = at(look_at) => Event::LookDue,
            Ok(()) = paused.changed() => Event::PauseChanged,
        }
    }

    pub(super) fn hold(&mut self, held: Held) {
        self.held = held;
        self.renewing = false;
        self.status.send_replace(self.held.availability());
    }

    /// Brings the session back. What it came to is held.
    pub(super) async fn recover(&mut self, cause: RecoveryCause) -> Result<(), NoSession> {
        self.busy();
        let span = tracing::info_span!(
            target: TRACE, parent: None, "recovery", account = %self.register.account, cause = cause.as_str()
        );
        let recovered = tokio::select! {
            biased;
            () = self.closing.cancelled() => Err(NoSession::Closing),
            () = right_lost(&self.role) => Err(NoSession::Closing),
            recovered = recover(&mut self.establisher, cause).instrument(span) => recovered,
        };
        match recovered {
            Ok(live) => {
                self.hold(Held::Active(live));
                Ok(())
            }
            Err(no_session) => {
                self.hold_nothing(&no_session, cause);
                if !matches!(no_session, NoSession::Closing) {
                    // There is nothing to keep. Whoever needs the session next asks for the right again.
                    self.let_go().await;
                }
                Err(no_session)
            }
        }
    }

    /// No job is to be claimed for now.
    pub(super) fn busy(&self) {
        self.status.send_replace(Availability::Busy);
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
    async fn retire(&mut self, generation: Generation) {
        if !matches!(self.role, Role::Keeper(_)) {
            self.report(SessionReport::Retire(generation)).await;
            return;
        }
        let is_present = self
            .held
            .live()
            .is_some_and(|live| live.generation == generation);
        if is_present {
            self.replace_soon().await;
        }
    }

    /// A job has found its copy gone.
    async fn found_stale(&mut self, generation: Generation) {
        if matches!(self.role, Role::Keeper(_)) {
            self.stale(generation).await;
        } else {
            self.report(SessionReport::Stale(generation)).await;
        }
    }

    /// Resolves when no job works with the session, here or on another server.
    async fn idle(&self) {
        let mut changes = self.register.store.changes();
        loop {
            self.workplace.is_empty().await;
            if self.register.nobody_at_work().await {
                return;
            }
            tokio::select! {
                () = job_ended(&mut changes) => {}
                () = tokio::time::sleep(SWEEP) => {}
            }
        }
    }
}
