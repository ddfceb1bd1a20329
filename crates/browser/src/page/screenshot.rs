//! `Page::screenshot`: the picture, and where in it personal data is.

use std::fmt;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::error::PageError;
use super::handle::Page;
use crate::Sensitive;
use crate::cdp::CallError;
use crate::deadline::Deadline;
use crate::frame::{Frame, ScriptError};

/// A picture is taken in less than a second, or the page hangs.
const PICTURE_LIMIT: Duration = Duration::from_secs(10);

/// A part of a picture, in its pixels.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Rect {
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
}

/// A picture of what is in view, and the parts of it that must be painted over before it is kept.
#[derive(Clone, PartialEq)]
pub struct Screenshot {
    /// The picture.
    pub png: Bytes,
    /// Every form control that holds something and every text with a sensitive value, in every frame.
    pub masks: Vec<Rect>,
}

impl fmt::Debug for Screenshot {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "Screenshot({} bytes, {} masks)",
            self.png.len(),
            self.masks.len()
        )
    }
}

impl Page {
    /// Takes a picture of what is in view. It is not painted over yet: `masks` says where it must be.
    pub async fn screenshot(&self, sensitive: &Sensitive) -> Result<Screenshot, PageError> {
        let deadline = Deadline::after(PICTURE_LIMIT);
        // Before and after: what moves or appears while the picture is taken is masked at both places.
        let mut masks = self.masks(sensitive, deadline).await?;
        let taking = tokio::time::timeout_at(deadline.instant(), self.take_picture());
        let data = taking.await.map_err(|_| PageError::TimedOut {
            waiting_for: "a picture".to_owned(),
        })?;
        let data = data.map_err(|error| self.shared.explain(error))?;
        let png = STANDARD
            .decode(data)
            .map_err(|error| PageError::Call(CallError::unexpected("a picture", error)))?;
        for mask in self.masks(sensitive, deadline).await? {
            if !masks.contains(&mask) {
                masks.push(mask);
            }
        }
        Ok(Screenshot {
            png: png.into(),
            masks,
        })
    }

    async fn take_picture(&self) -> Result<String, CallError> {
        let format = json!({"format": "png", "optimizeForSpeed": true});
        let shared = &self.shared;
        let mut answer = if shared.drawing.is_on_demand() {
            let drawn = shared.draw(json!({"screenshot": format})).await?;
            drawn["screenshotData"].clone()
        } else {
            let call = shared.send(&shared.session, "Page.captureScreenshot", format);
            call.await?["data"].clone()
        };
        match answer.take() {
            Value::String(data) => Ok(data),
            _ => Err(CallError::unexpected("a picture", "none came")),
        }
    }

    async fn masks(
        &self,
        sensitive: &Sensitive,
        deadline: Deadline,
    ) -> Result<Vec<Rect>, PageError> {
        let mut masks = Vec::new();
        for frame in self.frames() {
            masks.extend(self.masks_in(&frame, sensitive, deadline).await?);
        }
        Ok(masks)
    }

    async fn masks_in(
        &self,
        frame: &Frame,
        sensitive: &Sensitive,
        deadline: Deadline,
    ) -> Result<Vec<Rect>, PageError> {
        loop {
            match frame.script("masks", sensitive.arguments(), deadline).await {
                Ok(value) => {
                    let rects: Vec<Rect> = serde_json::from_value(value)
                        .map_err(|error| PageError::Call(CallError::unexpected("masks", error)))?;
                    if rects.is_empty() {
                        return Ok(rects);
                    }
                    let Ok(offset) = frame.offset(deadline).await else {
                        continue;
                    };
                    let Some(offset) = offset else {
                        return Ok(Vec::new());
                    };
                    let moved = |rect: Rect| Rect {
                        x: rect.x + offset.x,
                        y: rect.y + offset.y,
                        ..rect
                    };
                    return Ok(rects.into_iter().map(moved).collect());
                }
                // A frame that was removed meanwhile is in no picture; one that navigated is looked at again.
                Err(ScriptError::ContextLost) if self.shared.frame(&frame.id).is_none() => {
                    return Ok(Vec::new());
                }
                Err(ScriptError::ContextLost) if !deadline.has_passed() => {}
                Err(error) => return Err(error.in_page(&self.shared, "the masks of a picture")),
            }
        }
    }
}
