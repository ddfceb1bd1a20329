//! What Slack, Mattermost and others take.

use serde_json::json;

use super::words;
use crate::alerts::Message;

/// The body.
pub(super) fn body(message: &Message, from: &str) -> String {
    let heading = escaped(&words::subject(message, from));
    let text = escaped(&words::text(message, from));
    json!({ "text": format!("*{heading}*\n{text}") }).to_string()
}

/// Three characters have a meaning there.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
