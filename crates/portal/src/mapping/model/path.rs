//! Places in documents.

use std::fmt;

/// A place in a document: `customer.addresses.0.city`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DocumentPath(Vec<String>);

impl DocumentPath {
    /// The place of these names, from the outside in. A number is an item of a list.
    pub(in crate::mapping) fn new(parts: Vec<String>) -> Self {
        Self(parts)
    }

    /// The names of the path.
    pub fn parts(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// Whether a change at another place, as the database writes it, can change what is here: if one is within the
    /// other.
    pub(in crate::mapping) fn is_touched_by(&self, changed: &str) -> bool {
        overlap(&self.dotted(), changed)
    }

    /// As the database names it.
    pub(in crate::mapping) fn dotted(&self) -> String {
        self.0.join(".")
    }
}

/// Whether one of two places is within the other.
pub(super) fn overlap(one: &str, other: &str) -> bool {
    is_within(one, other) || is_within(other, one)
}

fn is_within(inner: &str, outer: &str) -> bool {
    let rest = inner.strip_prefix(outer);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// As it is written in a file. A name with a dot in it is quoted.
impl fmt::Display for DocumentPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, part) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str(".")?;
            }
            if part.contains('.') {
                write!(f, "{part:?}")?;
            } else {
                f.write_str(part)?;
            }
        }
        Ok(())
    }
}
