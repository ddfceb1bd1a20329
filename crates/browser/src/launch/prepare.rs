//! Makes a kept profile ready for its browser: a session outlives a restart, and no tab does.
//!
//! Chromium writes cookies that end with the browser to the disk like all others, and forgets them at the next start,
//! and even when its last tab closes. It does neither where a person has set it to go on where it was left; but then
//! it also opens the tabs of then, and a page that comes back by itself could send again what it has sent. So it is set
//! to that, and finds no tabs.

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
    let session = &mut preferences["session"];
    if session["restore_on_startup"] == json!(GO_ON) {
        return Ok(());
    }
    if !session.is_object() {
        *session = json!({});
    }
    session["restore_on_startup"] = json!(GO_ON);
    std::fs::create_dir_all(&folder)?;
    // All at once: half of it would cost the profile all that it is set to.
    let new = folder.join("Preferences.new");
    std::fs::write(&new, preferences.to_string())?;
    std::fs::rename(new, path)
}
