//! The rules of a flow's records.

use std::{fmt, sync::Arc};

use jiff::civil::Date;
use jsonschema::Validator;
use serde_json::Value;

use super::{Fields, build, message, row, words::WordRule};
use crate::{record::SchemaFault, value::Language};

/// What a record must look like: a JSON Schema (draft 2020-12) with a few words of our own.
///
/// - `map: states`: the value is a word of that code list.
/// - `digits: 10`: exactly so many digits.
/// - `format: date-dmy`: a real date such as `31-12-1990`, day first.
/// - `age: {min: 18, max: 70}`: of such a date, in full years.
/// - `expected: 10 digits that start with 6, 7, 8 or 9`: says in errors what would be right.
/// - `public: true`: the value may be shown in pictures.
///
/// A field that the schema does not name is an error unless it says `additionalProperties: true`.
#[derive(Clone)]
pub struct RecordRules(Arc<Inner>);

pub(super) struct Inner {
    pub(super) fields: Fields,
    pub(super) validator: Validator,
    pub(super) words: Vec<WordRule>,
    pub(super) language: Arc<Language>,
}

/// One field of a record that is not as it should be. Never repeats a personal value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// Where: a JSON pointer such as `/mobile`.
    pub pointer: String,
    /// What is wrong and what would be right.
    pub message: String,
}

impl FieldError {
    pub(super) fn new(pointer: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            pointer: pointer.into(),
            message: message.into(),
        }
    }
}

impl fmt::Display for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.pointer, self.message)
    }
}

impl RecordRules {
    /// Rules from a schema, or what is wrong with the schema.
    pub(crate) fn new(schema: Value, language: &Arc<Language>) -> Result<Self, Vec<SchemaFault>> {
        build::build(schema, language).map(|inner| Self(Arc::new(inner)))
    }

    /// Checks a record and tells of every field that is wrong. `today` is the date in the portal's time zone, for ages.
    pub fn check(&self, record: &Value, today: Date) -> Result<(), Vec<FieldError>> {
        let mut errors: Vec<FieldError> = Vec::new();
        for error in self.0.validator.iter_errors(record) {
            message::explain(&error, &self.0.fields, &mut errors);
        }
        for rule in &self.0.words {
            let pointer = rule.pointer();
            let Some(value) = record.pointer(pointer) else {
                continue;
            };
            if errors.iter().any(|error| error.pointer == pointer) {
                continue;
            }
            if let Err(message) = rule.check(value, today, &self.0.language) {
                errors.push(FieldError::new(pointer, message));
            }
        }
        errors.sort_by_key(|error| self.0.fields.position(&error.pointer));
        errors.dedup();
        if errors.is_empty() {
            Ok(())
        } else {
            Err(errors)
        }
    }

    /// A record from a row of a table whose columns are the record's fields. Cells become what the schema says they
    /// are, and an empty cell is a field that is absent. Columns that are not the record's, such as a caller's id, are
    /// for the caller to take out.
    pub fn from_row(&self, headers: &[String], row: &[String]) -> Result<Value, Vec<FieldError>> {
        row::from_row(&self.0.fields, headers, row)
    }

    /// The record's values that a picture must not show: all but those of fields marked `public: true`.
    ///
    /// Texts below three characters are left out: masking every `Mr` of a page hides the page.
    pub fn sensitive(&self, record: &Value) -> Vec<String> {
        let mut found = Vec::new();
        gather(record, self.0.fields.schema(), &mut found);
        found.sort();
        found.dedup();
        found
    }

    /// The record's values that may be shown: texts and numbers of fields marked `public: true`, save what is the value
    /// of another field, too.
    pub fn public(&self, record: &Value) -> Vec<String> {
        let mut found = Vec::new();
        public(record, self.0.fields.schema(), false, &mut found);
        let sensitive = self.sensitive(record);
        found.retain(|value| !sensitive.contains(value));
        found.sort();
        found.dedup();
        found
    }

    /// The names of the record's fields, in the schema's order.
    pub fn field_names(&self) -> Vec<&str> {
        self.0.fields.names().collect()
    }

    /// The JSON Schema itself, with our own words in it.
    pub fn schema(&self) -> &Value {
        self.0.fields.schema()
    }

    pub(crate) fn fields(&self) -> &Fields {
        &self.0.fields
    }
}

/// The shortest value that is masked.
const SHORTEST: usize = 3;

fn gather(value: &Value, schema: &Value, found: &mut Vec<String>) {
    if schema.get("public") == Some(&Value::Bool(true)) {
        return;
    }
    match value {
        Value::String(text) if text.chars().count() >= SHORTEST => found.push(text.clone()),
        Value::Number(number) if number.to_string().len() >= SHORTEST => {
            found.push(number.to_string());
        }
        Value::Array(items) => {
            for item in items {
                gather(item, &schema["items"], found);
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                gather(field, &schema["properties"][name], found);
            }
        }
        _ => {}
    }
}

fn public(value: &Value, schema: &Value, within: bool, found: &mut Vec<String>) {
    let marked = within || schema.get("public") == Some(&Value::Bool(true));
    match value {
        Value::String(text) if marked => found.push(text.clone()),
        Value::Number(number) if marked => found.push(number.to_string()),
        Value::Array(items) => {
            for item in items {
                public(item, &schema["items"], marked, found);
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                public(field, &schema["properties"][name], marked, found);
            }
        }
        _ => {}
    }
}

impl fmt::Debug for RecordRules {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("RecordRules")
            .field(&self.field_names())
            .finish()
    }
}
