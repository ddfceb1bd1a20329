//! Sealing and opening values.

use std::{borrow::Cow, sync::Arc};

use formhand_domain::{BusinessKey, CallerId, Job};
use formhand_seal::{BlindKey, Keyring, NONCE, NotOpened};
use serde_json::json;

use super::Places;
use crate::{AuditEntry, JobFilter, SearchText, StoreError, json as states, rules};

/// What the values of a store are sealed with; nothing if it is not sealed.
#[derive(Clone, Default)]
pub(crate) struct Seal(Option<Arc<Sealing>>);

struct Sealing {
    keys: Keyring,
    blind: BlindKey,
    /// The name of the store: what is sealed in one is nothing in another.
    store: String,
}

/// What is found by a keyed hash.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Field {
    /// The caller's id of a job.
    CallerId,
    /// Its business key.
    BusinessKey,
    /// The key of the call that handed it in.
    IdempotencyKey,
    /// A word of it.
    Word,
}

impl Field {
    fn as_str(self) -> &'static str {
        match self {
            Self::CallerId => "caller_id",
            Self::BusinessKey => "business_key",
            Self::IdempotencyKey => "idempotency_key",
            Self::Word => "word",
        }
    }
}

impl Seal {
    /// That of a store which is not sealed.
    pub(crate) fn plain() -> Self {
        Self(None)
    }

    pub(super) fn with(keys: Keyring, blind: BlindKey, store: String) -> Self {
        Self(Some(Arc::new(Sealing { keys, blind, store })))
    }

    /// Whether the store is sealed.
    pub(crate) fn is_on(&self) -> bool {
        self.0.is_some()
    }

    /// A text as it is stored.
    pub(crate) fn text(&self, place: &str, plain: String) -> String {
        match &self.0 {
            None => plain,
            Some(with) => with.keys.seal_text(nonce(), &with.place(place), &plain),
        }
    }

    /// A text that was stored.
    pub(crate) fn open_text(&self, place: &str, stored: String) -> Result<String, StoreError> {
        match &self.0 {
            None => Ok(stored),
            Some(with) => with
                .keys
                .open_text(&with.place(place), &stored)
                .map_err(|error| not_opened(place, error)),
        }
    }

