//! The command line of a browser.

use std::ffi::OsString;
use std::path::Path;

use super::kind::Kind;
use crate::egress::Egress;

/// Quiet (nothing in the background, no first-run pages), and the same on every machine.
const ALWAYS: &[&str] = &[
    "--remote-debugging-pipe",
    "--no-startup-window",
    "--no-first-run",
    "--no-default-browser-check",
    "--no-service-autorun",
    "--disable-gpu",
    // QUIC goes around what a proxy or a test server sees, and its requests have been seen to survive a closed tab.
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-component-extensions-with-background-pages",
    "--disable-client-side-phishing-detection",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--disable-breakpad",
    "--disable-crash-reporter",
    "--disable-dev-shm-usage",
    "--metrics-recording-only",
    "--password-store=basic",
    "--mute-audio",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
    // A page in the background works as fast as one in front: many jobs share a browser.
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
    // The portal may open its windows from a timer. They are held by the gate like every page.
    "--disable-popup-blocking",
    "--disable-hang-monitor",
    "--disable-prompt-on-repost",
    // A page that can come back from the dead could send again.
    "--disable-back-forward-cache",
];

/// Features that act by themselves: a changed scheme, pages loaded ahead, requests nobody made. The last one holds all
/// that a page does after a click back until the next frame is drawn.
const DISABLED_FEATURES: &str = "--disable-features=HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,Prerender2,\
Translate,OptimizationHints,MediaRouter,DialMediaRouteProvider,InterestFeedContentSuggestions,\
CertificateTransparencyComponentUpdater,AutofillServerCommunication,PasswordManagerOnboarding,\
PasswordLeakDetection,AcceptCHFrame,DestroyProfileOnBrowserClose,DeferRendererTasksAfterInput";

/// Frames come when the protocol asks for them, and are whole then.
const ON_DEMAND: [&str; 3] = [
    "--enable-begin-frame-control",
    "--run-all-compositor-stages-before-draw",
    // What moves by `transform` or fades would be left to the compositor, which begins with the first frame that is put
    // on a screen. Of the frames that are not, none comes there.
    "--disable-threaded-animation",
];

/// The whole browser goes through one way out. Chromium would leave loopback addresses out by itself.
pub(super) fn only_through(egress: &Egress) -> [OsString; 2] {
    [
        format!("--proxy-server={}", egress.server()).into(),
        "--proxy-bypass-list=<-loopback>".into(),
    ]
}

pub(crate) fn flags(kind: Kind, headless: bool, profile: &Path) -> Vec<OsString> {
    let mut flags: Vec<OsString> = ALWAYS.iter().map(OsString::from).collect();
    flags.push(DISABLED_FEATURES.into());
    if kind == Kind::StillShell {
        flags.extend(ON_DEMAND.map(OsString::from));
    }
    if headless && kind == Kind::Chromium {
        flags.push("--headless=new".into());
    }
    if rustix::process::geteuid().is_root() {
        // Chromium's sandbox refuses to start under root.
        flags.push("--no-sandbox".into());
    }
    let mut folder = OsString::from("--user-data-dir=");
    folder.push(profile);
    flags.push(folder);
    flags
}
