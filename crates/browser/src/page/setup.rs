//! What every new page and every frame of another process is told before its first script runs. All of it is sent
//! at once. A page is only handed out when the last of it is answered: some calls are worked off by the browser and
//! some by the renderer, so that a navigation could overtake its own set-up.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::cdp::{Connection, Pending};
use crate::context::ContextOptions;
use crate::frame::{LIBRARY, WORLD};
use crate::journal;

/// Sets a page up and lets it run; the answer says that all of it is done.
pub(crate) fn set_up_page(
    connection: &Connection,
    session: &Arc<str>,
    options: &ContextOptions,
    user_agent: &str,
) -> Pending {
    let send = |method, params| drop(connection.send(Some(session), method, params));
    let (width, height) = options.viewport;
    send(
        "Emulation.setDeviceMetricsOverride",
        json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false}),
    );
    // A page that believes it has the focus works the same in front and behind: many pages share a browser.
    send(
        "Emulation.setFocusEmulationEnabled",
        json!({"enabled": true}),
    );
    common(connection, session, options, user_agent)
}

/// Sets up a frame that lives in another process than its page, and lets it run.
pub(crate) fn set_up_frame(
    connection: &Connection,
    session: &Arc<str>,
    options: &ContextOptions,
    user_agent: &str,
) {
    drop(common(connection, session, options, user_agent));
}

fn common(
    connection: &Connection,
    session: &Arc<str>,
    options: &ContextOptions,
    user_agent: &str,
) -> Pending {
    let send = |method, params| drop(connection.send(Some(session), method, params));
    if let Some(locale) = &options.locale {
        send("Emulation.setLocaleOverride", json!({"locale": locale}));
        // The override alone changes how scripts format, but neither the header nor `navigator.language`.
        send(
            "Emulation.setUserAgentOverride",
            json!({"userAgent": user_agent, "acceptLanguage": locale, "userAgentMetadata": metadata(user_agent)}),
        );
    }
    if let Some(time_zone) = &options.time_zone {
        send(
            "Emulation.setTimezoneOverride",
            json!({"timezoneId": time_zone}),
        );
    }
    journal::enable(connection, session, options.journal);
    send("Page.enable", Value::Null);
    send(
        "Page.addScriptToEvaluateOnNewDocument",
        json!({"source": LIBRARY, "worldName": WORLD, "runImmediately": true}),
    );
    send(
        "Target.setAutoAttach",
        json!({
            "autoAttach": true, "waitForDebuggerOnStart": true, "flatten": true,
            // Workers only to be let go at once: with this setting Chromium holds them too, and one that is not
            // attached to would never start.
            "filter": [{"type": "iframe"}, {"type": "worker"}],
        }),
    );
    connection.send(
        Some(session),
        "Runtime.runIfWaitingForDebugger",
        Value::Null,
    )
}

/// An override of the name takes the client hints away unless they are given too: the same as without it.
fn metadata(user_agent: &str) -> Value {
    let full = user_agent
        .split("Chrome/")
        .nth(1)
        .and_then(|rest| rest.split(' ').next())
        .unwrap_or_default();
    let major = full.split('.').next().unwrap_or_default();
    let brand = |version: &str, other: &str| json!([{"brand": "Chromium", "version": version}, {"brand": "Not/A)Brand", "version": other}]);
    json!({
        "brands": brand(major, "99"), "fullVersionList": brand(full, "99.0.0.0"), "platform": "Linux",
        "platformVersion": "", "architecture": "x86", "bitness": "64", "model": "", "mobile": false,
    })
}
