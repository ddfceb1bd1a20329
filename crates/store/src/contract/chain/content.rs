//! What an entry of the chain says.

use super::{Act, Deed, Digest, Salt, fields};
use crate::AuditEntry;

/// What begins the hash of a content, so that it is never that of a link.
const CONTENT: &[u8] = b"formhand-audit-content/1\n";

/// What an entry of the chain says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// A job changed.
    Job(Box<AuditEntry>),
    /// Something was done that is no change of a job.
    Act(Act),
    /// One of both as an export holds it: its fields alone.
    Exported(Vec<Option<String>>),
}

impl Content {
    /// Its fields as they are hashed. docs/AUDIT.md names them.
    pub fn fields(&self) -> Vec<Option<String>> {
        match self {
            Self::Job(entry) => fields::of_job(entry),
            Self::Act(act) => fields::of_act(act),
            Self::Exported(fields) => fields.clone(),
        }
    }

    /// The deed that it tells of, if it is an act.
    pub fn deed(&self) -> Option<Deed> {
        match self {
            Self::Job(_) => None,
            Self::Act(act) => Some(act.deed.clone()),
            Self::Exported(fields) => fields::deed(fields),
        }
    }

    /// Its hash. The number is no part of it: that is in the link.
    pub fn digest(&self, salt: &Salt) -> Digest {
        digest(&self.fields(), salt)
    }
}

/// The hash of a job's entry that has no number yet.
pub(crate) fn digest_of_job(entry: &AuditEntry, salt: &Salt) -> Digest {
    digest(&fields::of_job(entry), salt)
}

fn digest(of: &[Option<String>], salt: &Salt) -> Digest {
    Digest::of(&[CONTENT, salt.bytes(), &fields::bytes(of)])
}

#[cfg(test)]
mod tests {
    use formhand_domain::{
        Failure, FailureCode, FencingToken, FieldMismatch, JobId, Status, Writer,
    };
    use jiff::Timestamp;

    use super::*;

    fn entry() -> AuditEntry {
        AuditEntry {
            seq: 7,
            at: Timestamp::from_microsecond(1_767_600_000_000_001).unwrap(),
            job: JobId::new(Timestamp::UNIX_EPOCH, 1),
            event: "fail".into(),
            writer: Writer::Worker {
                token: FencingToken(3),
            },
            from: Some(Status::Processing),
            to: Status::FailedLoginForm,
            stage: None,
            attempt: 2,
            failure: None,
            note: None,
        }
    }

    fn shown(entry: AuditEntry) -> String {
        let fields = Content::Job(Box::new(entry)).fields();
        let shown = fields.iter().map(|field| field.as_deref().unwrap_or("-"));
        shown.collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn the_fields_of_an_entry_are_these_in_this_order() {
        insta::assert_snapshot!(shown(entry()), @"formhand-audit-job/1 | 1767600000000001 | 00000000000000000000000001 | fail | worker | 3 | processing | failed_login_form | - | 2 | - | -");
        let mut failure = Failure::new(FailureCode::ALL[0], "it broke").at_step("open");
        failure.fields.push(FieldMismatch {
            field: "plate".into(),
            expected: "1".into(),
            found: None,
        });
        failure.evidence.push("a/1".into());
        let whole = AuditEntry {
            failure: Some(failure),
            note: Some("three acts".into()),
            ..entry()
        };
        insta::assert_snapshot!(shown(whole), @"formhand-audit-job/1 | 1767600000000001 | 00000000000000000000000001 | fail | worker | 3 | processing | failed_login_form | - | 2 | invalid_record | it broke | false | submitter | open | 1 | plate | 1 | - | 1 | a/1 | three acts");
    }

    #[test]
    fn the_hash_is_what_it_always_was_and_needs_no_number() {
        let salt = Salt::read(&[7; 16]).unwrap();
        let digest = digest_of_job(&entry(), &salt);
        insta::assert_snapshot!(digest, @"715b6255534231e7a15837bff98e9af9ce9aa142bb9e71c2d6e76f1ada02b364");
        let other_number = AuditEntry { seq: 8, ..entry() };
        assert_eq!(digest, Content::Job(Box::new(other_number)).digest(&salt));
        assert_ne!(
            digest,
            digest_of_job(&entry(), &Salt::read(&[8; 16]).unwrap())
        );
    }

    #[test]
    fn a_text_that_moves_from_one_field_to_the_next_is_another_hash() {
        let salt = Salt::read(&[7; 16]).unwrap();
        let of = |fields: &[Option<&str>]| {
            let fields: Vec<_> = fields.iter().map(|text| text.map(str::to_owned)).collect();
            digest(&fields, &salt)
        };
        let all = [
            of(&[Some("ab"), Some("c")]),
            of(&[Some("a"), Some("bc")]),
            of(&[Some("abc")]),
            of(&[Some("abc"), None]),
            of(&[Some("abc"), Some("")]),
        ];
        for (at, one) in all.iter().enumerate() {
            assert!(!all[at + 1..].contains(one), "{at}");
        }
    }
}
