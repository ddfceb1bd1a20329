//! One value of a document becomes one of a record, or nothing of it does.

use serde_json::Value;

use super::{
    date::day,
    number::{scaled, to_kind},
    wanted::{aside, hint, wanted_of},
};
use crate::mapping::{
    model::{Convert, Kind, Reading},
    value::{Found, look},
};

/// The value for the record; nothing if the document's counts as missing; an error says what is wrong with it.
pub(super) fn convert(reading: &Reading, value: &Value) -> Result<Option<Value>, String> {
    let Some(found) = look(value) else {
        return Ok(None);
    };
    let found = match found {
        Found::Text(text) if reading.trim => Found::Text(text.trim()),
        found => found,
    };
    if reading.blank_is_missing && matches!(found, Found::Text("")) {
        return Ok(None);
    }
    let converted = match &reading.convert {
        Convert::Keep => keep(&found),
        Convert::As(kind) => to_kind(&found, *kind),
        Convert::Scale(scale, kind) => scaled(&found, *scale, *kind),
        Convert::Date(rule) => day(&found, rule),
        Convert::Values(values) => {
            as_word(&found).and_then(|word| values.get(&word).cloned().ok_or_else(unknown_word))
        }
    };
    converted.map(Some).map_err(|wrong| {
        let wanted = wanted_of(&reading.convert);
        let hint = hint(&found, &reading.convert);
        format!(
            "{wrong}; expected {wanted}{hint}{}",
            aside(&found, reading.blank_is_missing)
        )
    })
}

/// Said of a value of a kind that cannot become what it should.
pub(super) fn wrong_kind(found: &Found<'_>) -> String {
    format!("is {}", found.word())
}

/// The text by which a value is looked up in a list of the mapping: 1, 1.0 and "1" are one word.
pub(super) fn as_word(found: &Found<'_>) -> Result<String, String> {
    match found {
        Found::Number(number) => Ok(number.shortest().to_string()),
        found => as_text(found).ok_or_else(|| wrong_kind(found)),
    }
}

/// Said of a word that is not in a list of the mapping.
pub(super) fn unknown_word() -> String {
    "is no word that the mapping knows".to_owned()
}

/// What a record holds as it is. Whatever else a document may hold, the mapping has to say what becomes of it.
fn keep(found: &Found<'_>) -> Result<Value, String> {
    match found {
        Found::Text(text) => Ok((*text).into()),
        Found::Boolean(value) => Ok((*value).into()),
        Found::Number(_) => to_kind(found, Kind::Number),
        _ => Err(wrong_kind(found)),
    }
}

/// The one text that a value can be written as.
pub(super) fn as_text(found: &Found<'_>) -> Option<String> {
    match found {
        Found::Text(text) => Some((*text).to_owned()),
        Found::Number(number) => Some(number.to_string()),
        Found::Boolean(value) => Some(value.to_string()),
        Found::ObjectId(digits) => Some((*digits).to_owned()),
        Found::Uuid(text) => Some(text.clone()),
        Found::Moment(_) | Found::List(_) | Found::Group(_) | Found::Other(_) => None,
    }
}
