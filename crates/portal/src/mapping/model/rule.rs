//! Where a field of a record comes from.

use serde_json::Value;

use super::{Convert, DocumentPath};
use crate::diagnostic::Span;

/// A field of a record, or of a group in it.
#[derive(Debug, Clone)]
pub(in crate::mapping) struct Field {
    pub(in crate::mapping) name: String,
    /// Where its name stands in the mapping.
    pub(in crate::mapping) span: Span,
    pub(in crate::mapping) source: Source,
}

/// Where a field comes from.
#[derive(Debug, Clone)]
pub(in crate::mapping) enum Source {
    /// The same for every document.
    Constant(Value),
    /// The document.
    Document(Take),
    /// A group of fields whose paths begin where those around begin.
    Group(Vec<Field>),
}

/// What is taken from a place of the document.
#[derive(Debug, Clone)]
pub(in crate::mapping) struct Take {
    pub(in crate::mapping) path: DocumentPath,
    /// The place holds a list, and the rest is said of each of its items.
    pub(in crate::mapping) each: bool,
    /// The field is left out if nothing is there.
    pub(in crate::mapping) optional: bool,
    pub(in crate::mapping) shape: Shape,
}

/// What is made of it.
#[derive(Debug, Clone)]
pub(in crate::mapping) enum Shape {
    Value(Reading),
    /// A group of fields whose paths begin here.
    Group(Vec<Field>),
}

/// How one value is read.
#[derive(Debug, Clone)]
pub(in crate::mapping) struct Reading {
    /// White space around a text is taken away.
    pub(in crate::mapping) trim: bool,
    /// A text without a character counts as missing.
    pub(in crate::mapping) blank_is_missing: bool,
    pub(in crate::mapping) convert: Convert,
}

impl Source {
    /// Whether the field may be left out.
    pub(in crate::mapping) fn is_optional(&self) -> bool {
        match self {
            Self::Constant(_) => false,
            Self::Document(take) => take.optional,
            Self::Group(fields) => fields.iter().all(|field| field.source.is_optional()),
        }
    }
}
