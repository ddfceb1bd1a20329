//! Reading the storage state.
//!
//! Cookies belong to the context. Storage can only be reached from a document of its origin: a page of the context
//! that shows one is used, or an empty document that no server notices.

use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};

use super::blank::{failed, failed_script, open_blank};
use super::handle::Context;
use super::indexed_db::{Database, INDEXED_DB_LIMIT_BYTES};
use super::parts::StorageParts;
use super::storage::{OriginStorage, StorageState};
use crate::browser::BrowserError;
use crate::deadline::Deadline;
use crate::page::Page;

/// All of it is local; a browser that needs longer hangs.
pub(super) const STORAGE_LIMIT: Duration = Duration::from_secs(10);

/// A page whose scripts need longer is taken as it is.
const SETTLE_LIMIT: Duration = Duration::from_secs(2);

#[derive(Deserialize)]
struct Stored {
    local: Vec<(String, String)>,
    session: Vec<(String, String)>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum StoredDatabases {
    Read {
        databases: Vec<Database>,
        used_bytes: usize,
    },
    Uncopiable(String),
    Failed(String),
}

impl Context {
    /// All cookies of the context, and the local and session storage of these origins.
    pub async fn storage_state(&self, origins: &[String]) -> Result<StorageState, BrowserError> {
        self.storage_state_with(origins, StorageParts::default())
            .await
    }

    /// These parts of the storage of these origins. [`BrowserError::Uncopiable`] when a database holds what cannot be
    /// copied, such as a key that never leaves the browser, or more than [`INDEXED_DB_LIMIT_BYTES`].
    pub async fn storage_state_with(
        &self,
        origins: &[String],
        parts: StorageParts,
    ) -> Result<StorageState, BrowserError> {
        let mut state = StorageState::default();
        if parts.cookies {
            state.cookies = self.cookies().await?;
        }
        if !parts.need_documents() {
            return Ok(state);
        }
        let mut taking = Taking {
            context: self,
            parts,
            blank: None,
            databases_bytes: 0,
        };
        let mut taken = Ok(());
        for origin in origins {
            match taking.origin(origin).await {
                Ok(stored) => state.origins.push(stored),
                Err(error) => {
                    taken = Err(error);
                    break;
                }
            }
        }
        if let Some(page) = taking.blank {
            page.close().await;
        }
        taken.map(|()| state)
    }
}

/// A storage state on its way.
struct Taking<'a> {
    context: &'a Context,
    parts: StorageParts,
    /// The page for origins that no page shows.
    blank: Option<Page>,
    /// What the databases so far hold.
    databases_bytes: usize,
}

impl Taking<'_> {
    async fn origin(&mut self, origin: &str) -> Result<OriginStorage, BrowserError> {
        let deadline = Deadline::after(STORAGE_LIMIT);
        let page = self.page(origin, deadline).await?;
        let mut taken = OriginStorage {
            origin: origin.to_owned(),
            ..OriginStorage::default()
        };
        let parts = self.parts;
        if parts.local_storage || parts.session_storage {
            let arguments = vec![json!(parts.local_storage), json!(parts.session_storage)];
            let stored: Stored = run(&page, origin, "storageRead", arguments, deadline).await?;
            taken.local_storage = stored.local;
            taken.session_storage = stored.session;
        }
        if parts.indexed_db {
            taken.indexed_db = self.databases(&page, origin, deadline).await?;
        }
        Ok(taken)
    }

    async fn page(&mut self, origin: &str, deadline: Deadline) -> Result<Page, BrowserError> {
        if let Some(page) = self.context.page_at(origin) {
            // What its scripts are about to keep there belongs to it; but a document can take as long as it likes.
            let _ = page.main().settled(Deadline::after(SETTLE_LIMIT)).await;
            return Ok(page);
        }
        let page = match &self.blank {
            Some(page) => page.clone(),
            None => self.blank.insert(self.context.blank_page().await?).clone(),
        };
        open_blank(&page, origin, deadline).await?;
        Ok(page)
    }

    async fn databases(
        &mut self,
        page: &Page,
        origin: &str,
        deadline: Deadline,
    ) -> Result<Vec<Database>, BrowserError> {
        let arguments = vec![
            json!(INDEXED_DB_LIMIT_BYTES),
            json!(self.databases_bytes),
            json!(deadline.remaining_ms()),
        ];
        match run(page, origin, "databasesRead", arguments, deadline).await? {
            StoredDatabases::Uncopiable(detail) => Err(BrowserError::Uncopiable {
                origin: origin.to_owned(),
                detail,
            }),
            StoredDatabases::Failed(detail) => Err(failed(origin, detail)),
            StoredDatabases::Read {
                databases,
                used_bytes,
            } => {
                self.databases_bytes = used_bytes;
                Ok(databases)
            }
        }
    }
}

async fn run<T: serde::de::DeserializeOwned>(
    page: &Page,
    origin: &str,
    name: &'static str,
    arguments: Vec<Value>,
    deadline: Deadline,
) -> Result<T, BrowserError> {
    let value = page
        .main()
        .script(name, arguments, deadline)
        .await
        .map_err(|error| failed_script(origin, &error))?;
    serde_json::from_value(value).map_err(|error| failed(origin, error.to_string()))
}
