//! UUIDs, as documents hold them.

use std::fmt::Write;

use base64::{Engine, engine::general_purpose::STANDARD};

/// The hyphenated text of a UUID's sixteen bytes.
pub(super) fn from_base64(text: &str) -> Option<String> {
    let bytes: [u8; 16] = STANDARD.decode(text).ok()?.try_into().ok()?;
    let mut uuid = String::with_capacity(36);
    for (index, byte) in bytes.iter().enumerate() {
        if matches!(index, 4 | 6 | 8 | 10) {
            uuid.push('-');
        }
        // Writing to a String cannot fail.
        let _ = write!(uuid, "{byte:02x}");
    }
    Some(uuid)
}
