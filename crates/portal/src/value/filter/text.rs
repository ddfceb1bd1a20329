//! Filters over texts.

use minijinja::{Error, Value};

/// In capitals.
pub(in crate::value) fn upper(text: &str) -> String {
    text.to_uppercase()
}

/// In small letters.
pub(in crate::value) fn lower(text: &str) -> String {
    text.to_lowercase()
}

/// Without white space around it.
pub(in crate::value) fn trim(text: &str) -> String {
    text.trim().to_owned()
}

/// Only its digits.
pub(in crate::value) fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// Several values as one text that no other values give: `{{ [record.make, record.chassis] | tuple }}`.
pub(in crate::value) fn tuple(values: Vec<Value>) -> Result<String, Error> {
    let mut parts = Vec::with_capacity(values.len());
    for value in values {
        if value.is_undefined() {
            return Err(minijinja::ErrorKind::UndefinedError.into());
        }
        let text = value.to_string();
        parts.push(text.trim().replace('\\', "\\\\").replace('|', "\\|"));
    }
    Ok(parts.join("|"))
}
