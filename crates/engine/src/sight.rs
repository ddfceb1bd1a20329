//! What the browsers at work show, for a person who wants to look on. Masked like all pictures, and kept nowhere.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use bytes::Bytes;
use formhand_browser::{Page, Sensitive};
use formhand_domain::JobId;
use formhand_evidence::paint;
use thiserror::Error;
use tokio::{sync::Mutex as Turn, task::spawn_blocking, time::Instant};

use crate::{mask::areas, takeover::Typed};

/// However many look on, a page is pictured no more often than this: the browser has a form to fill.
const EVERY: Duration = Duration::from_millis(400);

/// A page that cannot be pictured within this has something else to do.
const LIMIT: Duration = Duration::from_secs(3);

/// The pages of the jobs that this server works on.
#[derive(Clone, Default)]
pub struct Sight(Arc<Mutex<HashMap<JobId, Arc<Shown>>>>);

/// There is a page, and no picture of it can be had at present.
#[derive(Debug, Error)]
#[error("no picture can be taken of the page at present")]
pub struct NoPicture;

/// A page that may be looked at.
struct Shown {
    /// Another one, while a person has that.
    page: Mutex<Page>,
    sensitive: Sensitive,
    typed: Typed,
    /// The last picture. Whoever holds this takes the next one, and all others wait for it.
    last: Turn<Option<(Instant, Bytes)>>,
}

/// The page of a job may be looked at, until this is dropped.
pub(crate) struct Showing {
    sight: Sight,
    job: JobId,
}

impl Sight {
    /// Lets the page of a job be looked at.
    pub(crate) fn show(
        &self,
        job: JobId,
        page: Page,
        sensitive: Sensitive,
        typed: Typed,
    ) -> Showing {
        let shown = Shown {
            page: Mutex::new(page),
            sensitive,
            typed,
            last: Turn::default(),
        };
        self.pages().insert(job, Arc::new(shown));
        Showing {
            sight: self.clone(),
            job,
        }
    }

    /// From now on this page of a job is shown.
    pub(crate) fn turn_to(&self, job: JobId, page: &Page) {
        if let Some(shown) = self.pages().get(&job) {
            *shown.page() = page.clone();
        }
        self.is_old(job);
    }

    /// Something was done: whoever looks gets a new picture.
    pub(crate) fn is_old(&self, job: JobId) {
        if let Some(shown) = self.pages().get(&job)
            && let Ok(mut last) = shown.last.try_lock()
        {
            *last = None;
        }
    }

    /// What the browser shows of a job, as PNG; nothing if this server does not fill a form for it now.
    pub async fn of(&self, job: JobId) -> Result<Option<Bytes>, NoPicture> {
        let shown = self.pages().get(&job).cloned();
        match shown {
            Some(shown) => shown.picture().await.map(Some),
            None => Ok(None),
        }
    }

    fn pages(&self) -> MutexGuard<'_, HashMap<JobId, Arc<Shown>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Shown {
    fn page(&self) -> MutexGuard<'_, Page> {
        self.page.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn picture(&self) -> Result<Bytes, NoPicture> {
        let mut last = self.last.lock().await;
        if let Some((taken, picture)) = &*last
            && taken.elapsed() < EVERY
        {
            return Ok(picture.clone());
        }
        let picture = self.take().await.ok_or(NoPicture)?;
        *last = Some((Instant::now(), picture.clone()));
        Ok(picture)
    }

    async fn take(&self) -> Option<Bytes> {
        let page = self.page().clone();
        let sensitive = self.typed.beside(&self.sensitive);
        let taking = tokio::time::timeout(LIMIT, page.screenshot(&sensitive));
        let taken = taking.await.ok()?.ok()?;
        let areas = areas(&taken.masks);
        let painted = spawn_blocking(move || paint(&taken.png, &areas)).await;
        Some(painted.ok()?.ok()?.into())
    }
}

impl Drop for Showing {
    fn drop(&mut self) {
        self.sight.pages().remove(&self.job);
    }
}
