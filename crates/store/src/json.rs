//! States as JSON, with the number of their format.
//!
//! A newer Formhand may write a format that this one does not know. Such a row is an error and never a guess.

use serde::{Serialize, de::DeserializeOwned};

use crate::StoreError;

/// The format that is written. Raise it when an older Formhand could misread what a newer one writes; then
/// [`decode`] must still read the older formats.
pub(crate) const FORMAT: i64 = 1;

/// Writes a value.
pub(crate) fn encode<T: Serialize>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Backend(format!("encode: {error}")))
}

/// Reads a value that was written in `format`.
pub(crate) fn decode<T: DeserializeOwned>(format: i64, text: &str) -> Result<T, StoreError> {
    if format != FORMAT {
        return Err(StoreError::Corrupt(format!(
            "a state of format {format}; this Formhand knows format {FORMAT}"
        )));
    }
    // The message of serde_json may quote the value, which is personal data; its place does not.
    serde_json::from_str(text).map_err(|error| {
        StoreError::Corrupt(format!(
            "a state that is no valid JSON of its type, at column {}",
            error.column()
        ))
    })
}

/// Reads an id or a name that was checked when it was written.
pub(crate) fn parse<T, E: std::fmt::Display>(read: Result<T, E>) -> Result<T, StoreError> {
    read.map_err(|error| StoreError::Corrupt(error.to_string()))
}
