//! What Chromium tells of consoles and requests. Nothing is ever asked: the events come by themselves.

use std::sync::Arc;

use serde_json::{Value, json};

use super::request::place_of;
use super::{ConsoleLine, JournalScope, JournalShared, RequestEnd, RequestLine};
use crate::cdp::{Connection, Event};

/// Tells a page, or a frame in a process of its own, to tell. Bodies are never kept, not even in the browser.
pub(crate) fn enable(connection: &Connection, session: &Arc<str>, scope: JournalScope) {
    let send = |method, params| drop(connection.send(Some(session), method, params));
    if scope == JournalScope::Nothing {
        return;
    }
    // Not `Runtime.enable`: it keeps what is logged alive in the page, and pages can tell that it is on.
    send("Console.enable", Value::Null);
    send("Log.enable", Value::Null);
    if scope == JournalScope::Consoles {
        return;
    }
    let nothing =
        json!({"maxTotalBufferSize": 0, "maxResourceBufferSize": 0, "maxPostDataSize": 0});
    send("Network.enable", nothing);
}

/// Writes down what an event tells. False if it is none of the journal's.
pub(crate) fn hear(journal: &JournalShared, event: &Event) -> bool {
    match event.method.as_str() {
        "Console.messageAdded" => write(journal, &event.params["message"]),
        "Log.entryAdded" => write(journal, &event.params["entry"]),
        "Runtime.exceptionThrown" => went_wrong(journal, &event.params["exceptionDetails"]),
        "Network.requestWillBeSent" => begin(journal, event),
        "Network.responseReceived" => {
            let status = status_of(&event.params["response"]);
            journal.change(event.text("requestId"), false, |line, _| {
                line.end = RequestEnd::Open { status };
            });
        }
        "Network.loadingFinished" => finish(journal, event),
        "Network.loadingFailed" => fail(journal, event),
        method => return method.starts_with("Network."),
    }
    true
}

fn write(journal: &JournalShared, said: &Value) {
    let text = |key: &str| said[key].as_str().unwrap_or_default();
    let line = said["line"]
        .as_u64()
        .or_else(|| said["lineNumber"].as_u64());
    journal.write(ConsoleLine::new(
        journal.now_ms(),
        text("level"),
        text("source"),
        text("text"),
        text("url"),
        line,
    ));
}

/// What a page's script did not catch.
fn went_wrong(journal: &JournalShared, details: &Value) {
    let described = details["exception"]["description"].as_str();
    let text = described.or_else(|| details["text"].as_str());
    journal.write(ConsoleLine::new(
        journal.now_ms(),
        "error",
        "page",
        text.unwrap_or_default(),
        details["url"].as_str().unwrap_or_default(),
        details["lineNumber"].as_u64(),
    ));
}

fn begin(journal: &JournalShared, event: &Event) {
    let id = event.text("requestId");
    let now_s = event.params["timestamp"].as_f64().unwrap_or_default();
    // A redirect goes on under the same id.
    if let Some(status) = status_of(&event.params["redirectResponse"]) {
        journal.change(id, true, |line, began_s| {
            line.end = RequestEnd::Answered {
                status,
                duration_ms: milliseconds(now_s - began_s),
                size_bytes: size_of(&event.params["redirectResponse"]),
            };
        });
    }
    let request = &event.params["request"];
    let line = RequestLine {
        at_ms: journal.now_ms(),
        method: request["method"].as_str().unwrap_or_default().to_owned(),
        url: place_of(request["url"].as_str().unwrap_or_default()),
        kind: event.text("type").to_owned(),
        end: RequestEnd::Open { status: None },
    };
    journal.begin(id, line, now_s);
}

fn finish(journal: &JournalShared, event: &Event) {
    let now_s = event.params["timestamp"].as_f64().unwrap_or_default();
    journal.change(event.text("requestId"), true, |line, began_s| {
        if let RequestEnd::Open {
            status: Some(status),
        } = line.end
        {
            line.end = RequestEnd::Answered {
                status,
                duration_ms: milliseconds(now_s - began_s),
                size_bytes: size_of(&event.params),
            };
        }
    });
}

fn fail(journal: &JournalShared, event: &Event) {
    let now_s = event.params["timestamp"].as_f64().unwrap_or_default();
    let reason = match event.params["blockedReason"].as_str() {
        Some(blocked) => format!("{}: {blocked}", event.text("errorText")),
        None => event.text("errorText").to_owned(),
    };
    journal.change(event.text("requestId"), true, |line, began_s| {
        line.end = RequestEnd::Failed {
            reason,
            duration_ms: milliseconds(now_s - began_s),
        };
    });
}

fn status_of(response: &Value) -> Option<u16> {
    u16::try_from(response["status"].as_u64()?).ok()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "what Chromium tells is no less than zero and far below the largest number"
)]
fn size_of(told: &Value) -> Option<u64> {
    let size = told["encodedDataLength"].as_f64()?;
    (size >= 0.0).then_some(size as u64)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a length of time above zero"
)]
fn milliseconds(seconds: f64) -> u64 {
    (seconds.max(0.0) * 1000.0).round() as u64
}
