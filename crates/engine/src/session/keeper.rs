//! A handle on the actor that owns the master session of one account.

use std::{path::PathBuf, sync::Arc, time::Duration};

use formhand_domain::{Clock, Generation, NodeId};
use formhand_portal::Portal;
use formhand_store::Store;
use tokio::sync::{mpsc, oneshot, watch};
use tokio_util::sync::CancellationToken;

use super::{Availability, Lent, NoSession, actor::Actor};
use crate::{
    captcha::Solver,
    one_time_code::CodeSource,
    right::RightTiming,
    setup::{AccountSetup, SealKey},
};

/// What a keeper needs.
#[derive(Clone)]
pub(crate) struct KeeperSetup {
    pub(crate) sharing: Sharing,
    pub(crate) portal: Arc<Portal>,
    pub(crate) account: AccountSetup,
    pub(crate) solver: Arc<dyn Solver>,
    pub(crate) codes: Option<Arc<dyn CodeSource>>,
    pub(crate) store: Arc<dyn Store>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) profile: PathBuf,
    pub(crate) executable: Option<PathBuf>,
    pub(crate) step_timeout: Duration,
    /// How long a person may take within a try of a recovery, beside the try's own time.
    pub(crate) patience: Duration,
    /// How long a job waits for a session before it is given back.
    pub(crate) wait: Duration,
}

/// How the session is shared with other servers.
#[derive(Clone)]
pub(crate) struct Sharing {
    /// This server, as the holder of the right to keep the session.
    pub(crate) node: NodeId,
    pub(crate) right: RightTiming,
    /// What the session is sealed with before it is shared; without it, it is not.
    pub(crate) seal: Option<SealKey>,
    /// Whether this server is to take no more work.
    pub(crate) paused: watch::Receiver<bool>,
}

/// A handle on the actor.
#[derive(Clone)]
pub(crate) struct Keeper {
    asks: mpsc::Sender<Ask>,
    availability: watch::Receiver<Availability>,
    clock: Arc<dyn Clock>,
    wait: Duration,
    closing: CancellationToken,
}

/// What the actor can be asked.
pub(super) enum Ask {
    Lend(oneshot::Sender<Result<Lent, NoSession>>),
    Stale(Generation),
    Retire(Generation),
    Close(oneshot::Sender<()>),
}

/// More callers than this wait at the mailbox's door; nothing is lost.
const MAILBOX: usize = 64;

impl Keeper {
    /// Starts the actor. It does nothing before the first job needs a session.
    pub(crate) fn start(setup: KeeperSetup) -> Self {
        let (asks, mailbox) = mpsc::channel(MAILBOX);
        let (status, availability) = watch::channel(Availability::Ready);
        let closing = CancellationToken::new();
        let (clock, wait) = (Arc::clone(&setup.clock), setup.wait);
        tokio::spawn(Actor::new(setup, status, closing.clone()).run(mailbox));
        Self {
            asks,
            availability,
            clock,
            wait,
            closing,
        }
    }

    /// A copy of the session, after a recovery if one is needed. Whoever has waited for too long is told to come again:
    /// a recovery may take minutes, and a job that waits holds a worker.
    pub(crate) async fn lend(&self) -> Result<Lent, NoSession> {
        let (reply, answer) = oneshot::channel();
        self.asks
            .send(Ask::Lend(reply))
            .await
            .map_err(|_| NoSession::Closing)?;
        let answered = tokio::time::timeout(self.wait, answer).await;
        answered.map_or_else(
            |_| {
                let reason = format!("no session within {:?}", self.wait);
                Err(NoSession::Until(self.clock.now(), reason))
            },
            |answer| answer.unwrap_or(Err(NoSession::Closing)),
        )
    }

    /// Says that a copy of this generation is no longer known to the portal.
    pub(crate) async fn stale(&self, generation: Generation) {
        // A keeper that is gone lends nothing any more, so there is nothing to mend.
        let _ = self.asks.send(Ask::Stale(generation)).await;
    }

    /// Has the session replaced by a new login if it is still this one, once no job works with it.
    pub(crate) async fn retire(&self, generation: Generation) {
        // A keeper that is gone is asked again by whoever works on after it.
        let _ = self.asks.send(Ask::Retire(generation)).await;
    }

    /// Closes the master's browser. A login that is under way is given up: it may wait for a person, and its try is
    /// counted already.
    pub(crate) async fn close(&self) {
        self.closing.cancel();
        let (reply, closed) = oneshot::channel();
        if self.asks.send(Ask::Close(reply)).await.is_ok() {
            // An actor that is gone has closed it.
            let _ = closed.await;
        }
    }

    /// Whether jobs of the account may be claimed.
    pub(crate) fn availability(&self) -> watch::Receiver<Availability> {
        self.availability.clone()
    }
}
