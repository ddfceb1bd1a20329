//! Reading and putting back the storage state.
//!
//! Cookies belong to the context. Storage can only be reached from a document of its origin: a page of the context
//! that shows one is used, or an empty document that the gate serves itself, so that no server notices.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};

use super::handle::Context;
use super::storage::{Cookie, OriginStorage, StorageState};
use crate::browser::BrowserError;
use crate::deadline::Deadline;
use crate::frame::ScriptError;
use crate::gate::BLANK_PATH;
use crate::page::Page;

/// All of it is local; a browser that needs longer hangs.
const STORAGE_LIMIT: Duration = Duration::from_secs(10);

type Items = Vec<(String, String)>;

#[derive(Deserialize)]
struct Stored {
    local: Items,
    session: Items,
}

impl Context {
    /// All cookies of the context, and the storage of these origins.
    pub async fn storage_state(&self, origins: &[String]) -> Result<StorageState, BrowserError> {
        let params = json!({"browserContextId": self.shared.id});
        let answer = self
            .browser
            .connection()
            .call(None, "Storage.getCookies", params)
            .await?;
        let mut cookies: Vec<Cookie> =
            serde_json::from_value(answer["cookies"].clone()).map_err(|error| {
                BrowserError::Call(crate::cdp::CallError::unexpected(
                    "Storage.getCookies",
                    error,
                ))
            })?;
        for cookie in &mut cookies {
            cookie.expires = cookie.expires.filter(|expires| *expires > 0.0);
        }
        let mut stored = Vec::new();
        let mut blank: Option<Page> = None;
        for origin in origins {
            stored.push(self.origin_storage(origin, &mut blank).await?);
        }
        if let Some(page) = blank {
            page.close().await;
        }
        Ok(StorageState {
            cookies,
            origins: stored,
        })
    }

    async fn origin_storage(
        &self,
        origin: &str,
        blank: &mut Option<Page>,
    ) -> Result<OriginStorage, BrowserError> {
        let deadline = Deadline::after(STORAGE_LIMIT);
        let (page, is_live) = match self.page_at(origin) {
            Some(page) => (page, true),
            None => match blank {
                Some(page) => (page.clone(), false),
                None => (blank.insert(self.blank_page().await?).clone(), false),
            },
        };
        if !is_live {
            open_blank(&page, origin, deadline).await?;
        }
        let value = page
            .main()
            .script("storageRead", vec![], deadline)
            .await
            .map_err(|error| failed(origin, &error))?;
        let stored: Stored = serde_json::from_value(value)
            .map_err(|error| failed_text(origin, error.to_string()))?;
        Ok(OriginStorage {
            origin: origin.to_owned(),
            local_storage: stored.local,
            session_storage: stored.session,
        })
    }

    /// A live page whose main document is of this origin.
    fn page_at(&self, origin: &str) -> Option<Page> {
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

    /// Puts the cookies back that the context was made with.
    pub(crate) async fn restore(&self) -> Result<(), BrowserError> {
        let Some(storage) = &self.shared.options.storage else {
            return Ok(());
        };
        if storage.cookies.is_empty() {
            return Ok(());
        }
        let params = json!({"browserContextId": self.shared.id, "cookies": storage.cookies});
        self.browser
            .connection()
            .call(None, "Storage.setCookies", params)
            .await?;
        Ok(())
    }

    /// Puts local storage back, once in the life of the context, and session storage into every new tab.
    pub(crate) async fn restore_into(&self, page: &Page) -> Result<(), BrowserError> {
        let Some(storage) = &self.shared.options.storage else {
            return Ok(());
        };
        let mut by_origin: BTreeMap<&str, (Items, Items)> = BTreeMap::new();
        for stored in &storage.origins {
            let entry = by_origin.entry(&stored.origin).or_default();
            if !stored.local_storage.is_empty() && self.shared.take_restore(&stored.origin) {
                entry.0.clone_from(&stored.local_storage);
            }
            entry.1.clone_from(&stored.session_storage);
        }
        by_origin.retain(|_, (local, session)| !local.is_empty() || !session.is_empty());
        if by_origin.is_empty() {
            return Ok(());
        }
        let deadline = Deadline::after(STORAGE_LIMIT);
        for (origin, (local, session)) in by_origin {
            open_blank(page, origin, deadline).await?;
            let arguments = vec![json!(local), json!(session)];
            page.main()
                .script("storageWrite", arguments, deadline)
                .await
                .map_err(|error| failed(origin, &error))?;
        }
        // The page stays there: its empty document is in nobody's way, and has no way back.
        let reset = page.shared.send(
            &page.shared.session,
            "Page.resetNavigationHistory",
            Value::Null,
        );
        reset.await?;
        Ok(())
    }
}

async fn open_blank(page: &Page, origin: &str, deadline: Deadline) -> Result<(), BrowserError> {
    let origin_only = crate::text::origin_of(origin)
        .ok_or_else(|| failed_text(origin, "it is not an origin".to_owned()))?;
    let opened = page
        .goto(&format!("{origin_only}{BLANK_PATH}"), deadline)
        .await;
    opened
        .map(drop)
        .map_err(|error| failed_text(origin, error.to_string()))
}

fn failed(origin: &str, error: &ScriptError) -> BrowserError {
    failed_text(origin, format!("{error:?}"))
}

fn failed_text(origin: &str, detail: String) -> BrowserError {
    BrowserError::Storage {
        origin: origin.to_owned(),
        detail,
    }
}
