//! A browser for one job alone, on a copy of a profile.

use std::path::{Path, PathBuf};

use formhand_browser::{Browser, Kind, Launch, Profile, copy_profile};
use formhand_domain::{Failure, FailureCode};

use super::worker::remove;
use crate::flow::Stop;

/// A browser for one job alone. Nothing of it is used again.
pub(super) struct Own {
    pub(super) browser: Browser,
    profile: PathBuf,
}

impl Own {
    /// Copies a profile that no browser uses, and starts a browser on the copy. All that leaves it goes through one way
    /// out, as the gate of its context needs it.
    pub(super) async fn start(
        source: &Path,
        profile: PathBuf,
        executable: Option<PathBuf>,
    ) -> Result<Self, Stop> {
        copy_profile(source, &profile)
            .await
            .map_err(|error| Failure::new(FailureCode::Internal, error.to_string()))?;
        let launch = Launch {
            kind: Kind::Chromium,
            executable,
            profile: Profile::Persistent(profile.clone()),
            headless: true,
        };
        match launch.start_behind_egress().await {
            Ok(browser) => Ok(Self { browser, profile }),
            Err(error) => {
                remove(&profile).await;
                Err(super::crashed(error))
            }
        }
    }

    /// Ends the browser and removes its profile.
    pub(super) async fn close(self) {
        // What a close in order would write to the profile is not wanted any more.
        self.browser.kill().await;
        remove(&self.profile).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn kf35_a_browser_that_does_not_start_leaves_no_copy() {
        let folder = tempfile::tempdir().unwrap();
        let (source, profile) = (folder.path().join("source"), folder.path().join("worker-0"));
        tokio::fs::create_dir(&source).await.unwrap();
        tokio::fs::write(source.join("Local State"), "{}")
            .await
            .unwrap();
        let no_browser = Some(folder.path().join("no-browser"));
        let started = Own::start(&source, profile, no_browser).await;
        assert!(started.is_err());
        let mut left = std::fs::read_dir(folder.path()).unwrap();
        assert_eq!(left.next().unwrap().unwrap().file_name(), "source");
        assert!(left.next().is_none());
    }
}
