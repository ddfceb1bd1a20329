//! Errors on their way to becoming diagnostics.

use std::{cell::RefCell, fmt};

use serde::de;

use crate::diagnostic::{Diagnostic, Files, Span, suggest};

/// One thing that is wrong.
#[derive(Debug, Clone)]
pub(crate) struct Fault {
    pub(crate) span: Option<Span>,
    pub(crate) message: String,
    pub(crate) help: Option<String>,
    /// It is in the sink already, and only makes its way out of what failed.
    pub(crate) recorded: bool,
}

impl Fault {
    pub(crate) fn new(span: Span, message: impl Into<String>) -> Self {
        Self {
            span: Some(span),
            message: message.into(),
            help: None,
            recorded: false,
        }
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Fault {}

impl de::Error for Fault {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self {
            span: None,
            message: message.to_string(),
            help: None,
            recorded: false,
        }
    }

    fn invalid_type(found: de::Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        let fault = Self::custom(format!(
            "expected {}, found {}",
            expected_words(expected),
            found_words(&found)
        ));
        match found {
            de::Unexpected::Unsigned(_)
            | de::Unexpected::Signed(_)
            | de::Unexpected::Float(_)
            | de::Unexpected::Bool(_)
                if expected.to_string().contains("text")
                    || expected.to_string().contains("string") =>
            {
                fault.help("a text that looks like a number or a yes/no is written in quotes")
            }
            _ => fault,
        }
    }

    fn invalid_value(found: de::Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        let expected = expected_words(expected);
        Self::custom(format!("invalid value: {found}, expected {expected}"))
    }

    fn unknown_variant(found: &str, expected: &'static [&'static str]) -> Self {
        Self::custom(format!("`{found}` is not known here"))
            .help(suggest(found, expected.iter().copied()))
    }

    fn unknown_field(found: &str, expected: &'static [&'static str]) -> Self {
        Self::unknown_variant(found, expected)
    }

    fn missing_field(field: &'static str) -> Self {
        Self::custom(format!("`{field}` is missing"))
    }
}

fn expected_words(expected: &dyn de::Expected) -> String {
    match expected.to_string().as_str() {
        "f64" => "a number".to_owned(),
        "u16" | "u32" | "usize" => "a whole number from 0".to_owned(),
        words => words.to_owned(),
    }
}

fn found_words(found: &de::Unexpected<'_>) -> String {
    match found {
        de::Unexpected::Seq => "a list".to_owned(),
        de::Unexpected::Map => "a map".to_owned(),
        de::Unexpected::Unit => "nothing".to_owned(),
        de::Unexpected::Str(text) => format!("the text {text:?}"),
        de::Unexpected::Bool(value) => format!("`{value}`"),
        de::Unexpected::Unsigned(value) => format!("the number {value}"),
        de::Unexpected::Signed(value) => format!("the number {value}"),
        de::Unexpected::Float(value) => format!("the number {value}"),
        other => other.to_string(),
    }
}

/// Gathers what is wrong, so that a person sees all of it at once.
#[derive(Debug, Default)]
pub(crate) struct Sink(RefCell<Vec<Fault>>);

/// A file with more errors than this is another file.
const MOST: usize = 200;

impl Sink {
    pub(crate) fn push(&self, fault: Fault) {
        let mut faults = self.0.borrow_mut();
        if faults.len() < MOST {
            faults.push(fault);
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.0.borrow().len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.borrow().is_empty()
    }

    /// As diagnostics, in the order of their places.
    pub(crate) fn into_diagnostics(self, files: &Files) -> Vec<Diagnostic> {
        let mut faults = self.0.into_inner();
        faults.sort_by_key(|fault| fault.span.map(|span| (span.file.0, span.line, span.column)));
        let mut found: Vec<Diagnostic> = faults
            .into_iter()
            .map(|fault| {
                Diagnostic::new(
                    files,
                    fault.span.unwrap_or_default(),
                    fault.message,
                    fault.help,
                )
            })
            .collect();
        found.dedup();
        found
    }
}
