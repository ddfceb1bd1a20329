//! A source of this server: what the configuration says of it, and its collection.

use std::sync::Arc;

use formhand_domain::{Clock, NodeId, SourceName};
use formhand_store::{Origin, OriginError, Sources, Store};
use tokio::sync::OnceCell;

use crate::{Intake, setup::SourceSetup};

/// A source, as everybody here uses it.
pub(super) struct Source {
    /// This server.
    pub(super) node: NodeId,
    pub(super) setup: SourceSetup,
    pub(super) store: Arc<dyn Store>,
    pub(super) sources: Arc<dyn Sources>,
    pub(super) intake: Intake,
    pub(super) clock: Arc<dyn Clock>,
    origin: OnceCell<Arc<dyn Origin>>,
}

impl Source {
    pub(super) fn new(
        node: NodeId,
        setup: SourceSetup,
        store: Arc<dyn Store>,
        sources: Arc<dyn Sources>,
        intake: Intake,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self {
            node,
            setup,
            store,
            sources,
            intake,
            clock,
            origin: OnceCell::new(),
        }
    }

    pub(super) fn name(&self) -> &SourceName {
        &self.setup.name
    }

    /// Its collection. The name of its server is looked up the first time that it can be.
    pub(super) async fn origin(&self) -> Result<&Arc<dyn Origin>, OriginError> {
        let find = || self.sources.origin(&self.setup.place);
        self.origin.get_or_try_init(find).await
    }
}
