//! The shape of a message on the wire.

use serde::{Deserialize, Serialize};
use serde_json::Value;

#[derive(Serialize)]
pub(crate) struct Request<'a> {
    pub(crate) id: u64,
    pub(crate) method: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) params: Option<&'a Value>,
    #[serde(rename = "sessionId", skip_serializing_if = "Option::is_none")]
    pub(crate) session: Option<&'a str>,
}

#[derive(Deserialize)]
pub(crate) struct Incoming {
    pub(crate) id: Option<u64>,
    pub(crate) method: Option<String>,
    #[serde(default)]
    pub(crate) params: Value,
    #[serde(rename = "sessionId")]
    pub(crate) session: Option<String>,
    #[serde(default)]
    pub(crate) result: Value,
    pub(crate) error: Option<ProtocolError>,
}

#[derive(Deserialize)]
pub(crate) struct ProtocolError {
    pub(crate) code: i64,
    pub(crate) message: String,
}

/// Something that the browser said by itself.
#[derive(Debug, Clone)]
pub struct Event {
    /// The session (page, frame or worker) it is about; `None` is the browser itself.
    pub session: Option<String>,
    /// For example `Page.frameNavigated`.
    pub method: String,
    /// The event's content.
    pub params: Value,
}

impl Event {
    pub(crate) fn text(&self, key: &str) -> &str {
        self.params[key].as_str().unwrap_or_default()
    }
}
