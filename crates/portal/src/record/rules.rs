//! The rules of a flow's records.

use jiff::civil::Date;
use serde_json::Value;

/// What a record must look like: a JSON Schema with a few words of our own.
#[derive(Debug, Clone)]
pub struct RecordRules {}

/// One field of a record that is not as it should be. Never repeats a long value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// Where: a JSON pointer such as `/mobile`.
    pub pointer: String,
    /// What is wrong and what would be right.
    pub message: String,
}

impl RecordRules {
    /// Checks a record. `today` is the date in the portal's time zone, for ages.
    pub fn check(&self, _record: &Value, _today: Date) -> Result<(), Vec<FieldError>> {
        Ok(())
    }

    /// A record from a row of a table. An empty cell is a field that is absent.
    pub fn from_row(&self, _headers: &[String], _row: &[String]) -> Result<Value, Vec<FieldError>> {
        Ok(Value::Null)
    }

    /// The record's values that a picture must not show.
    pub fn sensitive(&self, _record: &Value) -> Vec<String> {
        Vec::new()
    }
}
