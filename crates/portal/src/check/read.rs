//! What is read of a page: read-backs, captures and receipts.

use super::{Checker, place::Place};
use crate::{
    model::{Capture, Compare, ReadWhat, Readback, ReceiptField, ReceiptSource},
    parse::Spanned,
    raw,
};

impl Checker<'_> {
    pub(super) fn readback(
        &self,
        raw: &Spanned<raw::Readback>,
        place: &Place<'_>,
    ) -> Option<Readback> {
        let at = self.target(&raw.value.at);
        let equals = self.template(&raw.value.equals, place);
        let (at, equals) = (at?, equals?);
        if equals.is_secret() {
            return self.error(
                raw.value.equals.span,
                "a secret is not read back in clear",
                "the step that fills it compares it without showing it",
            );
        }
        Some(Readback {
            label: raw.value.name.clone().unwrap_or_else(|| at.to_string()),
            at,
            read: raw.value.read.as_ref().map_or(ReadWhat::Value, read_what),
            equals,
            compare: raw.value.compare.map_or(Compare::Exact, compare),
        })
    }

    pub(super) fn capture(&self, raw: &raw::Capture, place: &mut Place<'_>) -> Option<Capture> {
        let at = self.target(&raw.at);
        let matches = match &raw.matches {
            Some(text) => Some(self.regex(text)?),
            None => None,
        };
        let name = &raw.name.value;
        let sound = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
            && name.starts_with(|c: char| c.is_ascii_alphabetic());
        if !sound {
            return self.error(
                raw.name.span,
                "is not a name",
                "letters, digits and `_`, such as proposalNumber",
            );
        }
        place.captures.insert(name.clone(), true);
        Some(Capture {
            name: name.clone(),
            at: at?,
            read: raw.read.as_ref().map_or(ReadWhat::Text, read_what),
            matches,
        })
    }

    pub(super) fn receipt_field(
        &self,
        name: &str,
        raw: &Spanned<raw::ReceiptField>,
    ) -> Option<ReceiptField> {
        let field = &raw.value;
        let source = raw::ReceiptSource {
            json: field.json.clone(),
            page: field.page.clone(),
            read: field.read.clone(),
        };
        let from = self.receipt_source(&Spanned {
            span: raw.span,
            value: source,
        });
        let matches = match &field.matches {
            Some(text) => Some(self.regex(text)?),
            None => None,
        };
        Some(ReceiptField {
            name: name.to_owned(),
            from: from?,
            matches,
        })
    }

    pub(super) fn receipt_source(
        &self,
        raw: &Spanned<raw::ReceiptSource>,
    ) -> Option<ReceiptSource> {
        match (&raw.value.json, &raw.value.page, &raw.value.read) {
            (Some(pointer), None, None) => {
                self.pointer(pointer.span, &pointer.value)?;
                Some(ReceiptSource::Json(pointer.value.clone()))
            }
            (None, Some(at), read) => Some(ReceiptSource::Page {
                at: self.target(at)?,
                read: read.as_ref().map_or(ReadWhat::Text, read_what),
            }),
            _ => self.error(
                raw.span,
                "expected one place of the answer",
                "`json: /ProposalNo`, or `page: \"#hdnProposalNo\"` with `read:`",
            ),
        }
    }

    pub(super) fn pointer(&self, span: crate::diagnostic::Span, pointer: &str) -> Option<()> {
        if pointer.is_empty() || pointer.starts_with('/') {
            return Some(());
        }
        self.error(
            span,
            format!("`{pointer}` is not a JSON pointer"),
            format!("did you mean `/{pointer}`?"),
        )
    }
}

pub(super) fn read_what(raw: &raw::ReadWhat) -> ReadWhat {
    match raw {
        raw::ReadWhat::Value => ReadWhat::Value,
        raw::ReadWhat::Text => ReadWhat::Text,
        raw::ReadWhat::Checked => ReadWhat::Checked,
        raw::ReadWhat::OptionText => ReadWhat::OptionText,
        raw::ReadWhat::Attribute(name) => ReadWhat::Attribute(name.clone()),
    }
}

pub(super) fn compare(raw: raw::Compare) -> Compare {
    match raw {
        raw::Compare::Exact => Compare::Exact,
        raw::Compare::IgnoreCase => Compare::IgnoreCase,
        raw::Compare::Number => Compare::Number,
        raw::Compare::Contains => Compare::Contains,
    }
}
