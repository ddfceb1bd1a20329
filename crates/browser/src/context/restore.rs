//! Putting the storage state back that a context starts with, before a page's own scripts run.

use serde_json::{Value, json};

use super::blank::{failed, failed_script, open_blank};
use super::handle::Context;
use super::storage::{OriginStorage, StorageState};
use super::take::STORAGE_LIMIT;
use crate::browser::BrowserError;
use crate::deadline::Deadline;
use crate::page::Page;

impl Context {
    /// Gives a context its storage that was made without one. `page` is its only page and has shown nothing yet.
    pub async fn adopt(&self, storage: StorageState, page: &Page) -> Result<(), BrowserError> {
        if self.shared.storage.set(storage).is_err() {
            return Err(BrowserError::HasStorage);
        }
        self.restore().await?;
        self.restore_into(page).await
    }

    /// Puts the cookies back that the context starts with.
    pub(crate) async fn restore(&self) -> Result<(), BrowserError> {
        match self.shared.storage.get() {
            Some(storage) => self.set_cookies(&storage.cookies).await,
            None => Ok(()),
        }
    }

    /// Puts local storage and databases back, once in the life of the context, and session storage into every new tab.
    pub(crate) async fn restore_into(&self, page: &Page) -> Result<(), BrowserError> {
        let Some(storage) = self.shared.storage.get() else {
            return Ok(());
        };
        let mut was_shown = false;
        {
            // Held until it is done: a second page must not be handed out with half of the storage.
            let mut restored = self.shared.restored.lock().await;
            for stored in &storage.origins {
                let is_first = !restored.contains(&stored.origin);
                was_shown |= restore_origin(page, stored, is_first).await?;
                restored.insert(stored.origin.clone());
            }
        }
        if was_shown {
            // The page stays there: its empty document is in nobody's way, and has no way back.
            let reset = page.shared.send(
                &page.shared.session,
                "Page.resetNavigationHistory",
                Value::Null,
            );
            reset.await?;
        }
        Ok(())
    }
}

/// Says whether there was something to put back.
async fn restore_origin(
    page: &Page,
    stored: &OriginStorage,
    is_first: bool,
) -> Result<bool, BrowserError> {
    let origin = &stored.origin;
    let local = if is_first {
        stored.local_storage.as_slice()
    } else {
        &[]
    };
    let databases = if is_first {
        stored.indexed_db.as_slice()
    } else {
        &[]
    };
    let session = &stored.session_storage;
    if local.is_empty() && session.is_empty() && databases.is_empty() {
        return Ok(false);
    }
    let deadline = Deadline::after(STORAGE_LIMIT);
    open_blank(page, origin, deadline).await?;
    let run = |name, arguments| {
        let main = page.main();
        async move {
            let ran = main.script(name, arguments, deadline).await;
            ran.map_err(|error| failed_script(origin, &error))
        }
    };
    if !local.is_empty() || !session.is_empty() {
        run("storageWrite", vec![json!(local), json!(session)]).await?;
    }
    if !databases.is_empty() {
        let arguments = vec![json!(databases), json!(deadline.remaining_ms())];
        let written = run("databasesWrite", arguments).await?;
        if let Some(detail) = written["failed"].as_str() {
            return Err(failed(origin, detail.to_owned()));
        }
    }
    Ok(true)
}
