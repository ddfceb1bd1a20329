//! What stands at a place of a document.

use jiff::Timestamp;
use serde_json::{Map, Value};

use super::{Decimal, uuid};

/// A value, its kind taken from `MongoDB`'s extended JSON.
#[derive(Debug)]
pub(in crate::mapping) enum Found<'a> {
    Text(&'a str),
    Number(Decimal),
    Boolean(bool),
    Moment(Timestamp),
    /// Its 24 hex digits.
    ObjectId(&'a str),
    /// Its hyphenated text.
    Uuid(String),
    List(&'a [Value]),
    Group(&'a Map<String, Value>),
    /// Something that a record has no place for, in a person's words.
    Other(&'static str),
}

/// What a value is; nothing if it is null. Null and missing are the same: who writes one may be read by who expects the
/// other.
pub(in crate::mapping) fn look(value: &Value) -> Option<Found<'_>> {
    Some(match value {
        Value::Null => return None,
        Value::Bool(value) => Found::Boolean(*value),
        Value::Number(number) => double(&number.to_string()),
        Value::String(text) => Found::Text(text),
        Value::Array(items) => Found::List(items),
        Value::Object(fields) => match fields.iter().next() {
            Some((name, inner)) if name.starts_with('$') => return special(name, inner),
            _ => Found::Group(fields),
        },
    })
}

/// Whether a value is null, which is the same as if it were not there.
pub(in crate::mapping) fn is_nothing(value: &Value) -> bool {
    look(value).is_none()
}

impl Found<'_> {
    /// What it is, in a person's words.
    pub(in crate::mapping) fn word(&self) -> &'static str {
        match self {
            Self::Text("") => "an empty text",
            Self::Text(_) => "a text",
            Self::Number(_) => "a number",
            Self::Boolean(_) => "true or false",
            Self::Moment(_) => "a date with a time",
            Self::ObjectId(_) => "an ObjectId",
            Self::Uuid(_) => "a UUID",
            Self::List(_) => "a list",
            Self::Group(_) => "a group of fields",
            Self::Other(word) => word,
        }
    }
}

/// What JSON has no kind of its own for: `{"$oid": "…"}`.
fn special<'a>(name: &str, inner: &'a Value) -> Option<Found<'a>> {
    let text = inner.as_str();
    Some(match (name, text) {
        ("$undefined", _) => return None,
        ("$oid", Some(text)) if is_object_id(text) => Found::ObjectId(text),
        ("$date", _) => {
            moment(inner).map_or(Found::Other("a date that no calendar has"), Found::Moment)
        }
        ("$numberDecimal", Some(text)) => decimal(text),
        ("$numberInt" | "$numberLong" | "$numberDouble", Some(text)) => double(text),
        ("$uuid", Some(text)) => Found::Uuid(text.to_ascii_lowercase()),
        ("$binary", _) => binary(inner),
        ("$symbol", Some(text)) => Found::Text(text),
        ("$timestamp", _) => Found::Other("a time stamp of the database itself"),
        ("$regularExpression", _) => Found::Other("a regular expression"),
        ("$ref", _) => Found::Other("a reference to another document"),
        _ => Found::Other("a value that only the database has a use for"),
    })
}

/// A decimal keeps its places: 12.50 was written so.
fn decimal<'a>(text: &str) -> Found<'a> {
    Decimal::parse(text).map_or(
        Found::Other("no number that can be written out"),
        Found::Number,
    )
}

/// The `.0` of a double is the notation's and not the number's.
fn double<'a>(text: &str) -> Found<'a> {
    match decimal(text) {
        Found::Number(number) => Found::Number(number.shortest()),
        other => other,
    }
}

fn is_object_id(text: &str) -> bool {
    text.len() == 24 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Moments before 1970 and after 9999 come as milliseconds: many birth dates do.
fn moment(inner: &Value) -> Option<Timestamp> {
    if let Some(text) = inner.as_str() {
        return text.parse().ok();
    }
    let millis = inner.get("$numberLong")?.as_str()?.parse().ok()?;
    Timestamp::from_millisecond(millis).ok()
}

fn binary<'a>(inner: &Value) -> Found<'a> {
    let part = |name: &str| inner.get(name).and_then(Value::as_str).unwrap_or_default();
    match part("subType") {
        "04" | "4" => {
            uuid::from_base64(part("base64")).map_or(Found::Other("no UUID"), Found::Uuid)
        }
        // Old drivers wrote the same bytes in three orders, and nothing tells which.
        "03" | "3" => Found::Other("a UUID of the old kind, whose bytes have no certain order"),
        _ => Found::Other("binary data"),
    }
}
