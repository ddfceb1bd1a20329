//! Makes a kept profile ready for its browser: a session outlives a restart, and no tab does.
//!
//! Chromium writes cookies that end with the browser to the disk like all others, and forgets them at the next start,
//! and even when its last tab closes. It does neither where a person has set it to go on where it was left; but then
//! it also opens the tabs of then, and a page that comes back by itself could send again what it has sent. So it is set
//! to that, and finds no tabs.
//!
//! It is also set to hand documents over as files. Chromium shows a PDF in a viewer of its own otherwise, and then there
//! is nothing to keep.

use std::io::ErrorKind;
use std::path::Path;

use serde_json::{Value, json};

/// `SessionStartupPref`: go on where it was left.
const GO_ON: u64 = 1;

/// Call it only when no browser uses the profile.
pub(super) fn prepare(profile: &Path) -> std::io::Result<()> {
    let folder = profile.join("Default");
    for tabs in ["Sessions", "Sessions_Encrypted"] {
        match std::fs::remove_dir_all(folder.join(tabs)) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    let path = folder.join("Preferences");
    let mut preferences = match std::fs::read(&path) {
        Ok(text) => match serde_json::from_slice(&text) {
            Ok(preferences @ Value::Object(_)) => preferences,
            // Chromium finds that out too, and says what becomes of it.
            _ => return Ok(()),
        },
        Err(error) if error.kind() == ErrorKind::NotFound => json!({}),
        Err(error) => return Err(error),
    };
    let before = preferences.clone();
    set(
        &mut preferences,
        "session",
        "restore_on_startup",
        json!(GO_ON),
    );
    set(
        &mut preferences,
        "plugins",
        "always_open_pdf_externally",
        json!(true),
    );
    if preferences == before {
        return Ok(());
    }
    std::fs::create_dir_all(&folder)?;
    // All at once: half of it would cost the profile all that it is set to.
    let new = folder.join("Preferences.new");
    std::fs::write(&new, preferences.to_string())?;
    std::fs::rename(new, path)
}

fn set(preferences: &mut Value, group: &str, name: &str, value: Value) {
    let group = &mut preferences[group];
    if !group.is_object() {
        *group = json!({});
    }
    group[name] = value;
}
