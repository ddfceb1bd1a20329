//! Our own words in a record's schema.

use std::sync::Arc;

use jiff::civil::Date;
use serde_json::Value;

use super::parse_dmy;
use crate::{
    diagnostic::nearest,
    value::{Language, valid_words},
};

/// One of our words at one field.
#[derive(Debug)]
pub(super) struct WordRule {
    pointer: String,
    word: Word,
}

#[derive(Debug)]
pub(super) enum Word {
    /// The value is a word of this code list.
    Map(String),
    /// The value is so many digits.
    Digits(u64),
    /// The value is a date so many years ago.
    Age { min: i16, max: i16 },
}

impl WordRule {
    pub(super) fn new(pointer: String, word: Word) -> Self {
        Self { pointer, word }
    }

    pub(super) fn pointer(&self) -> &str {
        &self.pointer
    }

    /// Checks a value; the error says what would be right.
    pub(super) fn check(
        &self,
        value: &Value,
        today: Date,
        language: &Arc<Language>,
    ) -> Result<(), String> {
        if let (Word::Map(list), Value::Number(number)) = (&self.word, value) {
            return check_map(list, &number.to_string(), language);
        }
        // Whether it is a text at all is the schema's own `type`.
        let Some(text) = value.as_str() else {
            return Ok(());
        };
        match &self.word {
            Word::Map(list) => check_map(list, text, language),
            Word::Digits(count) => check_digits(*count, text),
            Word::Age { min, max } => check_age(*min, *max, text, today),
        }
    }
}

fn check_map(list: &str, text: &str, language: &Language) -> Result<(), String> {
    let Some(words) = language.lists().get(list) else {
        return Err(format!("there is no code list `{list}`"));
    };
    if words.contains_key(text) {
        return Ok(());
    }
    let names = words.keys().map(String::as_str);
    // The value is repeated only if it is a slip of a public word; else it may be anything.
    let shown = match nearest(text, names.clone()) {
        Some(_) => format!("{text:?} "),
        None => String::new(),
    };
    Err(format!(
        "{shown}is not a word of the code list `{list}`; {}",
        valid_words(text, names)
    ))
}

fn check_digits(count: u64, text: &str) -> Result<(), String> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    if digits && u64::try_from(text.len()) == Ok(count) {
        return Ok(());
    }
    Err(format!(
        "must be exactly {count} digits, without spaces or signs"
    ))
}

fn check_age(min: i16, max: i16, text: &str, today: Date) -> Result<(), String> {
    let Some(born) = parse_dmy(text) else {
        // The format says so already.
        return Ok(());
    };
    let age = full_years(born, today);
    if (min..=max).contains(&age) {
        return Ok(());
    }
    Err(format!(
        "makes an age that is not from {min} to {max} years on {today}"
    ))
}

/// Years that are complete. Somebody born on 29 February is a year older on 1 March.
fn full_years(born: Date, today: Date) -> i16 {
    let had_birthday = (today.month(), today.day()) >= (born.month(), born.day());
    today.year() - born.year() - i16::from(!had_birthday)
}
