//! What a document is to become. Pure: it reads no database.

use formhand_portal::mapping::{Problem, Unmapped};
use formhand_store::{DocumentId, DocumentProblem, StoreError, Verdict};
use serde_json::Value;

use super::{super::prepare::Prepared, envelope, key::key_of};
use crate::{
    Intake, IntakeError, Submission,
    setup::{SourceKind, SourceSetup},
};

/// What is to be done about a document as it is now.
pub(super) fn judge(
    source: &SourceSetup,
    intake: &Intake,
    document: &DocumentId,
    value: &Value,
    random: u128,
) -> Result<Verdict, StoreError> {
    let submission = match submission(source, document, value) {
        Ok(submission) => submission,
        Err(verdict) => return Ok(verdict),
    };
    let key =
        key_of(&source.name, document).map_err(|error| StoreError::Corrupt(error.to_string()))?;
    let submission = Submission {
        idempotency_key: Some(key),
        ..submission
    };
    match intake.prepare(submission, random) {
        Ok(Prepared { new, .. }) => Ok(Verdict::Job(Box::new(new))),
        Err(IntakeError::Store(error)) => Err(error),
        Err(error) => Ok(Verdict::Broken(vec![nowhere(source, &error)])),
    }
}

fn submission(
    source: &SourceSetup,
    document: &DocumentId,
    value: &Value,
) -> Result<Submission, Verdict> {
    let mapping = match &source.kind {
        SourceKind::Mapping(mapping) => mapping,
        SourceKind::Queue => {
            let written = source.write_back.paths();
            return envelope::submission(document, value, written).map_err(Verdict::Broken);
        }
    };
    match mapping.map(value) {
        Ok(mapped) => Ok(Submission {
            portal: Some(mapped.portal),
            flow: Some(mapped.flow),
            account: Some(mapped.account),
            caller_id: Some(mapped.caller_id),
            idempotency_key: None,
            record: Value::Object(mapped.record),
        }),
        Err(Unmapped::NotYet(_)) => Err(Verdict::Nothing),
        Err(Unmapped::Broken(problems)) => {
            Err(Verdict::Broken(problems.into_iter().map(problem).collect()))
        }
    }
}

fn problem(problem: Problem) -> DocumentProblem {
    DocumentProblem {
        path: problem.path,
        field: problem.field,
        message: problem.message,
    }
}

/// What is said of a document that names a portal, a flow or an account that is not there. What it names is not repeated.
fn nowhere(source: &SourceSetup, error: &IntakeError) -> DocumentProblem {
    let (field, message) = match error {
        IntakeError::UnknownPortal { known, .. } => (
            "portal",
            format!("is no portal here; expected one of {known}"),
        ),
        IntakeError::UnknownFlow { portal, known, .. } => (
            "flow",
            format!("is no flow of the portal {portal}; expected one of {known}"),
        ),
        IntakeError::UnknownAccount { given, known } => (
            "account",
            format!(
                "is no account of the portal {}; expected one of {known}",
                given.portal
            ),
        ),
        IntakeError::Ambiguous { what, known } => {
            (*what, format!("is missing; expected one of {known}"))
        }
        // The store has no part in it.
        IntakeError::Store(_) => ("record", "could not be looked at".to_owned()),
    };
    let path = match &source.kind {
        SourceKind::Mapping(mapping) => mapping.account_path().map(ToString::to_string),
        SourceKind::Queue => Some(field.to_owned()),
    };
    DocumentProblem {
        path: path.unwrap_or_default(),
        field: field.to_owned(),
        message,
    }
}
