//! The session that the watcher of a source makes its transactions in.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use formhand_domain::{FencingToken, SourceName};
use mongodb::{
    ClientSession,
    bson::{Document, doc},
};

use super::{super::collections::Collections, keep::kept};
use crate::{SourceError, StoreError};

/// The sessions of the sources that this handle watches.
#[derive(Default)]
pub(super) struct Sessions(Mutex<HashMap<(SourceName, FencingToken), ClientSession>>);

impl Sessions {
    /// The session of a watcher. It is noted in the source's document before anything is done in it.
    ///
    /// Whoever is done in order puts it back. One that is dropped in a transaction undoes that.
    pub(super) async fn take(
        &self,
        store: &Collections,
        source: &SourceName,
        keeper: FencingToken,
    ) -> Result<ClientSession, SourceError> {
        let idle = self.idle().remove(&(source.clone(), keeper));
        if let Some(session) = idle {
            return Ok(session);
        }
        let session = store
            .client
            .start_session()
            .await
            .map_err(StoreError::from)?;
        let note = doc! { "$set": { "session": session.id().clone() } };
        let noted = store.sources.update_one(kept(source, keeper)?, note).await;
        if noted.map_err(StoreError::from)?.matched_count == 0 {
            return Err(SourceError::NotKeeper(source.clone()));
        }
        Ok(session)
    }

    /// Keeps a session in which nothing is open, for the next time. Those of former rights are over.
    pub(super) fn put_back(
        &self,
        source: &SourceName,
        keeper: FencingToken,
        session: ClientSession,
    ) {
        let mut idle = self.idle();
        idle.retain(|(name, _), _| name != source);
        idle.insert((source.clone(), keeper), session);
    }

    fn idle(
        &self,
    ) -> std::sync::MutexGuard<'_, HashMap<(SourceName, FencingToken), ClientSession>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Ends what the former watcher of a source may have left open.
pub(super) async fn end_former(store: &Collections, source: &Document) {
    let Ok(session) = source.get_document("session") else {
        return;
    };
    let command = doc! { "killSessions": [session.clone()] };
    if let Err(error) = store.database.run_command(command).await {
        let error = StoreError::from(error);
        // Then what is open ends by itself, within a minute.
        tracing::warn!(%error, "the session of a source's former watcher could not be ended");
    }
}