    /// Bytes as they are stored.
    pub(crate) fn bytes<'a>(&self, place: &str, plain: &'a [u8]) -> Cow<'a, [u8]> {
        match &self.0 {
            None => Cow::Borrowed(plain),
            Some(with) => Cow::Owned(with.keys.seal(nonce(), &with.place(place), plain)),
        }
    }

    /// Bytes that were stored.
    pub(crate) fn open_bytes(&self, place: &str, stored: Vec<u8>) -> Result<Vec<u8>, StoreError> {
        match &self.0 {
            None => Ok(stored),
            Some(with) => with
                .keys
                .open(&with.place(place), &stored)
                .map_err(|error| not_opened(place, error)),
        }
    }

    /// A JSON object as it is stored: one of its fields stays readable, for the database looks at it.
    pub(crate) fn object(
        &self,
        place: &str,
        (field, value): (&str, &str),
        plain: String,
    ) -> String {
        if !self.is_on() {
            return plain;
        }
        json!({ field: value, "sealed": self.text(place, plain) }).to_string()
    }

    /// A JSON object that was stored so.
    pub(crate) fn open_object(&self, place: &str, stored: String) -> Result<String, StoreError> {
        if !self.is_on() {
            return Ok(stored);
        }
        match sealed_part(&stored) {
            Some(sealed) => self.open_text(place, sealed),
            None => Err(not_opened(place, NotOpened::NotSealed)),
        }
    }

    /// A job as it is stored.
    pub(crate) fn job(&self, job: &Job) -> Result<String, StoreError> {
        let plain = states::encode(job)?;
        if !self.is_on() {
            return Ok(plain);
        }
        let place = Places::job(&job.id.to_string());
        Ok(self.object(&place, ("flow", job.flow.as_str()), plain))
    }

    /// A job that was stored under this id.
    pub(crate) fn open_job(
        &self,
        id: &str,
        format: i64,
        stored: String,
    ) -> Result<Job, StoreError> {
        if !self.is_on() {
            return states::decode(format, &stored);
        }
        states::decode(format, &self.open_object(&Places::job(id), stored)?)
    }

    /// The failure and the note of an entry as they are stored.
    pub(crate) fn entry(
        &self,
        entry: &AuditEntry,
    ) -> Result<(Option<String>, Option<String>), StoreError> {
        let failure = entry.failure.as_ref().map(states::encode).transpose()?;
        let failure = failure.map(|text| self.text(&Places::audit(entry, "failure"), text));
        let note = entry.note.clone();
        let note = note.map(|text| self.text(&Places::audit(entry, "note"), text));
        Ok((failure, note))
    }

    /// Puts the failure and the note that were stored into their entry.
    pub(crate) fn open_entry(
        &self,
        entry: &mut AuditEntry,
        (format, failure): (i64, Option<String>),
        note: Option<String>,
    ) -> Result<(), StoreError> {
        if let Some(failure) = failure {
            let failure = self.open_text(&Places::audit(entry, "failure"), failure)?;
            entry.failure = Some(states::decode(format, &failure)?);
        }
        if let Some(note) = note {
            entry.note = Some(self.open_text(&Places::audit(entry, "note"), note)?);
        }
        Ok(())
    }

    /// What a text is found by.
    pub(crate) fn key<'a>(&self, field: Field, text: &'a str) -> Cow<'a, str> {
        match &self.0 {
            None => Cow::Borrowed(text),
            Some(with) => Cow::Owned(with.blind.hash(field.as_str(), text)),
        }
    }

    /// The words that a job is found by, sorted and each once.
    pub(crate) fn words(&self, job: &Job) -> Vec<String> {
        self.hidden(rules::words_of_job(job))
    }

    /// A filter in the words of the store. Of a sealed one a word is found as a whole, and not by its beginning: all its
    /// hashes have one length, so none of them begins another.
    pub(crate) fn filter<'a>(
        &self,
        filter: &'a JobFilter,
    ) -> Result<Cow<'a, JobFilter>, StoreError> {
        if !self.is_on() {
            return Ok(Cow::Borrowed(filter));
        }
        let caller_id = filter.caller_id.as_ref();
        let caller_id = caller_id.map(|id| CallerId::new(self.key(Field::CallerId, id.as_str())));
        let key = filter.business_key.as_ref();
        let key = key.map(|key| BusinessKey::new(self.key(Field::BusinessKey, key.as_str())));
        let text = filter.text.as_ref();
        Ok(Cow::Owned(JobFilter {
            caller_id: caller_id.map(states::parse).transpose()?,
            business_key: key.map(states::parse).transpose()?,
            text: text.map(|text| SearchText::of_words(self.hidden(text.words().to_vec()))),
            ..filter.clone()
        }))
    }

    fn hidden(&self, words: Vec<String>) -> Vec<String> {
        if !self.is_on() {
            return words;
        }
        let hidden = words.iter().map(|word| self.key(Field::Word, word));
        let mut hidden: Vec<String> = hidden.map(Cow::into_owned).collect();
        hidden.sort_unstable();
        hidden
    }
}

impl Sealing {
    fn place(&self, place: &str) -> String {
        format!("formhand store {}/{place}", self.store)
    }
}

/// The sealed part of an object, if it is one that was sealed.
pub(crate) fn sealed_part(stored: &str) -> Option<String> {
    let object: serde_json::Value = serde_json::from_str(stored).ok()?;
    object.get("sealed")?.as_str().map(ToOwned::to_owned)
}

fn nonce() -> [u8; NONCE] {
    rand::random()
}

fn not_opened(place: &str, error: NotOpened) -> StoreError {
    StoreError::Corrupt(format!("{place}: {error}"))
}
