//! One worker browser.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

use formhand_browser::{Browser, Kind, Launch, Profile};

use crate::flow::Stop;

/// One worker browser. Closed when the last place in it is left.
pub(super) struct Worker {
    pub(super) browser: Browser,
    profile: PathBuf,
    jobs: AtomicU32,
}

impl Worker {
    /// Starts one on a profile of its own, which holds nothing that is needed again.
    pub(super) async fn start(
        profile: PathBuf,
        executable: Option<PathBuf>,
    ) -> Result<Arc<Self>, Stop> {
        let launch = Launch {
            kind: Kind::HeadlessShell,
            executable,
            profile: Profile::Persistent(profile.clone()),
            headless: true,
        };
        match launch.start().await {
            Ok(browser) => Ok(Arc::new(Self {
                browser,
                profile,
                jobs: AtomicU32::new(0),
            })),
            Err(error) => {
                remove(&profile).await;
                Err(super::crashed(error))
            }
        }
    }

    /// Counts one more job in, if the browser lives and has not done its share of them.
    pub(super) fn takes_one_more(&self, share: u32) -> bool {
        self.browser.is_alive() && self.jobs.fetch_add(1, Ordering::Relaxed) < share
    }

    /// Closes the browser if this was its last user.
    pub(super) async fn leave(self: Arc<Self>) {
        if let Some(worker) = Arc::into_inner(self) {
            worker.close().await;
        }
    }

    /// Closes the browser, whoever is in it.
    pub(super) async fn close(&self) {
        self.browser.close().await;
        remove(&self.profile).await;
    }
}

/// What cannot be removed now is removed at the next start.
async fn remove(profile: &Path) {
    let _ = tokio::fs::remove_dir_all(profile).await;
}
