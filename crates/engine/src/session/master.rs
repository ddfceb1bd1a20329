//! The master's browser: Chromium on a persistent profile, used for logging in and for checks, never for jobs.

use std::path::PathBuf;

use formhand_browser::{Browser, Context, ContextOptions, Kind, Launch, Profile};
use formhand_domain::{Failure, FailureCode};
use formhand_portal::Portal;

use crate::flow::Stop;

/// A running master browser.
pub(crate) struct Master {
    pub(crate) browser: Browser,
    pub(crate) context: Context,
}

impl Master {
    /// Starts the browser on the account's profile.
    pub(crate) async fn start(
        portal: &Portal,
        profile: PathBuf,
        executable: Option<PathBuf>,
    ) -> Result<Self, Stop> {
        let launch = Launch {
            kind: Kind::Chromium,
            executable,
            profile: Profile::Persistent(profile),
            headless: true,
        };
        let browser = launch.start().await.map_err(crashed)?;
        let options = ContextOptions {
            origins: portal.origins.clone(),
            locale: portal.locale.clone(),
            time_zone: portal.time_zone.clone(),
            ..ContextOptions::default()
        };
        match browser.default_context(options).await {
            Ok(context) => Ok(Self { browser, context }),
            Err(error) => {
                browser.close().await;
                Err(crashed(error))
            }
        }
    }
}

pub(crate) fn crashed(error: impl std::fmt::Display) -> Stop {
    Failure::new(FailureCode::BrowserCrashed, error.to_string()).into()
}
