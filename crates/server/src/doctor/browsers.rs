//! The two browsers.

use std::path::PathBuf;

use formhand_browser::Kind;

use super::{Check, program};
use crate::config::BrowserConfig;

/// The one that keeps the sessions and the one that works on jobs.
pub(super) async fn check(config: &BrowserConfig) -> Vec<Check> {
    vec![
        one(
            "chromium",
            Kind::Chromium,
            config.master.as_ref(),
            "browser.master",
        )
        .await,
        one(
            "headless shell",
            Kind::HeadlessShell,
            config.worker.as_ref(),
            "browser.worker",
        )
        .await,
    ]
}

async fn one(name: &str, kind: Kind, configured: Option<&PathBuf>, key: &str) -> Check {
    let path = match configured.cloned().map_or_else(|| kind.find(), Ok) {
        Ok(path) => path,
        Err(error) => {
            let package = match kind {
                Kind::Chromium => "chromium",
                Kind::HeadlessShell | Kind::StillShell => "chromium-headless-shell",
            };
            let hint = format!("apt-get install {package}, or set {key}");
            return Check::fail(name, error.to_string(), hint);
        }
    };
    let shown = path.display().to_string();
    match program::output(&path, "--version").await {
        Ok(text) => {
            let version = text
                .lines()
                .find(|line| line.chars().any(|c| c.is_ascii_digit()));
            Check::ok(
                name,
                format!("{} ({shown})", version.unwrap_or("unknown version").trim()),
            )
        }
        Err(error) => {
            let hint = format!("try it: {shown} --version; or set {key}");
            Check::fail(name, format!("{shown} does not run: {error}"), hint)
        }
    }
}
