//! The worker browsers: one for each job at work, apart from the masters', and used again until they are worn.
//!
//! A browser dies with one job at most, and a page that hangs holds up nobody else's. While a job works, the place for
//! the next one of its account is made in the same browser, so that it need not be waited for.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use formhand_browser::CommitGate;

use super::{
    own::Own,
    place::{Order, Place},
    worker::Worker,
};
use crate::{flow::Stop, setup::BrowserSetup};

/// Gives places in worker browsers.
pub(crate) struct Workers(Arc<Pool>);

/// The browsers that nobody is in, the one that was left last at the end.
pub(super) struct Pool {
    setup: BrowserSetup,
    count: AtomicU64,
    state: Mutex<State>,
}

enum State {
    Open(Vec<Worker>),
    /// What comes back is closed.
    Closed,
}

impl Workers {
    pub(crate) fn new(setup: BrowserSetup) -> Self {
        Self(Arc::new(Pool {
            setup,
            count: AtomicU64::new(0),
            state: Mutex::new(State::Open(Vec::new())),
        }))
    }

    /// A place for a job, with its gate. Starts a browser if there is none that is free, or if it must be its own.
    pub(crate) async fn place(
        &self,
        order: Order,
        gate: Arc<dyn CommitGate>,
    ) -> Result<Place, Stop> {
        if let Some(source) = order.profile.clone() {
            return Place::open_own(&self.0, &source, order, gate).await;
        }
        let (free, dead) = self.0.take(&order);
        for worker in dead {
            // Its process is gone; this removes its profile, before anybody can say that all is closed.
            worker.close().await;
        }
        let worker = match free {
            Some(worker) => worker,
            None => self.0.start().await?,
        };
        Place::open(Arc::clone(&self.0), worker, order, gate).await
    }

    /// Closes the browsers that nobody is in, and from now on those that are left.
    pub(crate) async fn close(&self) {
        let before = std::mem::replace(&mut *self.0.state(), State::Closed);
        if let State::Open(idle) = before {
            for worker in idle {
                worker.close().await;
            }
        }
    }
}

impl Pool {
    /// A free browser, best one with a place for this account; and those that have died meanwhile.
    fn take(&self, order: &Order) -> (Option<Worker>, Vec<Worker>) {
        let mut state = self.state();
        let State::Open(idle) = &mut *state else {
            return (None, Vec::new());
        };
        let (alive, dead) = std::mem::take(idle)
            .into_iter()
            .partition(|worker: &Worker| worker.browser.is_alive());
        *idle = alive;
        let fitting = idle.iter().rposition(|worker| worker.is_ready_for(order));
        let taken = match fitting {
            Some(at) => Some(idle.remove(at)),
            None => idle.pop(),
        };
        (taken, dead)
    }

    async fn start(&self) -> Result<Worker, Stop> {
        Worker::start(self.new_profile(), self.setup.worker.clone()).await
    }

    /// A browser for one job alone, of the kind that the profile comes from.
    pub(super) async fn start_own(&self, source: &Path) -> Result<Own, Stop> {
        Own::start(source, self.new_profile(), self.setup.master.clone()).await
    }

    fn new_profile(&self) -> PathBuf {
        let number = self.count.fetch_add(1, Ordering::Relaxed);
        self.setup.profiles.join(format!("worker-{number}"))
    }

    /// Takes a browser back that a job has left.
    pub(super) async fn give_back(&self, worker: Worker) {
        if worker.is_worn(&self.setup.wear) {
            worker.close().await;
            return;
        }
        let worker = match &mut *self.state() {
            State::Open(idle) => {
                idle.push(worker);
                None
            }
            State::Closed => Some(worker),
        };
        if let Some(worker) = worker {
            worker.close().await;
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
