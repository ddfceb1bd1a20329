//! An entry as a document.

use formhand_domain::{JobId, Stage, Status};
use mongodb::bson::{Document, doc};

use super::super::{
    counts::Moved,
    document::{count, number, optional_text, text},
};
use crate::{AuditEntry, StoreError, json, time};

/// An entry that has no number yet.
#[derive(Debug, Clone)]
pub(in super::super) struct Unnumbered {
    /// Its job and its place among the entries of that. There is one entry of each key.
    pub(super) key: String,
    document: Document,
}

impl Unnumbered {
    /// The `place`th entry of its job.
    pub(in super::super) fn of(entry: &AuditEntry, place: u64) -> Result<Self, StoreError> {
        let key = format!("{}/{place}", entry.job);
        let mut document = doc! {
            "key": &key,
            "at": time::stored(entry.at),
            "job": entry.job.to_string(),
            "event": &entry.event,
            "writer": json::encode(&entry.writer)?,
            "to": entry.to.as_str(),
            "attempt": i64::from(entry.attempt),
            "format": json::FORMAT,
        };
        if let Some(from) = entry.from {
            document.insert("from", from.as_str());
        }
        if let Some(stage) = entry.stage {
            document.insert("stage", stage.as_str());
        }
        if let Some(note) = &entry.note {
            document.insert("note", note);
        }
        if let Some(failure) = &entry.failure {
            document.insert("failure", json::encode(failure)?);
        }
        Ok(Self { key, document })
    }

    /// With what its change moves in the counts of jobs, if anything.
    pub(in super::super) fn moving(mut self, moved: Option<Moved>) -> Self {
        if let Some(moved) = moved {
            self.document.insert("moved", moved.document());
        }
        self
    }

    /// One that was stored.
    pub(in super::super) fn read(document: Document) -> Result<Self, StoreError> {
        let key = text(&document, "key")?.to_owned();
        Ok(Self { key, document })
    }

    /// As its job holds it.
    pub(in super::super) fn document(&self) -> &Document {
        &self.document
    }

    /// The job that holds it.
    pub(super) fn job(&self) -> &str {
        self.key.split('/').next().unwrap_or_default()
    }

    /// As the audit holds it.
    pub(in super::super) fn numbered(&self, seq: i64) -> Document {
        let mut document = doc! { "_id": seq };
        document.extend(self.document.clone());
        document
    }
}

/// Reads an entry that has a number.
pub(in super::super) fn entry(document: &Document) -> Result<AuditEntry, StoreError> {
    let format = number(document, "format")?;
    let from = optional_text(document, "from")?;
    let stage = optional_text(document, "stage")?;
    let failure = optional_text(document, "failure")?;
    Ok(AuditEntry {
        seq: count(document, "_id")?,
        at: time::read(number(document, "at")?)?,
        job: json::parse(text(document, "job")?.parse::<JobId>())?,
        event: text(document, "event")?.to_owned(),
        writer: json::decode(format, text(document, "writer")?)?,
        from: from
            .map(|from| json::parse(from.parse::<Status>()))
            .transpose()?,
        to: json::parse(text(document, "to")?.parse::<Status>())?,
        stage: stage
            .map(|stage| json::parse(stage.parse::<Stage>()))
            .transpose()?,
        attempt: json::parse(u32::try_from(number(document, "attempt")?))?,
        failure: failure
            .map(|failure| json::decode(format, failure))
            .transpose()?,
        note: optional_text(document, "note")?.map(ToOwned::to_owned),
    })
}
