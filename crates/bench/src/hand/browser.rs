//! The browser of the script, logged in.

use formhand_browser::{Browser, Kind, Launch, Profile};
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use serde_json::{Value, json};

use super::{
    job,
    scripts::{LOG_IN, LOGGED_IN, LOGIN},
    tab::{Tab, go_raw},
};
use crate::{
    customers::Filing, error::Error, measure::Group, portal::Portal, report::Round, section::Meter,
};

/// A browser and the cookies of a login.
pub(crate) struct Hand {
    pub(super) browser: Browser,
    pub(super) base: String,
    pub(super) cookies: Value,
}

impl Hand {
    /// Starts the browser and logs in. None of this is measured.
    pub(crate) async fn start(portal: &Portal) -> Result<Self, Error> {
        let launch = Launch {
            kind: Kind::HeadlessShell,
            executable: None,
            profile: Profile::Temporary,
            headless: true,
        };
        let browser = launch.start().await?;
        go_raw(browser.connection()).await?;
        let base = portal.practice.url().to_owned();
        let cookies = log_in(&browser, portal).await?;
        Ok(Self {
            browser,
            base,
            cookies,
        })
    }

    /// Files these records, so many at once, and says what it took.
    pub(crate) async fn round(
        &self,
        filings: &[Filing],
        workers: usize,
        portal: &Portal,
    ) -> Result<Round, Error> {
        let traffic = self.browser.traffic();
        let meter = Meter::start(Group::led_by(self.browser.pid()), portal);
        let jobs = stream::iter(filings)
            .map(|filing| job::file(self, filing))
            .buffer_unordered(workers)
            .try_collect()
            .await?;
        let now = self.browser.traffic();
        let calls = now.sent - traffic.sent;
        Ok(meter.stop(jobs, calls, now.received - traffic.received))
    }

    pub(super) fn messages(&self) -> u64 {
        let traffic = self.browser.traffic();
        traffic.sent + traffic.received
    }

    pub(crate) async fn close(self) {
        self.browser.close().await;
    }
}

async fn log_in(browser: &Browser, portal: &Portal) -> Result<Value, Error> {
    let login = format!("{}/Login/IMDLogin", portal.practice.url());
    let tab = Tab::open(browser.connection(), &json!([]), &login).await?;
    let captcha = tab.first(&LOGIN).await?;
    // The captcha is no part of what is measured: the portal itself is asked.
    let letters = portal
        .practice
        .captcha_answer(captcha.as_str().unwrap_or_default());
    let given =
        json!({"user": portal.user.name, "password": portal.user.password, "captcha": letters});
    tab.run(&LOG_IN, &given).await?;
    tab.first(&LOGGED_IN).await?;
    let cookies = tab.cookies().await?;
    tab.close().await?;
    Ok(cookies)
}
