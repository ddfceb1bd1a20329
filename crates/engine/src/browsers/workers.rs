//! The worker browser: shared by the jobs of this server, apart from the masters', replaced after a number of jobs.
//!
//! While a job works, the place for the next one of its session is made, so that it need not wait for it.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use formhand_browser::CommitGate;
use formhand_domain::{AccountKey, Generation};
use tokio::sync::Mutex;

use super::{
    place::{Order, Place},
    worker::Worker,
};
use crate::{flow::Stop, setup::BrowserSetup};

/// Gives places in worker browsers.
pub(crate) struct Workers {
    setup: BrowserSetup,
    present: Mutex<Option<Arc<Worker>>>,
    warm: Arc<Mutex<Option<Warm>>>,
    count: AtomicU64,
}

/// A place that waits for a job of its session.
struct Warm {
    session: (AccountKey, Generation),
    place: Place,
}

impl Workers {
    pub(crate) fn new(setup: BrowserSetup) -> Self {
        Self {
            setup,
            present: Mutex::new(None),
            warm: Arc::default(),
            count: AtomicU64::new(0),
        }
    }

    /// A place for a job, with its gate. Starts a browser if there is none, or if the present one has done its share.
    pub(crate) async fn place(
        &self,
        order: Order,
        gate: Arc<dyn CommitGate>,
    ) -> Result<Place, Stop> {
        let worker = self.worker().await?;
        let traffic = worker.browser.traffic();
        let (sent, received) = (traffic.sent, traffic.received);
        tracing::debug!(sent, received, "a place is made");
        let place = match self.take_warm(&worker, &order).await {
            Some(place) => place,
            None => Place::make(Arc::clone(&worker), &order).await?,
        };
        place.give(gate);
        tokio::spawn(warm_up(Arc::clone(&self.warm), worker, order));
        Ok(place)
    }

    /// Closes the present browser, whoever is in it.
    pub(crate) async fn close(&self) {
        let worker = self.present.lock().await.take();
        // While this is held, nothing is made ahead in the browser that goes.
        let mut warm = self.warm.lock().await;
        if let Some(warm) = warm.take() {
            warm.place.close().await;
        }
        if let Some(worker) = worker {
            worker.close().await;
        }
    }

    /// The warm place, if it is of this browser and session. Any other is of no use any more.
    async fn take_warm(&self, worker: &Arc<Worker>, order: &Order) -> Option<Place> {
        let warm = self.warm.lock().await.take()?;
        let fits = warm.session == order.session
            && warm.place.is_in(worker)
            && !warm.place.page.is_closed();
        if fits {
            return Some(warm.place);
        }
        tokio::spawn(warm.place.close());
        None
    }

    async fn worker(&self) -> Result<Arc<Worker>, Stop> {
        let mut present = self.present.lock().await;
        if let Some(worker) = &*present
            && worker.takes_one_more(self.setup.jobs_per_browser)
        {
            return Ok(Arc::clone(worker));
        }
        if let Some(old) = present.take() {
            old.leave().await;
        }
        let number = self.count.fetch_add(1, Ordering::Relaxed);
        let profile = self.setup.profiles.join(format!("worker-{number}"));
        let worker = Worker::start(profile, self.setup.worker.clone()).await?;
        worker.takes_one_more(self.setup.jobs_per_browser);
        *present = Some(Arc::clone(&worker));
        Ok(worker)
    }
}

/// Makes the next place ahead of its job, unless there is one already.
async fn warm_up(warm: Arc<Mutex<Option<Warm>>>, worker: Arc<Worker>, order: Order) {
    let mut slot = warm.lock().await;
    if slot.is_some() || !worker.browser.is_alive() {
        drop(slot);
        worker.leave().await;
        return;
    }
    // It failed: the job will make its own, and say why if that fails too.
    if let Ok(place) = Place::make(worker, &order).await {
        *slot = Some(Warm {
            session: order.session,
            place,
        });
    }
}
