//! What people may see of sources, and do about them.

use std::{collections::BTreeMap, sync::Arc};

use formhand_domain::{Clock, NodeId, SourceName};
use formhand_store::{DocumentId, QuarantinePage, SavedSource, Sources, StoreError};
use thiserror::Error;

use super::{
    retried::{self, Retried},
    source::Source,
    status::{SourceStatus, status},
    trouble::Trouble,
};

/// Why it was not done.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SourceDeskError {
    /// No such source.
    #[error("there is no source {0}")]
    Unknown(SourceName),
    /// Only a server whose configuration has the source can read its documents.
    #[error("this server's configuration has no source {0}: ask a server whose configuration does")]
    Elsewhere(SourceName),
    /// No such document in the quarantine.
    #[error("the source {0} has no such document in its quarantine")]
    NotQuarantined(SourceName),
    /// The business's database did not do it.
    #[error("the source does not answer: {0}")]
    Origin(String),
    /// The store did not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What people may see of sources, and do about them.
#[derive(Clone)]
pub struct SourceDesk {
    node: NodeId,
    clock: Arc<dyn Clock>,
    sources: Option<Arc<dyn Sources>>,
    own: Arc<BTreeMap<SourceName, Arc<Source>>>,
}

impl SourceDesk {
    pub(super) fn new(
        node: NodeId,
        clock: Arc<dyn Clock>,
        sources: Arc<dyn Sources>,
        own: Vec<Arc<Source>>,
    ) -> Self {
        let own = own
            .into_iter()
            .map(|source| (source.name().clone(), source));
        Self {
            node,
            clock,
            sources: Some(sources),
            own: Arc::new(own.collect()),
        }
    }

    /// Where there can be no source.
    pub fn closed(node: NodeId, clock: Arc<dyn Clock>) -> Self {
        Self {
            node,
            clock,
            sources: None,
            own: Arc::default(),
        }
    }

    /// This server.
    pub fn node(&self) -> &NodeId {
        &self.node
    }

    /// All sources of this server's configuration and of the store, in the order of their names.
    pub async fn list(&self) -> Result<Vec<SourceStatus>, StoreError> {
        let mut saved: BTreeMap<SourceName, Option<SavedSource>> =
            self.own.keys().map(|name| (name.clone(), None)).collect();
        if let Some(sources) = &self.sources {
            let known = sources.sources().await?.into_iter();
            saved.extend(known.map(|source| (source.name.clone(), Some(source))));
        }
        let status = |(name, saved): (SourceName, Option<SavedSource>)| self.status(&name, saved);
        Ok(saved.into_iter().map(status).collect())
    }

    /// One source.
    pub async fn show(&self, name: &SourceName) -> Result<SourceStatus, SourceDeskError> {
        let saved = match &self.sources {
            Some(sources) => sources.source(name).await?,
            None => None,
        };
        if saved.is_none() && !self.own.contains_key(name) {
            return Err(SourceDeskError::Unknown(name.clone()));
        }
        Ok(self.status(name, saved))
    }

    /// A page of the documents that could not be taken.
    pub async fn quarantine(
        &self,
        name: &SourceName,
        after: Option<&DocumentId>,
        limit: u32,
    ) -> Result<QuarantinePage, SourceDeskError> {
        self.show(name).await?;
        Ok(self.kept(name)?.quarantine(name, after, limit).await?)
    }

    /// Looks at a document of the quarantine once more, as it is now.
    pub async fn retry(
        &self,
        name: &SourceName,
        document: &DocumentId,
    ) -> Result<Retried, SourceDeskError> {
        let source = self.own(name).await?;
        if source.sources.quarantined(name, document).await?.is_none() {
            return Err(SourceDeskError::NotQuarantined(name.clone()));
        }
        retried::one(source, document).await.map_err(of_trouble)
    }

    /// Looks at the next documents of the quarantine once more. It says where to go on.
    pub async fn retry_all(
        &self,
        name: &SourceName,
        after: Option<&DocumentId>,
    ) -> Result<Retried, SourceDeskError> {
        let source = self.own(name).await?;
        let page = source
            .sources
            .quarantine(name, after, retried::AT_ONCE)
            .await?;
        retried::page(source, page).await.map_err(of_trouble)
    }

    /// Forgets a document of the quarantine, or all of the source. Says how many there were.
    pub async fn drop(
        &self,
        name: &SourceName,
        document: Option<&DocumentId>,
    ) -> Result<u64, SourceDeskError> {
        self.show(name).await?;
        let dropped = self.kept(name)?.drop_quarantined(name, document).await?;
        if dropped == 0 && document.is_some() {
            return Err(SourceDeskError::NotQuarantined(name.clone()));
        }
        Ok(dropped)
    }

    fn status(&self, name: &SourceName, saved: Option<SavedSource>) -> SourceStatus {
        let own = self.own.get(name).map(Arc::as_ref);
        status(name, own, saved, self.clock.as_ref())
    }

    fn kept(&self, name: &SourceName) -> Result<&Arc<dyn Sources>, SourceDeskError> {
        let unknown = || SourceDeskError::Unknown(name.clone());
        self.sources.as_ref().ok_or_else(unknown)
    }

    async fn own(&self, name: &SourceName) -> Result<&Arc<Source>, SourceDeskError> {
        self.show(name).await?;
        let elsewhere = || SourceDeskError::Elsewhere(name.clone());
        self.own.get(name).ok_or_else(elsewhere)
    }
}

fn of_trouble(trouble: Trouble) -> SourceDeskError {
    match trouble {
        Trouble::Store(error) => SourceDeskError::Store(error),
        Trouble::Origin(text) | Trouble::Lost(text) => SourceDeskError::Origin(text),
        // Nothing here needs the right to watch.
        Trouble::NotKeeper => SourceDeskError::Origin("another server watches it".to_owned()),
    }
}
