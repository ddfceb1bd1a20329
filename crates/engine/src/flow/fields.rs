//! The fields that were set so far, so that all of them can be read back before the submit.

use formhand_browser::{Frame, Read, Target};
use formhand_domain::{Failure, FailureCode, FieldMismatch};
use formhand_portal::{
    Compare, Field, ReadWhat, Readback,
    value::{Scope, ValueError},
};

use super::{ReadBack, Stop, compare::same, translate};

/// A field and what it must hold.
#[derive(Clone)]
pub(crate) struct Expected {
    pub(crate) label: String,
    pub(crate) target: Target,
    pub(crate) read: ReadWhat,
    pub(crate) equals: String,
    pub(crate) compare: Compare,
    pub(crate) secret: bool,
    /// The document that it was set in; nothing for one that the portal fills by itself.
    pub(crate) document: Option<String>,
}

/// The fields that were set so far.
#[derive(Clone, Default)]
pub(crate) struct SetFields(Vec<Expected>);

impl SetFields {
    /// Remembers a field; what was expected of it before no longer counts.
    pub(crate) fn remember(&mut self, expected: Expected) {
        self.0
            .retain(|old| !(old.target == expected.target && old.document == expected.document));
        self.0.push(expected);
    }

    /// Compares every remembered field of the frame's present document, and `more`, with the page, and gives what they
    /// hold.
    pub(crate) async fn check(
        &self,
        frame: &Frame,
        more: Vec<Expected>,
    ) -> Result<Vec<ReadBack>, Stop> {
        let document = frame.document();
        let of_this_document = self
            .0
            .iter()
            .filter(|field| field.document == document)
            .cloned();
        let fields: Vec<Expected> = of_this_document.chain(more).collect();
        let reads: Vec<Read> = fields
            .iter()
            .map(|field| Read {
                target: field.target.clone(),
                what: translate::read_what(&field.read),
            })
            .collect();
        if reads.is_empty() {
            return Ok(Vec::new());
        }
        let found = frame.read(&reads).await?;
        let read_back = fields.iter().zip(&found).map(|(field, found)| ReadBack {
            label: field.label.clone(),
            found: found.clone().unwrap_or_default(),
            secret: field.secret,
        });
        let read_back = read_back.collect();
        let mismatches: Vec<FieldMismatch> = fields
            .iter()
            .zip(found)
            .filter_map(|(field, found)| mismatch(field, found))
            .collect();
        if mismatches.is_empty() {
            return Ok(read_back);
        }
        let names: Vec<&str> = mismatches
            .iter()
            .map(|field| field.field.as_str())
            .collect();
        let message = format!(
            "the page does not hold what the record says: {}",
            names.join(", ")
        );
        let mut failure = Failure::new(FailureCode::ReadbackMismatch, message);
        failure.fields = mismatches;
        Err(failure.into())
    }
}

fn mismatch(field: &Expected, found: Option<String>) -> Option<FieldMismatch> {
    if found
        .as_deref()
        .is_some_and(|found| same(&field.equals, found, field.compare))
    {
        return None;
    }
    let hide = |text: String| if field.secret { "…".to_owned() } else { text };
    Some(FieldMismatch {
        field: field.label.clone(),
        expected: hide(field.equals.clone()),
        found: found.map(hide),
    })
}

/// What a declared read-back expects.
pub(crate) fn declared(readback: &Readback, scope: &Scope) -> Result<Expected, ValueError> {
    Ok(Expected {
        label: readback.label.clone(),
        target: translate::target(&readback.at),
        read: readback.read.clone(),
        equals: readback.equals.render(scope)?,
        compare: readback.compare,
        secret: readback.equals.is_secret(),
        document: None,
    })
}

/// What a field must hold after it was set; nothing where the definition says that it cannot be read back.
pub(crate) fn expected(
    field: &Field,
    scope: &Scope,
    document: Option<String>,
) -> Result<Option<Expected>, ValueError> {
    let Some(readback) = &field.readback else {
        return Ok(None);
    };
    let mut expected = declared(readback, scope)?;
    expected.document = document;
    expected.secret |= field.secret;
    Ok(Some(expected))
}
