//! A download that is waited for.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::error::DownloadError;
use super::folder::OwnFile;
use super::slot::{Begun, Slot, State};
use crate::context::Context;
use crate::deadline::Deadline;
use crate::page::{Page, PageError};

/// A download that is waited for: the next one of its context, and no other. Dropping it breaks off what is still
/// coming, removes what has come, and refuses downloads again.
///
/// It lies in the browser's own profile, so that it goes with it when its owner dies.
pub struct ComingDownload {
    context: Context,
    /// Where it will lie; nothing once it was handed over.
    folder: Option<PathBuf>,
    at_most_bytes: u64,
}

/// A whole file. It is removed with this, unless it was moved away before.
pub struct Downloaded {
    /// Where it is.
    pub file: PathBuf,
    /// What the server calls it. It can hold paths and anything else: never use it as it is.
    pub name: String,
    /// How large it is.
    pub size_bytes: u64,
    _own: OwnFile,
}

impl Context {
    /// Lets the next download come, if it is no larger than this.
    pub async fn await_download(
        &self,
        at_most_bytes: u64,
    ) -> Result<ComingDownload, DownloadError> {
        if !self.shared.download.open() {
            return Err(DownloadError::Busy);
        }
        // From here on it is shut again by the drop.
        let mut coming = ComingDownload {
            context: self.clone(),
            folder: None,
            at_most_bytes,
        };
        let folder = self.shared.downloads.path(self.browser.profile())?;
        let params = json!({
            "behavior": "allowAndName", "browserContextId": self.shared.id,
            "downloadPath": folder, "eventsEnabled": true,
        });
        coming.folder = Some(folder);
        let method = "Browser.setDownloadBehavior";
        self.browser.connection().call(None, method, params).await?;
        Ok(coming)
    }
}

impl ComingDownload {
    /// Opens an address that leads to a download.
    pub async fn open(
        &self,
        page: &Page,
        url: &str,
        deadline: Deadline,
    ) -> Result<(), DownloadError> {
        match page.goto(url, deadline).await {
            Ok(navigated) => Err(DownloadError::Page {
                status: navigated.status,
            }),
            // No document comes, which is how a download looks to the page.
            Err(PageError::NotReached { reason, .. }) if reason == "net::ERR_ABORTED" => Ok(()),
            Err(error) => Err(DownloadError::Open(error)),
        }
    }

    /// Waits until it is whole.
    pub async fn whole(mut self, deadline: Deadline) -> Result<Downloaded, DownloadError> {
        let begun = tokio::select! {
            biased;
            begun = self.end(deadline) => begun?,
            _ = self.context.browser.gone() => return Err(DownloadError::BrowserGone),
        };
        let folder = self.folder.as_ref().ok_or(DownloadError::Busy)?;
        let file = folder.join(&begun.id);
        let size_bytes = tokio::fs::metadata(&file).await?.len();
        if size_bytes > self.at_most_bytes {
            return Err(self.too_large());
        }
        if begun.received_bytes > size_bytes {
            return Err(DownloadError::Cut {
                received_bytes: size_bytes,
            });
        }
        self.folder = None;
        Ok(Downloaded {
            _own: OwnFile(file.clone()),
            file,
            name: begun.name,
            size_bytes,
        })
    }

    async fn end(&self, deadline: Deadline) -> Result<Begun, DownloadError> {
        let mut slot = self.context.shared.download.watch();
        loop {
            let seen = slot.borrow_and_update().clone();
            if let Slot::Begun(begun) = &seen {
                if begun.received_bytes.max(begun.total_bytes) > self.at_most_bytes {
                    return Err(self.too_large());
                }
                match begun.state {
                    State::Coming => {}
                    State::Whole => return Ok(begun.clone()),
                    State::Cut => {
                        return Err(DownloadError::Cut {
                            received_bytes: begun.received_bytes,
                        });
                    }
                }
            }
            let changed = tokio::time::timeout_at(deadline.instant(), slot.changed()).await;
            if !matches!(changed, Ok(Ok(()))) {
                return Err(DownloadError::TimedOut {
                    waiting_for: waiting_for(&seen),
                });
            }
        }
    }

    fn too_large(&self) -> DownloadError {
        DownloadError::TooLarge {
            at_most_bytes: self.at_most_bytes,
        }
    }
}

fn waiting_for(seen: &Slot) -> String {
    match seen {
        Slot::Begun(begun) if begun.total_bytes > 0 => format!(
            "the rest of a download: {} of {} bytes have come",
            begun.received_bytes, begun.total_bytes
        ),
        Slot::Begun(begun) => format!(
            "the end of a download: {} bytes have come",
            begun.received_bytes
        ),
        _ => "a download to begin".to_owned(),
    }
}

impl Drop for ComingDownload {
    fn drop(&mut self) {
        let send = |method, params: Value| {
            drop(self.context.browser.connection().send(None, method, params));
        };
        let id = &self.context.shared.id;
        let deny = json!({"behavior": "deny", "browserContextId": id});
        send("Browser.setDownloadBehavior", deny);
        let Some(begun) = self.context.shared.download.shut() else {
            return;
        };
        if begun.state == State::Coming {
            let cancel = json!({"guid": begun.id, "browserContextId": id});
            send("Browser.cancelDownload", cancel);
        }
        drop(
            self.folder
                .take()
                .map(|folder| OwnFile(folder.join(begun.id))),
        );
    }
}
