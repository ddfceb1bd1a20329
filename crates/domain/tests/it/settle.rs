//! An unknown outcome, settled by a person.

use formhand_domain::{Job, JobEvent, Outcome, Receipt, Settlement, Status, Undone};

use crate::given::{MARGIN, after, at, cross, fail, passing, pending, person, progress, receipt};

/// A job whose attempt was cut off after these.
fn unknown(way: Vec<JobEvent>) -> Job {
    after([way, vec![fail(passing())]].concat())
}

fn armed() -> Vec<JobEvent> {
    vec![JobEvent::EnterForm, JobEvent::Arm { margin: MARGIN }]
}

fn crossed() -> Vec<JobEvent> {
    [armed(), vec![cross()]].concat()
}

fn filed(undone: Undone) -> JobEvent {
    let settlement = Settlement::Filed {
        receipt: receipt(),
        undone,
    };
    JobEvent::Settle { settlement }
}

fn not_filed() -> JobEvent {
    let settlement = Settlement::NotFiled {
        reason: "it is not in the portal's list".into(),
    };
    JobEvent::Settle { settlement }
}

#[test]
fn what_was_filed_keeps_its_key_and_says_what_was_left_undone() {
    for (undone, status) in [
        (Undone::Nothing, Status::Completed),
        (Undone::Optional, Status::CompletedWithErrors),
        (Undone::Required, Status::FailedPostSubmission),
    ] {
        for way in [armed(), crossed()] {
            let job = unknown(way).apply(&person(), filed(undone), at(9)).unwrap();
            assert_eq!((job.status(), job.outcome()), (status, Outcome::Submitted));
            assert_eq!(job.receipt(), Some(&receipt()));
            assert!(job.holds_business_key());
            assert_eq!(job.failure().is_some(), undone != Undone::Nothing);
        }
    }
}

#[test]
fn what_was_not_filed_frees_its_key_and_may_be_tried_again() {
    let job = unknown(crossed())
        .apply(&person(), not_filed(), at(9))
        .unwrap();
    assert_eq!(job.outcome(), Outcome::NotSubmitted);
    assert!(!job.holds_business_key() && job.due_at().is_none());
    let failure = job.failure().unwrap();
    insta::assert_snapshot!(failure.message, @"settled by Meera: it was not filed: it is not in the portal's list");
    let again = job.apply(&person(), JobEvent::Retry, at(10)).unwrap();
    assert_eq!(again.due_at(), Some(at(10)));
}

#[test]
fn only_an_unknown_outcome_is_settled_and_once() {
    let settled = unknown(armed())
        .apply(&person(), filed(Undone::Nothing), at(9))
        .unwrap();
    let known = progress().into_iter().map(|(_, job)| job);
    for job in known.chain([pending(), settled]) {
        for event in [filed(Undone::Nothing), not_filed()] {
            assert!(job.clone().apply(&person(), event, at(10)).is_err());
        }
    }
}

#[test]
fn a_filing_without_a_receipt_is_not_taken() {
    let settlement = Settlement::Filed {
        receipt: Receipt::default(),
        undone: Undone::Nothing,
    };
    let refusal = unknown(crossed())
        .apply(&person(), JobEvent::Settle { settlement }, at(9))
        .unwrap_err();
    insta::assert_snapshot!(refusal, @r#"a job that is needs_review (stage submitting) cannot take "settle_submitted": a form that was filed has a receipt"#);
}
