//! One worker browser.

use std::{
    path::{Path, PathBuf},
    time::Instant,
};

use formhand_browser::{Browser, Kind, Launch, Profile};

use super::{
    ahead::{Ahead, Bare},
    place::Order,
};
use crate::{flow::Stop, setup::Wear};

/// One worker browser, and the place in it that is made ahead of the next job.
pub(super) struct Worker {
    pub(super) browser: Browser,
    pub(super) ahead: Option<Ahead>,
    profile: PathBuf,
    started_at: Instant,
    jobs: u32,
}

impl Worker {
    /// Starts one on a profile of its own, which holds nothing that is needed again.
    pub(super) async fn start(profile: PathBuf, executable: Option<PathBuf>) -> Result<Self, Stop> {
        let launch = Launch {
            kind: Kind::StillShell,
            executable,
            profile: Profile::Persistent(profile.clone()),
            headless: true,
        };
        match launch.start().await {
            Ok(browser) => Ok(Self {
                browser,
                ahead: None,
                profile,
                started_at: Instant::now(),
                jobs: 0,
            }),
            Err(error) => {
                remove(&profile).await;
                Err(super::crashed(error))
            }
        }
    }

    /// Whether a place for this account is made in it.
    pub(super) fn is_ready_for(&self, order: &Order) -> bool {
        self.ahead.as_ref().is_some_and(|ahead| ahead.fits(order))
    }

    /// The place that was made ahead if it fits, else a new one.
    pub(super) async fn bare(&mut self, order: &Order) -> Result<Bare, Stop> {
        match self.ahead.take() {
            Some(ahead) if ahead.fits(order) => {
                if let Some(bare) = ahead.ready().await {
                    return Ok(bare);
                }
            }
            Some(of_another_account) => of_another_account.close(&self.browser).await,
            None => {}
        }
        Bare::make(&self.browser, order).await
    }

    /// Counts a job in.
    pub(super) fn begin_job(&mut self) {
        self.jobs += 1;
    }

    /// Whether a new one should take its place.
    pub(super) fn is_worn(&self, wear: &Wear) -> bool {
        !self.browser.is_alive()
            || self.jobs >= wear.jobs
            || self.started_at.elapsed() >= wear.age
            || self.browser.memory_bytes() >= wear.memory_bytes
    }

    /// Closes the browser.
    pub(super) async fn close(self) {
        self.browser.close().await;
        remove(&self.profile).await;
    }
}

/// What cannot be removed now is removed at the next start.
pub(super) async fn remove(profile: &Path) {
    let _ = tokio::fs::remove_dir_all(profile).await;
}
