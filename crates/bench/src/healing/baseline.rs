//! What is compared with: a script that opens the dashboard, sleeps three seconds, and looks whether it is there.

use std::time::Duration;

use formhand_browser::{Condition, ContextOptions, Deadline, Kind, Launch, Profile, Target};
use tokio::time::Instant;

use crate::{error::Error, measure::median, portal::Portal};

/// As the first system did.
const SLEEP: Duration = Duration::from_secs(3);

/// How long it takes to know that a session is gone, in milliseconds.
pub(super) async fn measure(rounds: u32) -> Result<f64, Error> {
    let portal = Portal::start().await?;
    let launch = Launch {
        kind: Kind::HeadlessShell,
        executable: None,
        profile: Profile::Temporary,
        headless: true,
    };
    let browser = launch.start().await?;
    let options = ContextOptions {
        origins: vec![portal.practice.url().to_owned()],
        ..ContextOptions::default()
    };
    let failed = |error: &dyn std::fmt::Display| Error::Portal(error.to_string());
    let context = browser
        .context(options)
        .await
        .map_err(|error| failed(&error))?;
    let page = context.page().await.map_err(|error| failed(&error))?;
    let dashboard = format!("{}/Home/Home", portal.practice.url());
    let mut times = Vec::new();
    for _ in 0..rounds.max(1) {
        let began = Instant::now();
        let limit = Deadline::after(Duration::from_secs(20));
        page.goto(&dashboard, limit)
            .await
            .map_err(|error| failed(&error))?;
        tokio::time::sleep(SLEEP).await;
        let signs = [Condition::Visible(Target::css("#divLogout"))];
        let seen = page.main().holds(&signs, limit).await;
        if seen.map_err(|error| failed(&error))?.is_some() {
            return Err(Error::Portal("nobody is logged in".into()));
        }
        times.push(began.elapsed().as_secs_f64() * 1e3);
    }
    browser.close().await;
    Ok(median(&times))
}
