//! An entry as a document.

use formhand_domain::{JobId, Stage, Status};
use mongodb::bson::{Document, doc};

use super::super::{
    chain::{DIGEST, SALT, binary, bond_fields},
    counts::Moved,
    document::{count, number, optional_text, text},
};
use crate::{AuditEntry, Bond, Digest, Salt, StoreError, digest_of_job, json, seal::Seal, time};

/// An entry that has no number yet.
#[derive(Debug, Clone)]
pub(in super::super) struct Unnumbered {
    /// Its job and its place among the entries of that. There is one entry of each key.
    pub(super) key: String,
    document: Document,
    /// The hash of what it says.
    pub(super) digest: Digest,
}

impl Unnumbered {
    /// The `place`th entry of its job.
    pub(in super::super) fn of(
        seal: &Seal,
        entry: &AuditEntry,
        place: u64,
    ) -> Result<Self, StoreError> {
        Self::salted(seal, entry, place, Salt::random())
    }

    /// One that has its salt already.
    pub(in super::super) fn salted(
        seal: &Seal,
        entry: &AuditEntry,
        place: u64,
        salt: Salt,
    ) -> Result<Self, StoreError> {
        let digest = digest_of_job(entry, &salt);
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
            SALT: binary(salt.bytes()),
            DIGEST: binary(digest.bytes()),
        };
        if let Some(from) = entry.from {
            document.insert("from", from.as_str());
        }
        if let Some(stage) = entry.stage {
            document.insert("stage", stage.as_str());
        }
        let (failure, note) = seal.entry(entry)?;
        for (field, text) in [("note", note), ("failure", failure)] {
            if let Some(text) = text {
                document.insert(field, text);
            }
        }
        Ok(Self {
            key,
            document,
            digest,
        })
    }

    /// With what its change moves in the counts of jobs, if anything.
    pub(in super::super) fn moving(mut self, moved: Option<Moved>) -> Self {
        if let Some(moved) = moved {
            self.document.insert("moved", moved.document());
        }
        self
    }

    /// One that was stored. It is not opened, so that one which cannot be keeps no other from its number.
    pub(in super::super) fn read(mut document: Document) -> Result<Self, StoreError> {
        let key = text(&document, "key")?.to_owned();
        let stored = document.get_binary_generic(DIGEST).ok();
        let stored = stored.and_then(|digest| Digest::read(digest));
        let digest = match stored {
            Some(digest) => digest,
            None => first_hashed(&mut document)?,
        };
        Ok(Self {
            key,
            document,
            digest,
        })
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
    pub(in super::super) fn numbered(&self, seq: i64, bond: Bond) -> Document {
        let mut document = doc! { "_id": seq };
        document.extend(self.document.clone());
        document.extend(bond_fields(bond));
        document
    }
}

/// Hashes what a Formhand has left that knew neither the chain nor seals.
fn first_hashed(document: &mut Document) -> Result<Digest, StoreError> {
    let salt = Salt::random();
    let digest = digest_of_job(&numberless(&Seal::plain(), document)?, &salt);
    document.insert(SALT, binary(salt.bytes()));
    Ok(digest)
}

/// Reads an entry that has a number.
pub(in super::super) fn entry(seal: &Seal, document: &Document) -> Result<AuditEntry, StoreError> {
    let seq = count(document, "_id")?;
    let entry = numberless(seal, document)?;
    Ok(AuditEntry { seq, ..entry })
}

fn numberless(seal: &Seal, document: &Document) -> Result<AuditEntry, StoreError> {
    let format = number(document, "format")?;
    let from = optional_text(document, "from")?;
    let stage = optional_text(document, "stage")?;
    let failure = optional_text(document, "failure")?;
    let mut entry = AuditEntry {
        seq: 0,
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
        failure: None,
        note: None,
    };
    let owned = |text: Option<&str>| text.map(ToOwned::to_owned);
    let note = owned(optional_text(document, "note")?);
    seal.open_entry(&mut entry, (format, owned(failure)), note)?;
    Ok(entry)
}
