//! `Page::snapshot`: what the documents of a page are made of and say, as inert HTML.

use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};

use super::error::PageError;
use super::handle::Page;
use crate::Sensitive;
use crate::cdp::CallError;
use crate::deadline::Deadline;
use crate::frame::ScriptError;

/// Writing a document takes tens of milliseconds, or the page hangs.
const SNAPSHOT_LIMIT: Duration = Duration::from_secs(5);

/// More frames than a portal has; a page could have thousands.
const MOST_FRAMES: usize = 10;

/// What is kept of one document, in characters. Larger ones are cut off.
const LARGEST_CHARACTERS: usize = 1_000_000;

/// One document as inert HTML: no script, no style, no reference, and nothing of what is sensitive. Still it is the
/// portal's words: serve it only in a sandbox.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct Snapshot {
    /// The document.
    pub html: String,
    /// Whether it was too large and is cut off.
    pub truncated: bool,
}

impl std::fmt::Debug for Snapshot {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Snapshot({} bytes)", self.html.len())
    }
}

impl Page {
    /// Has the browser tell what the scripts of the page did not catch: it comes into the journal. Chromium remembers
    /// that by itself, so it need not be listened for while a job works, when a page could tell that somebody does.
    pub async fn note_errors(&self) {
        let shared = &self.shared;
        let told = shared.send(&shared.session, "Runtime.enable", Value::Null);
        // A page that hangs says nothing more.
        drop(tokio::time::timeout(SNAPSHOT_LIMIT, told).await);
    }

    /// The documents of the page's frames, the main one first. What is sensitive does not leave the browser: every
    /// field's content is blanked there, and every text with a sensitive value.
    pub async fn snapshot(&self, sensitive: &Sensitive) -> Result<Vec<Snapshot>, PageError> {
        let deadline = Deadline::after(SNAPSHOT_LIMIT);
        let mut arguments = sensitive.arguments();
        arguments.push(json!(LARGEST_CHARACTERS));
        let mut snapshots = Vec::new();
        for frame in self.frames().into_iter().take(MOST_FRAMES) {
            match frame
                .script_beside("snapshot", arguments.clone(), deadline)
                .await
            {
                Ok(value) => {
                    let snapshot = serde_json::from_value(value);
                    snapshots.push(snapshot.map_err(|error| {
                        PageError::Call(CallError::unexpected("a snapshot", error))
                    })?);
                }
                // A frame that has just gone, or is getting another document, shows nothing.
                Err(ScriptError::ContextLost) => {}
                Err(error) => return Err(error.in_page(&self.shared, "a snapshot")),
            }
        }
        Ok(snapshots)
    }
}
