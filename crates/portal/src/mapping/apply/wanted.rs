//! What would be right, in words. The mapping's words may be shown, the document's never.

use crate::mapping::{
    model::{Convert, Kind, ReadDate, Shape},
    value::Found,
};

/// What a place should hold.
pub(super) fn wanted(shape: &Shape) -> String {
    match shape {
        Shape::Value(reading) => wanted_of(&reading.convert),
        Shape::Group(_) => "a group of fields".to_owned(),
    }
}

/// What a conversion takes.
pub(super) fn wanted_of(convert: &Convert) -> String {
    match convert {
        Convert::Keep => "a text, a number, or true or false".to_owned(),
        Convert::As(Kind::Text) => {
            "a text, a number, true or false, an ObjectId or a UUID".to_owned()
        }
        Convert::As(Kind::Boolean) => "true or false".to_owned(),
        Convert::As(Kind::Integer) => "a whole number such as 1250".to_owned(),
        Convert::As(Kind::Number) | Convert::Scale(..) => "a number such as 12.50".to_owned(),
        Convert::Values(values) => one_of(values.keys().map(|word| format!("{word:?}"))),
        Convert::Date(rule) => match &rule.read {
            ReadDate::Day(form) => format!(
                "a date written {}, such as {}",
                form.as_str(),
                form.example()
            ),
            ReadDate::Moment(_) => "a date with a time, such as 2026-01-05T09:00:00Z".to_owned(),
            ReadDate::Midnight(_) => "the moment at which a day begins".to_owned(),
            ReadDate::EpochSeconds(_) => "the seconds since 1970".to_owned(),
            ReadDate::EpochMilliseconds(_) => "the milliseconds since 1970".to_owned(),
        },
    }
}

/// What the mapping would have to say, where it says nothing of this kind of value.
pub(super) fn hint(found: &Found<'_>, convert: &Convert) -> &'static str {
    match (convert, found) {
        (Convert::Keep, Found::ObjectId(_) | Found::Uuid(_)) => " (the mapping may say `as: text`)",
        (Convert::Keep | Convert::As(_), Found::Moment(_)) => " (the mapping may say `date`)",
        (Convert::Keep | Convert::As(_), Found::List(_)) => " (the mapping may say `each`)",
        (Convert::Keep | Convert::As(_), Found::Group(_)) => " (the mapping may say `record`)",
        _ => "",
    }
}

/// What cannot be seen in a text, and often is all that is wrong with it.
pub(super) fn aside(found: &Found<'_>, blank_is_missing: bool) -> &'static str {
    match found {
        Found::Text("") if !blank_is_missing => {
            "; an empty text counts as missing with `blank: missing`"
        }
        Found::Text(text) if text.trim() != *text => {
            "; it has white space around it, which `trim: true` takes away"
        }
        _ => "",
    }
}

/// How many words a message lists.
const LISTED: usize = 8;

/// `one of "M", "F"`
pub(in crate::mapping) fn one_of(words: impl Iterator<Item = String>) -> String {
    let words: Vec<String> = words.collect();
    match words.as_slice() {
        [word] => word.clone(),
        words if words.len() > LISTED => format!("one of {} and so on", words[..LISTED].join(", ")),
        words => format!("one of {}", words.join(", ")),
    }
}
