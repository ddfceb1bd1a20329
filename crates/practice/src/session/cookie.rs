//! The cookies, and how the ledger speaks of them.

use std::hash::{DefaultHasher, Hash, Hasher};

/// Names the session.
pub(crate) const SESSION: &str = "ASP.NET_SessionId";
/// Names the browser, where sessions are bound to it.
pub(crate) const DEVICE: &str = "IMD_DeviceId";

/// Longer than any session: only whether the cookie outlives the browser matters.
const SESSION_COOKIE_S: u32 = 30 * 24 * 60 * 60;
/// A year: a device is one for good.
const DEVICE_COOKIE_S: u32 = 365 * 24 * 60 * 60;

/// The header that sets the session cookie. Without a lifetime of its own a browser forgets it when it closes.
pub(crate) fn session_cookie(id: &str, persistent: bool) -> String {
    let life = if persistent {
        format!("Max-Age={SESSION_COOKIE_S}; ")
    } else {
        String::new()
    };
    format!("{SESSION}={id}; {life}Path=/; HttpOnly; SameSite=Lax")
}

/// The header that sets the device cookie.
pub(crate) fn device_cookie(id: &str) -> String {
    format!("{DEVICE}={id}; Max-Age={DEVICE_COOKIE_S}; Path=/; SameSite=Lax")
}

/// A name for a session that gives nothing away.
pub(crate) fn hash(id: &str) -> String {
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    format!("{:08x}", hasher.finish() & 0xffff_ffff)
}
