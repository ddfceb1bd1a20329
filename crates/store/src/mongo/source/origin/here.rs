//! The collection, as the operations see it.

use async_trait::async_trait;
use jiff::Timestamp;
use mongodb::{
    ClientSession, Collection, Database,
    bson::{Bson, Document},
};
use serde_json::Value;

use super::{super::super::within::within, follow, present, read, scan, tell};
use crate::{DocumentId, Feed, Note, Origin, OriginError, Position, Scan};

/// A collection of the business.
pub(super) struct Here {
    pub(super) database: Database,
    pub(super) collection: Collection<Document>,
}

impl Here {
    /// A session whose reads are as new as this moment, whichever member of the set answers.
    pub(super) async fn session(
        &self,
        as_of: Option<mongodb::bson::Timestamp>,
    ) -> Result<ClientSession, OriginError> {
        let mut session = self.database.client().start_session().await?;
        if let Some(as_of) = as_of {
            session.advance_operation_time(as_of);
        }
        Ok(session)
    }
}

/// The ids of documents as a query takes them.
pub(super) fn bsons(ids: &[DocumentId]) -> Result<Vec<Bson>, OriginError> {
    ids.iter().map(|id| Ok(id.bson()?)).collect()
}

/// The contract, handed to the operations one by one, each with its limit of time.
#[async_trait]
impl Origin for Here {
    async fn present(&self) -> Result<(Position, Timestamp), OriginError> {
        within(present::present(self)).await
    }

    async fn follow(
        &self,
        position: &Position,
        updates: bool,
    ) -> Result<Box<dyn Feed>, OriginError> {
        within(follow::follow(self, position, updates)).await
    }

    async fn ids(
        &self,
        scan: &Scan,
        limit: u32,
        as_of: &Position,
    ) -> Result<Vec<DocumentId>, OriginError> {
        within(scan::ids(self, scan, limit, as_of)).await
    }

    async fn ids_tell_time(&self, as_of: &Position) -> Result<bool, OriginError> {
        within(scan::ids_tell_time(self, as_of)).await
    }

    async fn read(
        &self,
        ids: &[DocumentId],
        as_of: Option<&Position>,
    ) -> Result<Vec<(DocumentId, Option<Value>)>, OriginError> {
        within(read::read(self, ids, as_of)).await
    }

    async fn tell(&self, notes: &[Note]) -> Result<Vec<DocumentId>, OriginError> {
        within(tell::tell(self, notes)).await
    }
}
