//! What must hold of a document before it is taken.

use serde_json::Value;

use super::DocumentPath;

/// A place of the document and what must hold there.
#[derive(Debug, Clone)]
pub(in crate::mapping) struct Condition {
    pub(in crate::mapping) path: DocumentPath,
    pub(in crate::mapping) demand: Demand,
}

/// What must hold at a place.
#[derive(Debug, Clone)]
pub(in crate::mapping) enum Demand {
    /// It holds one of these texts, numbers and booleans.
    OneOf(Vec<Value>),
    /// Something is there, or nothing.
    Exists(bool),
}
