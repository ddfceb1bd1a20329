//! The documents that hold something to be sealed, collection by collection.
//!
//! Each says itself whether it is sealed, and with which key. So whoever was interrupted goes on with those that are not.

use formhand_domain::{BusinessKey, Job};
use formhand_seal::{KeyId, is_text, key_of, text_key};
use mongodb::bson::{Binary, Bson, Document, doc, spec::BinarySubtype};

use super::super::{
    audit,
    document::{number, optional_text, text},
    job,
};
use crate::{
    StoreError,
    seal::{Field, Places, Seal, sealed_part},
};

/// What is to become of the documents.
pub(super) struct Change<'a> {
    /// Opens and seals.
    pub(super) to: &'a Seal,
    /// The key that all is to be sealed with.
    pub(super) key: KeyId,
}

/// What is set in a document; nothing if it is as it should be.
type Set = Option<Document>;

impl Change<'_> {
    /// What opens a text that stands in a document; nothing if it need not be changed.
    fn opener(&self, stored: &str) -> Option<Seal> {
        match text_key(stored) {
            Ok(key) if key == self.key => None,
            _ if is_text(stored) => Some(self.to.clone()),
            _ => Some(Seal::plain()),
        }
    }

    /// The same of an object with a sealed part.
    fn object_opener(&self, stored: &str) -> Option<Seal> {
        match sealed_part(stored) {
            Some(sealed) => self.opener(&sealed),
            None => Some(Seal::plain()),
        }
    }

    /// One text of a document that is sealed at this place.
    fn text(&self, place: &str, stored: &str) -> Result<Option<String>, StoreError> {
        let Some(from) = self.opener(stored) else {
            return Ok(None);
        };
        let plain = from.open_text(place, stored.to_owned())?;
        Ok(Some(self.to.text(place, plain)))
    }

    pub(super) fn job(&self, document: &Document) -> Result<Set, StoreError> {
        let Some(from) = self.object_opener(text(document, "job")?) else {
            return Ok(None);
        };
        let job: Job = job::read(&from, document)?;
        let mut set = doc! { "job": self.to.job(&job)? };
        if from.is_on() {
            // The hashes stay what they are.
            return Ok(Some(set));
        }
        let hash = |field, text| self.to.key(field, text).into_owned();
        set.insert("caller_id", hash(Field::CallerId, job.caller_id.as_str()));
        let business_key = job.business_key.as_ref().map(BusinessKey::as_str);
        if let Some(key) = business_key {
            set.insert("business_key", hash(Field::BusinessKey, key));
        }
        if let Some(key) = optional_text(document, "idempotency_key")? {
            set.insert("idempotency_key", hash(Field::IdempotencyKey, key));
        }
        let words = self.to.words(&job);
        if !words.is_empty() {
            set.insert("words", words);
        }
        Ok(Some(set))
    }

    pub(super) fn entry(&self, document: &Document) -> Result<Set, StoreError> {
        let texts = ["failure", "note"].map(|field| optional_text(document, field));
        let [failure, note] = texts;
        let Some(stored) = failure?.or(note?) else {
            return Ok(None);
        };
        let Some(from) = self.opener(stored) else {
            return Ok(None);
        };
        let entry = audit::entry(&from, document)?;
        let (failure, note) = self.to.entry(&entry)?;
        let mut set = Document::new();
        for (field, text) in [("failure", failure), ("note", note)] {
            if let Some(text) = text {
                set.insert(field, text);
            }
        }
        Ok(Some(set))
    }

    pub(super) fn question(&self, document: &Document) -> Result<Set, StoreError> {
        let id = text(document, "_id")?;
        let (picture_at, answer_at) = (
            Places::question(id, "picture"),
            Places::question(id, "answer"),
        );
        let mut set = Document::new();
        if let Some(Bson::Binary(picture)) = document.get("picture")
            && let Some(bytes) = self.bytes(&picture_at, &picture.bytes)?
        {
            let subtype = BinarySubtype::Generic;
            set.insert("picture", Binary { subtype, bytes });
        }
        if let Some(answer) = optional_text(document, "answer")?
            && let Some(answer) = self.text(&answer_at, answer)?
        {
            set.insert("answer", answer);
        }
        Ok((!set.is_empty()).then_some(set))
    }

    /// The same of bytes. No picture begins as what is sealed does.
    fn bytes(&self, place: &str, stored: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        let plain = match key_of(stored) {
            Ok(key) if key == self.key => return Ok(None),
            Ok(_) => self.to.open_bytes(place, stored.to_vec())?,
            Err(_) => stored.to_vec(),
        };
        Ok(Some(self.to.bytes(place, &plain).into_owned()))
    }

    pub(super) fn delivery(&self, document: &Document) -> Result<Set, StoreError> {
        let place = Places::delivery(text(document, "webhook")?, text(document, "id")?);
        let body = self.text(&place, text(document, "body")?)?;
        Ok(body.map(|body| doc! { "body": body }))
    }

    pub(super) fn session_event(&self, document: &Document) -> Result<Set, StoreError> {
        let stored = text(document, "detail")?;
        let Some(from) = self.object_opener(stored) else {
            return Ok(None);
        };
        let place = Places::session_event(
            text(document, "portal")?,
            text(document, "account")?,
            number(document, "number")?,
        );
        let plain = from.open_object(&place, stored.to_owned())?;
        let event = ("event", text(document, "event")?);
        let detail = self.to.object(&place, event, plain);
        Ok(Some(doc! { "detail": detail }))
    }

    pub(super) fn account(&self, document: &Document) -> Result<Set, StoreError> {
        let Some(stored) = optional_text(document, "state")? else {
            return Ok(None);
        };
        let of = super::super::account::key(document)?;
        let state = self.text(&Places::session(&of), stored)?;
        Ok(state.map(|state| doc! { "state": state }))
    }

    /// The key of a document that was taken once, hashed.
    pub(super) fn taken(&self, document: &Document) -> Result<String, StoreError> {
        let key = text(document, "_id")?;
        Ok(self.to.key(Field::IdempotencyKey, key).into_owned())
    }
}
