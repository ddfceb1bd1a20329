//! An unknown outcome, settled by a person or by a search of the portal.

use formhand_domain::{
    FencingToken, Job, JobEvent, Outcome, Receipt, Refusal, Settlement, Status, Undone, Writer,
};

use crate::given::{
    MARGIN, after, at, cross, fail, next_lease, passing, pending, person, progress, receipt,
};

/// A job whose attempt was cut off after these.
fn unknown(way: Vec<JobEvent>) -> Job {
    after([way, vec![fail(passing())]].concat())
}

fn armed() -> Vec<JobEvent> {
    vec![
        JobEvent::EnterForm,
        JobEvent::Arm {
            margin: MARGIN,
            session: crate::given::SESSION,
        },
    ]
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
        token: FencingToken(1),
        reason: "it is not in the portal's list".into(),
        again_at: None,
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

/// The one who searches for the attempt that was cut off.
fn searcher() -> Writer {
    Writer::Searcher {
        token: FencingToken(1),
    }
}

fn search() -> JobEvent {
    JobEvent::Search { until: at(60) }
}

fn ended(next: Option<i64>) -> JobEvent {
    JobEvent::SearchEnded {
        next_at: next.map(at),
        said: "it is not in the list".into(),
    }
}

#[test]
fn a_search_is_due_at_once_and_one_goes_on_at_a_time() {
    let job = unknown(crossed());
    assert_eq!(job.search_at(), Some(at(1)));
    let job = job.apply(&searcher(), search(), at(2)).unwrap();
    assert!(job.clone().apply(&searcher(), search(), at(59)).is_err());
    assert_eq!(job.search_at(), Some(at(60)), "its searcher may die");
    let job = job.apply(&searcher(), ended(Some(90)), at(3)).unwrap();
    assert_eq!(job.search_at(), Some(at(90)));
    assert_eq!(
        (job.status(), job.outcome()),
        (Status::NeedsReview, Outcome::Unknown)
    );
}

#[test]
fn after_the_last_search_a_person_decides_and_may_have_it_searched_again() {
    let job = unknown(armed());
    let job = job.apply(&searcher(), ended(None), at(2)).unwrap();
    assert_eq!(job.search_at(), None);
    assert!(job.clone().apply(&searcher(), search(), at(3)).is_err());
    let job = job.apply(&person(), JobEvent::Verify, at(4)).unwrap();
    assert_eq!(job.search_at(), Some(at(4)));
}

#[test]
fn what_a_search_has_found_settles_the_job() {
    let found = unknown(crossed())
        .apply(&searcher(), filed(Undone::Nothing), at(9))
        .unwrap();
    assert_eq!(found.outcome(), Outcome::Submitted);
    let missing = unknown(crossed())
        .apply(&searcher(), not_filed(), at(9))
        .unwrap();
    insta::assert_snapshot!(missing.failure().unwrap().message, @"settled by a search of the portal: it was not filed: it is not in the portal's list");
}

#[test]
fn a_definition_may_have_it_filed_anew_within_its_attempts() {
    let settlement = Settlement::NotFiled {
        token: FencingToken(1),
        reason: "it is not in the portal's list".into(),
        again_at: Some(at(20)),
    };
    let job = unknown(crossed())
        .apply(&searcher(), JobEvent::Settle { settlement }, at(9))
        .unwrap();
    assert_eq!((job.due_at(), job.attempts), (Some(at(20)), 1));
    assert!(job.holds_business_key() && job.failure().unwrap().retryable);
}

#[test]
fn what_a_person_has_not_found_of_an_earlier_attempt_says_nothing_of_a_later_one() {
    let first = unknown(crossed())
        .apply(&person(), not_filed(), at(9))
        .unwrap();
    let mut job = first.apply(&person(), JobEvent::Retry, at(10)).unwrap();
    let lease = next_lease(&job, at(10));
    job = job
        .apply(&Writer::Queue, JobEvent::Claim { lease }, at(10))
        .unwrap();
    let worker = Writer::Worker { token: job.fence };
    for event in [crossed(), vec![fail(passing())]].concat() {
        job = job.apply(&worker, event, at(11)).unwrap();
    }
    let refused = job.clone().apply(&person(), not_filed(), at(12));
    assert!(matches!(refused, Err(Refusal::StaleToken { .. })));
    // What was found was filed, whenever.
    let found = job.apply(&person(), filed(Undone::Nothing), at(12));
    assert_eq!(found.unwrap().outcome(), Outcome::Submitted);
}

#[test]
fn a_search_for_an_earlier_attempt_says_nothing_of_a_later_one() {
    let settlement = Settlement::NotFiled {
        token: FencingToken(1),
        reason: "it is not in the portal's list".into(),
        again_at: Some(at(9)),
    };
    let job = unknown(crossed())
        .apply(&searcher(), JobEvent::Settle { settlement }, at(9))
        .unwrap();
    let lease = next_lease(&job, at(10));
    let mut job = job
        .apply(&Writer::Queue, JobEvent::Claim { lease }, at(10))
        .unwrap();
    let worker = Writer::Worker { token: job.fence };
    for event in [crossed(), vec![fail(passing())]].concat() {
        job = job.apply(&worker, event, at(11)).unwrap();
    }
    assert_eq!(job.outcome(), Outcome::Unknown);
    for event in [search(), ended(None), not_filed(), filed(Undone::Nothing)] {
        assert!(matches!(
            job.clone().apply(&searcher(), event, at(12)),
            Err(Refusal::StaleToken { .. })
        ));
    }
}
