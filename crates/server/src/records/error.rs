//! What is wrong with an input, and where.

use std::fmt;

use thiserror::Error;

/// One mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordError {
    /// The line of the input, counted from 1.
    pub line: Option<u64>,
    /// The column of that line, counted from 1.
    pub column: Option<u64>,
    /// What is wrong and what would be right.
    pub message: String,
}

/// All mistakes of an input.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub struct RecordErrors(pub Vec<RecordError>);

/// More mistakes than this are one mistake made often.
pub(super) const MOST: usize = 20;

impl RecordError {
    pub(super) fn whole(message: impl Into<String>) -> Self {
        Self {
            line: None,
            column: None,
            message: message.into(),
        }
    }

    pub(super) fn at_line(line: u64, message: impl Into<String>) -> Self {
        Self {
            line: Some(line),
            column: None,
            message: message.into(),
        }
    }

    /// The error of a JSON text that begins at this line of the input.
    pub(super) fn of_json(error: &serde_json::Error, first_line: u64) -> Self {
        let text = error.to_string();
        // The place is said by us, in lines of the whole input.
        let message = text
            .rsplit_once(" at line ")
            .map_or(text.as_str(), |(message, _)| message);
        let message = if error.is_eof() {
            format!("the JSON ends too early: {message}")
        } else if error.is_syntax() {
            format!("this is not JSON: {message}")
        } else {
            message.to_owned()
        };
        let is_bare =
            message.starts_with("missing field `record`") || message.starts_with("unknown field");
        let hint = if is_bare {
            "; the record itself goes under \"record\""
        } else {
            ""
        };
        Self {
            line: Some(first_line + (error.line() as u64).saturating_sub(1)),
            column: (error.column() > 0).then_some(error.column() as u64),
            message: format!("{message}{hint}"),
        }
    }
}

impl From<RecordError> for RecordErrors {
    fn from(error: RecordError) -> Self {
        Self(vec![error])
    }
}

impl RecordErrors {
    /// Each mistake as `NAME:LINE:COLUMN: message`.
    pub fn located(&self, name: &str) -> Vec<String> {
        self.0
            .iter()
            .map(|error| {
                let line = error
                    .line
                    .map(|line| format!(":{line}"))
                    .unwrap_or_default();
                let column = error
                    .column
                    .map(|column| format!(":{column}"))
                    .unwrap_or_default();
                format!("{name}{line}{column}: {}", error.message)
            })
            .collect()
    }
}

impl fmt::Display for RecordErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.located("input").join("; "))
    }
}
