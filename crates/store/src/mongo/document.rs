//! Reading fields of documents that were written here.

use mongodb::bson::{Bson, Document};
use serde::de::DeserializeOwned;

use crate::{StoreError, json};

/// What every field reader says of a field that is not as it was written.
fn unfit(field: &str) -> StoreError {
    StoreError::Corrupt(format!(
        "a document whose field {field:?} is missing or of another kind"
    ))
}

/// A text.
pub(super) fn text<'a>(document: &'a Document, field: &str) -> Result<&'a str, StoreError> {
    document.get_str(field).map_err(|_| unfit(field))
}

/// A text that may be missing. Null is the same as missing.
pub(super) fn optional_text<'a>(
    document: &'a Document,
    field: &str,
) -> Result<Option<&'a str>, StoreError> {
    match document.get(field) {
        None | Some(Bson::Null) => Ok(None),
        Some(Bson::String(text)) => Ok(Some(text)),
        Some(_) => Err(unfit(field)),
    }
}

/// A whole number.
pub(super) fn number(document: &Document, field: &str) -> Result<i64, StoreError> {
    optional_number(document, field)?.ok_or_else(|| unfit(field))
}

/// A whole number that may be missing. Null is the same as missing.
pub(super) fn optional_number(document: &Document, field: &str) -> Result<Option<i64>, StoreError> {
    match document.get(field) {
        None | Some(Bson::Null) => Ok(None),
        Some(Bson::Int64(number)) => Ok(Some(*number)),
        Some(Bson::Int32(number)) => Ok(Some(i64::from(*number))),
        // A person's shell writes whole numbers so.
        #[expect(
            clippy::cast_possible_truncation,
            reason = "it is whole and small, as is checked"
        )]
        Some(Bson::Double(number)) if number.fract() == 0.0 && number.abs() < 9e15 => {
            Ok(Some(*number as i64))
        }
        Some(_) => Err(unfit(field)),
    }
}

/// A whole number that is not negative.
pub(super) fn count(document: &Document, field: &str) -> Result<u64, StoreError> {
    json::parse(u64::try_from(number(document, field)?))
}

/// A list of documents.
pub(super) fn documents<'a>(
    document: &'a Document,
    field: &'a str,
) -> Result<impl Iterator<Item = &'a Document>, StoreError> {
    let list = document.get_array(field).map_err(|_| unfit(field))?;
    if list.iter().all(|item| item.as_document().is_some()) {
        Ok(list.iter().filter_map(Bson::as_document))
    } else {
        Err(unfit(field))
    }
}

/// A state, in the format that the document names.
pub(super) fn state<T: DeserializeOwned>(
    document: &Document,
    field: &str,
) -> Result<T, StoreError> {
    json::decode(number(document, "format")?, text(document, field)?)
}

/// A number as documents hold it.
pub(super) fn stored(number: u64) -> Result<i64, StoreError> {
    i64::try_from(number).map_err(|_| StoreError::Backend("a number beyond 2^63".into()))
}
