//! Places in the history of a collection.

use mongodb::{
    bson::{Document, Timestamp, deserialize_from_document, doc, serialize_to_bson},
    change_stream::event::ResumeToken,
};

use crate::{Position, StoreError};

/// A position, read: a moment of the database, and the change behind which it lies, if it is one that was told.
#[derive(Clone)]
pub(super) struct Place {
    /// What was true then can be read from now on.
    pub(super) time: Timestamp,
    /// The change. Nothing: the moment itself.
    pub(super) token: Option<ResumeToken>,
}

impl Place {
    /// What a position means.
    pub(super) fn of(position: &Position) -> Result<Self, StoreError> {
        Document::from_reader(position.0.as_slice())
            .ok()
            .and_then(|document| Self::read(&document))
            .ok_or_else(unfit)
    }

    /// As it is handed out.
    pub(super) fn position(&self) -> Result<Position, StoreError> {
        let mut document = doc! { "time": self.time };
        if let Some(token) = &self.token {
            document.insert("token", serialize_to_bson(token).map_err(|_| unfit())?);
        }
        document.to_vec().map(Position).map_err(|_| unfit())
    }

    fn read(document: &Document) -> Option<Self> {
        let token = match document.get_document("token") {
            Ok(token) => Some(deserialize_from_document(token.clone()).ok()?),
            Err(_) => None,
        };
        Some(Self {
            time: document.get_timestamp("time").ok()?,
            token,
        })
    }
}

impl Position {
    /// As the store keeps it.
    pub(super) fn document(&self) -> Result<Document, StoreError> {
        Document::from_reader(self.0.as_slice()).map_err(|_| unfit())
    }

    /// As it was kept.
    pub(super) fn kept(document: &Document) -> Result<Self, StoreError> {
        document.to_vec().map(Self).map_err(|_| unfit())
    }
}

fn unfit() -> StoreError {
    StoreError::Corrupt("a position in a collection's history that is none".into())
}
