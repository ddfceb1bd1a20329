//! `Frame`: the handle.

use std::sync::Arc;

use crate::page::{Page, PageShared};

/// A frame of a page. It stays the same over navigations, also when it moves to another process.
#[derive(Clone)]
pub struct Frame {
    pub(crate) page: Page,
    pub(crate) id: String,
}

impl Frame {
    pub(crate) fn new(page: Page, id: String) -> Self {
        Self { page, id }
    }

    /// Its page.
    pub fn page(&self) -> &Page {
        &self.page
    }

    /// The address of its document.
    pub fn url(&self) -> String {
        self.shared()
            .frame(&self.id)
            .map(|frame| frame.url)
            .unwrap_or_default()
    }

    pub(crate) fn shared(&self) -> &Arc<PageShared> {
        &self.page.shared
    }
}

impl std::fmt::Debug for Frame {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Frame({} of {:?})", self.id, self.page)
    }
}
