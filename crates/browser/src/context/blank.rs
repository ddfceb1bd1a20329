//! An empty document of an origin, which the gate serves itself, so that no server notices.

use super::handle::Context;
use super::take::STORAGE_LIMIT;
use crate::browser::BrowserError;
use crate::deadline::Deadline;
use crate::frame::ScriptError;
use crate::gate::BLANK_PATH;
use crate::page::Page;

impl Page {
    /// Shows the empty document of an origin, which no server notices. Storage of that origin is put in at once there.
    pub async fn rest_at(&self, origin: &str) -> Result<(), BrowserError> {
        open_blank(self, origin, Deadline::after(STORAGE_LIMIT)).await
    }
}

/// Shows the empty document of an origin in a page.
pub(super) async fn open_blank(
    page: &Page,
    origin: &str,
    deadline: Deadline,
) -> Result<(), BrowserError> {
    let origin_only = crate::text::origin_of(origin)
        .ok_or_else(|| failed(origin, "it is not an origin".to_owned()))?;
    let blank = format!("{origin_only}{BLANK_PATH}");
    if page.url() == blank {
        return Ok(());
    }
    let opened = page.goto(&blank, deadline).await;
    opened
        .map(drop)
        .map_err(|error| failed(origin, error.to_string()))
}

impl Context {
    /// A live page whose main document is of this origin.
    pub(super) fn page_at(&self, origin: &str) -> Option<Page> {
        let origin = crate::text::origin_of(origin);
        let state = self.browser.hub().state();
        let mut pages: Vec<_> = state
            .sessions
            .values()
            .filter(|page| page.context.id == self.shared.id)
            .collect();
        // Always the same one of several.
        pages.sort_by(|left, right| left.target.cmp(&right.target));
        let found = pages
            .into_iter()
            .find(|page| crate::text::origin_of(&page.url()) == origin && !page.is_closed());
        found.map(|shared| Page {
            shared: std::sync::Arc::clone(shared),
            browser: self.browser.clone(),
        })
    }
}

pub(super) fn failed_script(origin: &str, error: &ScriptError) -> BrowserError {
    failed(origin, format!("{error:?}"))
}

pub(super) fn failed(origin: &str, detail: String) -> BrowserError {
    BrowserError::Storage {
        origin: origin.to_owned(),
        detail,
    }
}
