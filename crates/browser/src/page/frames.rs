//! Frames of pages that do not draw by themselves.
//!
//! Drawing is most of what a page costs, and nobody looks at the pages of a job. In a browser that draws on demand a
//! page draws when a picture of it is taken, when a mouse needs it, and a few times a second while something is waited
//! for: enough for scripts that move things by animation frames. Such a frame runs all that a page does for it
//! (animations, layout, observers), and puts nothing on a screen.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::sync::Mutex;

use super::shared::PageShared;
use crate::cdp::CallError;
use crate::deadline::Deadline;

/// What ends sooner needs no frame: most waits do.
const FIRST_AFTER: Duration = Duration::from_millis(50);

/// From one frame to the next. Ten a second move a page on without making it expensive.
const EVERY: Duration = Duration::from_millis(100);

/// When the pages of a browser draw.
#[derive(Debug, Clone)]
pub(crate) enum Drawing {
    /// As the browser likes.
    ByItself,
    /// When they are told to, one after the other: two at once end Chromium's GPU process, and with it every page.
    OnDemand(Arc<Mutex<()>>),
}

impl Drawing {
    pub(crate) fn new(on_demand: bool) -> Self {
        if on_demand {
            Self::OnDemand(Arc::default())
        } else {
            Self::ByItself
        }
    }

    pub(crate) fn is_on_demand(&self) -> bool {
        matches!(self, Self::OnDemand(_))
    }
}

impl PageShared {
    /// Lets the page draw while something goes on in it.
    pub(crate) async fn drawing<T>(self: &Arc<Self>, work: impl Future<Output = T>) -> T {
        if !self.drawing.is_on_demand() {
            return work.await;
        }
        tokio::select! {
            biased;
            done = work => done,
            never = self.draw_on_and_on() => match never {},
        }
    }

    async fn draw_on_and_on(self: &Arc<Self>) -> Infallible {
        tokio::time::sleep(FIRST_AFTER).await;
        while self.draw_unseen().await.is_ok() {
            tokio::time::sleep(EVERY).await;
        }
        // The page has ended, which whoever works on it is told.
        std::future::pending().await
    }

    /// A document that has never drawn may be about to move: nothing is done to it before its first frame.
    pub(crate) async fn draw_first(self: &Arc<Self>, frame: &str, deadline: Deadline) {
        if self.drawing.is_on_demand() && self.state().take_first_drawing(frame) {
            // One that hangs, or goes away meanwhile, shows so to whoever acts on it.
            let _ = tokio::time::timeout_at(deadline.instant(), self.draw_unseen()).await;
        }
    }

    /// A frame for the page's own sake, that nobody here waits for.
    pub(crate) fn draw_soon(self: &Arc<Self>) {
        if self.drawing.is_on_demand() {
            let page = Arc::clone(self);
            tokio::spawn(async move { page.draw_unseen().await });
        }
    }

    /// A frame for the page's own sake: nothing comes of it on a screen.
    pub(crate) async fn draw_unseen(self: &Arc<Self>) -> Result<(), CallError> {
        let drawn = self.draw(json!({"noDisplayUpdates": true})).await;
        drawn.map(drop)
    }

    /// A frame as a person would see it.
    pub(crate) async fn draw_seen(self: &Arc<Self>) -> Result<(), CallError> {
        self.draw(json!({})).await.map(drop)
    }

    /// One frame, when it is the page's turn. On a task of its own: whoever waits may give up, but the turn is over
    /// only when Chromium says so.
    pub(crate) async fn draw(self: &Arc<Self>, params: Value) -> Result<Value, CallError> {
        const METHOD: &str = "HeadlessExperimental.beginFrame";
        let Drawing::OnDemand(turn) = &self.drawing else {
            return Ok(Value::Null);
        };
        let turn = Arc::clone(turn).lock_owned().await;
        let page = Arc::clone(self);
        let drawing = tokio::spawn(async move {
            let drawn = page.send(&page.session, METHOD, params).await;
            drop(turn);
            drawn
        });
        drawing
            .await
            .unwrap_or_else(|error| Err(CallError::unexpected(METHOD, error)))
    }
}
