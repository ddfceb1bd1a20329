//! What every new page and every frame of another process is told before its first script runs. All of it is sent
//! at once. A page is only handed out when the last of it is answered: some calls are worked off by the browser and
//! some by the renderer, so that a navigation could overtake its own set-up.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::cdp::{Connection, Pending};
use crate::context::ContextOptions;
use crate::frame::{LIBRARY, STARTED, WORLD};

/// Sets a page up and lets it run; the answer says that all of it is done.
pub(crate) fn set_up_page(connection: &Connection, session: &Arc<str>, options: &ContextOptions) -> Pending {
    let send = |method, params| drop(connection.send(Some(session), method, params));
    let (width, height) = options.viewport;
    send(
        "Emulation.setDeviceMetricsOverride",
        json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false}),
    );
    // A page that believes it has the focus works the same in front and behind: many pages share a browser.
    send("Emulation.setFocusEmulationEnabled", json!({"enabled": true}));
    common(connection, session, options)
}

/// Sets up a frame that lives in another process than its page, and lets it run.
pub(crate) fn set_up_frame(connection: &Connection, session: &Arc<str>, options: &ContextOptions) {
    drop(common(connection, session, options));
}

fn common(connection: &Connection, session: &Arc<str>, options: &ContextOptions) -> Pending {
    let send = |method, params| drop(connection.send(Some(session), method, params));
    if let Some(locale) = &options.locale {
        send("Emulation.setLocaleOverride", json!({"locale": locale}));
    }
    if let Some(time_zone) = &options.time_zone {
        send("Emulation.setTimezoneOverride", json!({"timezoneId": time_zone}));
    }
    send("Page.enable", Value::Null);
    send("Runtime.addBinding", json!({"name": STARTED, "executionContextName": WORLD}));
    send(
        "Page.addScriptToEvaluateOnNewDocument",
        json!({"source": LIBRARY, "worldName": WORLD, "runImmediately": true}),
    );
    send(
        "Target.setAutoAttach",
        json!({
            "autoAttach": true, "waitForDebuggerOnStart": true, "flatten": true,
            "filter": [{"type": "iframe"}],
        }),
    );
    connection.send(Some(session), "Runtime.runIfWaitingForDebugger", Value::Null)
}
