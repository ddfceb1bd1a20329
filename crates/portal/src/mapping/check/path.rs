//! Paths into documents.

use super::Checker;
use crate::{
    diagnostic::Span,
    mapping::{
        model::DocumentPath,
        raw::{Path, Written},
    },
};

impl Checker<'_> {
    pub(super) fn path(&self, raw: &Path) -> Option<DocumentPath> {
        self.written(raw.span, &raw.value)
    }

    pub(super) fn written(&self, span: Span, written: &Written) -> Option<DocumentPath> {
        let (parts, dotted) = match written {
            Written::Dotted(text) => (text.split('.').map(str::to_owned).collect(), true),
            Written::Parts(parts) => (parts.clone(), false),
        };
        if parts.is_empty() || parts.iter().any(String::is_empty) {
            return self.error(
                span,
                "a name is missing in the path",
                "such as `customer.name`; a name with a dot in it stands in a list: `[customer, \"full.name\"]`",
            );
        }
        if let Some(part) = parts.iter().find(|part| part.starts_with('$')) {
            return self.error(
                span,
                format!("`{part}` is notation and no field of a document"),
                "a path begins with a field, such as `customer.name`, and ends with the field of the value: `_id`",
            );
        }
        if dotted && let Some(part) = parts.iter().find(|part| part.contains(['[', ']'])) {
            return self.error(
                span,
                format!("`{part}` is not the name of a field"),
                "the number of an item stands between dots, such as `vehicles.0.engine`; `each` reads all items",
            );
        }
        Some(DocumentPath::new(parts))
    }
}
