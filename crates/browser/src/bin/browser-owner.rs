//! Owns a browser until it is killed: `browser-owner shell|chromium [PROGRAM]`. Only for the tests of what is left when
//! an owner dies, or when a browser does not start.
#![expect(
    clippy::print_stdout,
    reason = "the test reads the process group from here"
)]

use formhand_browser::{ContextOptions, Kind, Launch, Profile};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let kind = if std::env::args().nth(1).as_deref() == Some("shell") {
        Kind::HeadlessShell
    } else {
        Kind::Chromium
    };
    let browser = Launch {
        kind,
        executable: std::env::args_os().nth(2).map(Into::into),
        profile: Profile::Temporary,
        headless: true,
    }
    .start()
    .await?;
    let context = browser.context(ContextOptions::default()).await?;
    let _page = context.page().await?;
    println!("{}", browser.pid());
    std::future::pending().await
}
