//! The fields of an entry in the one form that is hashed.
//!
//! What is hashed does not follow from how entries are stored or sent, so neither may change it. A field that is added one
//! day begins a new version, which is the first field.

use formhand_domain::{Failure, WhoActs, Writer};

use super::{Act, Deed, DeedParts};
use crate::{AuditEntry, time};

/// What a job's entry begins with.
const JOB: &str = "formhand-audit-job/1";

/// What an act begins with.
const ACT: &str = "formhand-audit-act/1";

type Field = Option<String>;

/// Of a job's entry.
pub(super) fn of_job(entry: &AuditEntry) -> Vec<Field> {
    let mut fields = vec![
        Some(JOB.to_owned()),
        Some(time::stored(entry.at).to_string()),
        Some(entry.job.to_string()),
        Some(entry.event.clone()),
    ];
    fields.extend(writer(&entry.writer));
    fields.extend([
        entry.from.map(|status| status.as_str().to_owned()),
        Some(entry.to.as_str().to_owned()),
        entry.stage.map(|stage| stage.as_str().to_owned()),
        Some(entry.attempt.to_string()),
    ]);
    fields.extend(failure(entry.failure.as_ref()));
    fields.push(entry.note.clone());
    fields
}

/// Of an act.
pub(super) fn of_act(act: &Act) -> Vec<Field> {
    let DeedParts { name, of, detail } = act.deed.parts();
    let mut fields = vec![
        Some(ACT.to_owned()),
        Some(time::stored(act.at).to_string()),
        Some(name.to_owned()),
    ];
    fields.extend(writer(&act.writer));
    fields.extend([Some(of), detail]);
    fields
}

/// The deed of an act's fields; nothing if they are none, or of no deed that is known here.
pub(super) fn deed(fields: &[Field]) -> Option<Deed> {
    let [Some(kind), _, Some(name), _, _, Some(of), detail] = fields else {
        return None;
    };
    let deed = Deed::read(name, of, detail.as_deref());
    deed.filter(|_| kind == ACT)
}

/// One behind the other, each with its length before it. A missing one has the length that none can have.
pub(super) fn bytes(fields: &[Field]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for field in fields {
        match field {
            None => bytes.extend(u64::MAX.to_be_bytes()),
            Some(text) => {
                bytes.extend((text.len() as u64).to_be_bytes());
                bytes.extend(text.as_bytes());
            }
        }
    }
    bytes
}

fn who_acts(who: WhoActs) -> &'static str {
    match who {
        WhoActs::Nobody => "nobody",
        WhoActs::Submitter => "submitter",
        WhoActs::AccountKeeper => "account_keeper",
        WhoActs::Operator => "operator",
        WhoActs::Developer => "developer",
    }
}

fn writer(writer: &Writer) -> [Field; 2] {
    match writer {
        Writer::Queue => [Some("queue".to_owned()), None],
        Writer::Worker { token } => [Some("worker".to_owned()), Some(token.0.to_string())],
        Writer::Searcher { token } => [Some("searcher".to_owned()), Some(token.0.to_string())],
        Writer::Person { name } => [Some("person".to_owned()), Some(name.clone())],
    }
}

/// One missing field without a failure; else its parts, and lists with how long they are.
fn failure(failure: Option<&Failure>) -> Vec<Field> {
    let Some(failure) = failure else {
        return vec![None];
    };
    let mut fields = vec![
        Some(failure.code.as_str().to_owned()),
        Some(failure.message.clone()),
        Some(failure.retryable.to_string()),
        Some(who_acts(failure.who_acts).to_owned()),
        failure.step.clone(),
        Some(failure.fields.len().to_string()),
    ];
    for mismatch in &failure.fields {
        fields.extend([
            Some(mismatch.field.clone()),
            Some(mismatch.expected.clone()),
            mismatch.found.clone(),
        ]);
    }
    fields.push(Some(failure.evidence.len().to_string()));
    fields.extend(failure.evidence.iter().cloned().map(Some));
    fields
}
