//! What a person does in a page, by what is seen of it: at points and with keys, on no element in particular.
//!
//! Nothing here waits for an element, and nothing knows what is typed: it may be a secret.

use serde_json::{Value, json};

use super::error::ActErrorKind;
use crate::cdp::{CallError, Pending};
use crate::deadline::Deadline;
use crate::page::{Page, PageError};

/// A point of what is in view, in CSS pixels from its left upper corner, as in the page's picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
}

impl Page {
    /// Clicks at a point, whatever is there.
    pub async fn click_at(&self, at: Point, deadline: Deadline) -> Result<(), ActErrorKind> {
        let _acting = self.shared.acting.lock().await;
        // Which process a mouse goes to is known from the last picture.
        let _ = tokio::time::timeout_at(deadline.instant(), self.shared.draw_seen()).await;
        let mut last = self.mouse(json!({"type": "mouseMoved", "x": at.x, "y": at.y}));
        self.shared.draw_soon();
        for (kind, buttons) in [("mousePressed", 1), ("mouseReleased", 0)] {
            last = self.mouse(json!({
                "type": kind, "x": at.x, "y": at.y, "button": "left", "clickCount": 1, "buttons": buttons,
            }));
        }
        self.taken(last, deadline).await
    }

    /// Types a text where the focus is, key by key.
    pub async fn type_text(&self, text: &str, deadline: Deadline) -> Result<(), ActErrorKind> {
        if text.is_empty() {
            return Ok(());
        }
        let _acting = self.shared.acting.lock().await;
        let typed = self.main().replace_by_keys(text);
        self.taken(typed, deadline).await
    }

    /// Presses a key where the focus is, with its modifiers: `Enter`, `Shift+Tab`.
    pub async fn press_key(&self, key: &str, deadline: Deadline) -> Result<(), ActErrorKind> {
        let _acting = self.shared.acting.lock().await;
        let pressed = self.main().press_key(key)?;
        self.taken(pressed, deadline).await
    }

    /// Turns the wheel at a point: what is there moves down by so many pixels, or up if it is less than zero.
    pub async fn scroll_at(
        &self,
        at: Point,
        down: f64,
        deadline: Deadline,
    ) -> Result<(), ActErrorKind> {
        let _acting = self.shared.acting.lock().await;
        let turned = self.mouse(json!({
            "type": "mouseWheel", "x": at.x, "y": at.y, "deltaX": 0, "deltaY": down,
        }));
        // A page moves with the next frame.
        self.shared.drawing(self.taken(turned, deadline)).await
    }

    /// Goes back to the document before. Nothing happens where there is none.
    pub async fn go_back(&self, deadline: Deadline) -> Result<(), ActErrorKind> {
        let _acting = self.shared.acting.lock().await;
        let history = self.call("Page.getNavigationHistory", json!({}), deadline);
        let history = history.await?;
        let present = history["currentIndex"].as_u64().unwrap_or_default();
        let before = present
            .checked_sub(1)
            .and_then(|at| usize::try_from(at).ok());
        let entry = before.and_then(|at| history["entries"].get(at));
        let url = entry.and_then(|entry| entry["url"].as_str());
        let (Some(entry), true) = (entry, url.is_some_and(|url| url != "about:blank")) else {
            return Ok(());
        };
        let there = json!({"entryId": entry["id"]});
        self.call("Page.navigateToHistoryEntry", there, deadline)
            .await
            .map(drop)
    }

    fn mouse(&self, params: Value) -> Pending {
        let shared = &self.shared;
        shared.send(&shared.session, "Input.dispatchMouseEvent", params)
    }

    async fn call(
        &self,
        method: &'static str,
        params: Value,
        deadline: Deadline,
    ) -> Result<Value, ActErrorKind> {
        let sent = self.shared.send(&self.shared.session, method, params);
        match tokio::time::timeout_at(deadline.instant(), sent).await {
            Err(_) => Err(silent()),
            Ok(answer) => answer.map_err(|error| self.shared.explain(error).into()),
        }
    }

    async fn taken(&self, last: Pending, deadline: Deadline) -> Result<(), ActErrorKind> {
        match tokio::time::timeout_at(deadline.instant(), last).await {
            Err(_) => Err(silent()),
            // What was done may have closed the page, as it does a pop-up.
            Ok(Ok(_) | Err(CallError::SessionGone { .. })) => Ok(()),
            Ok(Err(error)) => Err(PageError::into(self.shared.explain(error))),
        }
    }
}

fn silent() -> ActErrorKind {
    ActErrorKind::TimedOut {
        waiting_for: "the page to take it".to_owned(),
    }
}
