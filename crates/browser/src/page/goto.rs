//! `Page::goto`: to an address, until its document can be worked with.

use serde::Deserialize;
use serde_json::json;

use super::error::PageError;
use super::handle::Page;
use crate::deadline::Deadline;
use crate::frame::ScriptError;
use crate::text::without_query;

/// Where a navigation ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Navigated {
    /// The address after all redirects.
    pub url: String,
    /// The HTTP status of the document.
    pub status: u16,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    loader_id: Option<String>,
    error_text: Option<String>,
}

#[derive(Deserialize)]
struct Ready {
    url: String,
    status: u16,
    parsed: bool,
}

impl Page {
    /// Goes to an address and waits until its document is parsed. Pictures and the like may still be loading: acts
    /// wait for what they need.
    pub async fn goto(&self, url: &str, deadline: Deadline) -> Result<Navigated, PageError> {
        if url != "about:blank" && !self.shared.context.allows_document(url) {
            return Err(PageError::OriginRefused {
                url: without_query(url),
            });
        }
        self.shared.change(|state| {
            state.responses.clear();
            state.refused_document = None;
        });
        let answer = self.navigate(url, deadline).await?;
        if let Some(reason) = answer.error_text {
            let refused = self.shared.state().refused_document.take();
            return Err(match refused {
                Some(url) => PageError::OriginRefused {
                    url: without_query(&url),
                },
                None => PageError::NotReached {
                    url: without_query(url),
                    reason,
                },
            });
        }
        if let Some(loader) = answer.loader_id {
            self.committed(&loader, deadline).await?;
        }
        self.ready(deadline).await
    }

    async fn navigate(&self, url: &str, deadline: Deadline) -> Result<Answer, PageError> {
        let call = self
            .shared
            .send(&self.shared.session, "Page.navigate", json!({"url": url}));
        match tokio::time::timeout_at(deadline.instant(), call.read()).await {
            Err(_) => {
                // Taken back, or it could still arrive under the feet of the next step.
                drop(
                    self.shared
                        .send(&self.shared.session, "Page.stopLoading", json!({})),
                );
                Err(timed_out(&format!("{} to answer", without_query(url))))
            }
            Ok(answer) => answer.map_err(|error| self.shared.explain(error)),
        }
    }

    /// Chromium answers when it is certain that the document comes; it is there with the event. A document that was
    /// replaced at once by another one counts as come.
    async fn committed(&self, loader: &str, deadline: Deadline) -> Result<(), PageError> {
        let target = &self.shared.target;
        let before = self.shared.frame(target).map(|frame| frame.loader);
        let come = self.shared.until(deadline, |state| {
            if state.ended.is_some() {
                return Some(false);
            }
            let now = state.frames.get(&**target).map(|frame| &frame.loader);
            (now.is_some_and(|now| now == loader) || now != before.as_ref()).then_some(true)
        });
        match come.await {
            None => Err(timed_out("the document to come")),
            Some(false) => Err(self.shared.explain(crate::cdp::CallError::SessionGone {
                method: "Page.navigate".into(),
            })),
            Some(true) => Ok(()),
        }
    }

    async fn ready(&self, deadline: Deadline) -> Result<Navigated, PageError> {
        loop {
            match self
                .main()
                .script("ready", vec![json!(deadline.remaining_ms())], deadline)
                .await
            {
                Ok(value) => {
                    let ready: Ready = serde_json::from_value(value).map_err(|error| {
                        PageError::Call(crate::cdp::CallError::unexpected("ready", error))
                    })?;
                    if !ready.parsed {
                        return Err(timed_out("the document to be parsed"));
                    }
                    return Ok(Navigated {
                        url: ready.url,
                        status: ready.status,
                    });
                }
                // It has gone on by itself already: a redirect made by a script.
                Err(ScriptError::ContextLost) if !deadline.has_passed() => {}
                Err(error) => return Err(error.in_page(&self.shared, "the document to be parsed")),
            }
        }
    }
}

fn timed_out(waiting_for: &str) -> PageError {
    PageError::TimedOut {
        waiting_for: waiting_for.to_owned(),
    }
}
