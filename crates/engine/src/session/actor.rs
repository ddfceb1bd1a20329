//! The actor that owns the master session of one account.
//!
//! One loop owns the state, so that a login never runs twice: whoever asks while one is under way waits in the
//! mailbox and is answered from its result.

use formhand_domain::{Generation, account::SessionState};
use formhand_store::Change;
use jiff::Timestamp;
use tokio::sync::{mpsc, watch};
use tokio_util::sync::CancellationToken;

use super::{
    Availability, KeeperSetup, Lent, NoSession, establish::Establisher, keeper::Ask,
    register::Register,
};

/// What the actor holds.
enum Held {
    Cold,
    Active(Lent),
    Down { until: Timestamp, reason: String },
    NeedsHuman(String),
}

pub(super) struct Actor {
    register: Register,
    establisher: Establisher,
    status: watch::Sender<Availability>,
    held: Held,
    closing: CancellationToken,
}

impl Actor {
    pub(super) fn new(
        setup: KeeperSetup,
        status: watch::Sender<Availability>,
        closing: CancellationToken,
    ) -> Self {
        let register = Register::of(&setup);
        let establisher = Establisher::new(setup, register.clone());
        Self {
            register,
            establisher,
            status,
            held: Held::Cold,
            closing,
        }
    }

    pub(super) async fn run(mut self, mut mailbox: mpsc::Receiver<Ask>) {
        let mut changes = self.register.store.changes();
        loop {
            tokio::select! {
                ask = mailbox.recv() => match ask {
                    Some(Ask::Lend(reply)) => {
                        let answer = self.lend().await;
                        // The asker may have given up; the session is kept for the next one.
                        let _ = reply.send(answer);
                    }
                    Some(Ask::Stale(generation)) => self.stale(generation).await,
                    Some(Ask::Close(reply)) => {
                        self.establisher.close().await;
                        // Whoever asked may be gone; the browser is closed all the same.
                        let _ = reply.send(());
                        return;
                    }
                    None => {
                        self.establisher.close().await;
                        return;
                    }
                },
                change = changes.recv() => {
                    if matches!(change, Ok(Change::Session))
                        && matches!(self.held, Held::NeedsHuman(_))
                        && self.register.was_forgiven().await
                    {
                        self.hold(Held::Cold);
                    }
                }
            }
        }
    }

    fn hold(&mut self, held: Held) {
        self.status.send_replace(match &held {
            Held::Cold | Held::Active(_) => Availability::Ready,
            Held::Down { until, .. } => Availability::NotBefore(*until),
            Held::NeedsHuman(_) => Availability::NeedsHuman,
        });
        self.held = held;
    }

    async fn lend(&mut self) -> Result<Lent, NoSession> {
        match &self.held {
            Held::Active(lent) => return Ok(lent.clone()),
            Held::Down { until, reason } if *until > self.register.now() => {
                return Err(NoSession::Until(*until, reason.clone()));
            }
            Held::NeedsHuman(reason) => return Err(NoSession::Human(reason.clone())),
            Held::Cold | Held::Down { .. } => {}
        }
        let established = tokio::select! {
            biased;
            () = self.closing.cancelled() => Err(NoSession::Closing),
            established = self.establisher.establish() => established,
        };
        match &established {
            Ok(lent) => self.hold(Held::Active(lent.clone())),
            Err(NoSession::Until(until, reason)) => {
                self.hold(Held::Down {
                    until: *until,
                    reason: reason.clone(),
                });
            }
            Err(NoSession::Human(reason)) => self.hold(Held::NeedsHuman(reason.clone())),
            Err(NoSession::Closing) => {}
        }
        established
    }

    /// An older generation is old news: its reporter just gets the present one.
    async fn stale(&mut self, generation: Generation) {
        let is_present = matches!(&self.held, Held::Active(lent) if lent.generation == generation);
        if is_present {
            tracing::info!(account = %self.register.account, generation = generation.0, "the session is over");
            self.hold(Held::Cold);
            self.register.save(SessionState::Cold).await;
        }
    }
}
