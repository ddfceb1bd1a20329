//! The worker browser: shared by the jobs of this server, apart from the masters', replaced after a number of jobs.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use formhand_browser::{Browser, Context, ContextOptions, Kind, Launch, Profile};
use formhand_domain::{Failure, FailureCode};
use tokio::sync::Mutex;

use crate::{flow::Stop, setup::BrowserSetup};

/// Gives places in worker browsers.
pub(crate) struct Workers {
    setup: BrowserSetup,
    present: Mutex<Option<Arc<Worker>>>,
    count: AtomicU64,
}

/// One worker browser. Closed when the last job has left it.
struct Worker {
    browser: Browser,
    profile: PathBuf,
    jobs: AtomicU64,
}

/// A context of its own in a worker browser.
pub(crate) struct Place {
    pub(crate) browser: Browser,
    pub(crate) context: Context,
    worker: Arc<Worker>,
}

impl Workers {
    pub(crate) fn new(setup: BrowserSetup) -> Self {
        Self {
            setup,
            present: Mutex::new(None),
            count: AtomicU64::new(0),
        }
    }

    /// A new context. Starts a browser if there is none, or if the present one has done its share.
    pub(crate) async fn place(&self, options: ContextOptions) -> Result<Place, Stop> {
        let worker = self.worker().await?;
        let traffic = worker.browser.traffic();
        let (sent, received) = (traffic.sent, traffic.received);
        tracing::debug!(sent, received, "a place is made");
        match worker.browser.context(options).await {
            Ok(context) => Ok(Place {
                browser: worker.browser.clone(),
                context,
                worker,
            }),
            Err(error) => {
                worker.leave().await;
                Err(crashed(error))
            }
        }
    }

    /// Closes the present browser, whoever is in it.
    pub(crate) async fn close(&self) {
        if let Some(worker) = self.present.lock().await.take() {
            worker.browser.close().await;
            remove_profile(&worker.profile).await;
        }
    }

    async fn worker(&self) -> Result<Arc<Worker>, Stop> {
        let mut present = self.present.lock().await;
        if let Some(worker) = &*present {
            let used = worker.jobs.fetch_add(1, Ordering::Relaxed);
            if worker.browser.is_alive() && used < u64::from(self.setup.jobs_per_browser) {
                return Ok(Arc::clone(worker));
            }
        }
        if let Some(old) = present.take() {
            old.leave().await;
        }
        let number = self.count.fetch_add(1, Ordering::Relaxed);
        let profile = self.setup.profiles.join(format!("worker-{number}"));
        let launch = Launch {
            kind: Kind::HeadlessShell,
            executable: self.setup.worker.clone(),
            profile: Profile::Persistent(profile.clone()),
            headless: true,
        };
        let browser = match launch.start().await {
            Ok(browser) => browser,
            Err(error) => {
                remove_profile(&profile).await;
                return Err(crashed(error));
            }
        };
        let worker = Arc::new(Worker {
            browser,
            profile,
            jobs: AtomicU64::new(1),
        });
        *present = Some(Arc::clone(&worker));
        Ok(worker)
    }
}

impl Worker {
    /// Closes the browser if this was its last user.
    async fn leave(self: Arc<Self>) {
        if let Some(worker) = Arc::into_inner(self) {
            worker.browser.close().await;
            remove_profile(&worker.profile).await;
        }
    }
}

/// It holds nothing that is needed again; what cannot be removed now is removed at the next start.
async fn remove_profile(profile: &Path) {
    let _ = tokio::fs::remove_dir_all(profile).await;
}

impl Place {
    /// Leaves the place. When this returns, no request of it can leave the browser any more. True if the browser lived
    /// to close it in order, so that nothing that the gate held was let go.
    pub(crate) async fn close(self) -> bool {
        let closed = tokio::time::timeout(CLOSE_LIMIT, self.context.close()).await;
        let in_order = matches!(closed, Ok(Ok(()))) && self.browser.is_alive();
        if !in_order {
            // A context that cannot be seen to close goes down with its browser.
            self.browser.close().await;
        }
        let traffic = self.browser.traffic();
        let (sent, received) = (traffic.sent, traffic.received);
        tracing::debug!(sent, received, "a place is left");
        self.worker.leave().await;
        in_order
    }
}

/// A live browser closes a context in milliseconds.
const CLOSE_LIMIT: std::time::Duration = std::time::Duration::from_secs(5);

fn crashed(error: impl std::fmt::Display) -> Stop {
    Failure::new(FailureCode::BrowserCrashed, error.to_string()).into()
}
