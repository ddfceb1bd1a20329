//! What a filed job was made of is forgotten, and nothing else.

use formhand_domain::{JobEvent, Outcome, Refusal, Status, Writer};
use serde_json::Value;

use crate::given::{MARGIN, SESSION, after, at, cross, person, progress, receipt};

/// The way of a job that is filed.
fn filed() -> Vec<JobEvent> {
    let arm = JobEvent::Arm {
        margin: MARGIN,
        session: SESSION,
    };
    let complete = JobEvent::Complete {
        optional_failure: None,
    };
    let receive = JobEvent::Receive { receipt: receipt() };
    vec![JobEvent::EnterForm, arm, cross(), receive, complete]
}

#[test]
fn a_filed_job_forgets_its_record_and_keeps_what_keeps_it_from_being_filed_again() {
    let before = after(filed());
    let job = before
        .clone()
        .apply(&Writer::Queue, JobEvent::Forget, at(9))
        .unwrap();
    assert_eq!((&job.record, job.label.as_str()), (&Value::Null, ""));
    assert_eq!(job.forgotten_at(), Some(at(9)));
    assert_eq!(
        (job.status(), job.outcome()),
        (Status::Completed, Outcome::Submitted)
    );
    assert_eq!(
        (job.receipt(), job.finished_at()),
        (before.receipt(), before.finished_at())
    );
    assert!(job.holds_business_key());
    assert_eq!(
        (&job.business_key, &job.caller_id),
        (&before.business_key, &before.caller_id)
    );
}

#[test]
fn it_is_forgotten_once_and_by_the_queue_alone() {
    let job = after(filed());
    let by_person = job.clone().apply(&person(), JobEvent::Forget, at(9));
    assert!(matches!(by_person, Err(Refusal::NotForWriter { .. })));
    let forgotten = job.apply(&Writer::Queue, JobEvent::Forget, at(9)).unwrap();
    let again = forgotten.apply(&Writer::Queue, JobEvent::Forget, at(10));
    assert!(matches!(again, Err(Refusal::Illegal(_))));
}

#[test]
fn what_is_alive_or_was_not_filed_is_not_forgotten() {
    for (name, job) in progress() {
        let refused = job.apply(&Writer::Queue, JobEvent::Forget, at(9));
        assert!(matches!(refused, Err(Refusal::Illegal(_))), "{name}");
    }
    let cancelled = JobEvent::Cancel {
        reason: "twice in the list".into(),
    };
    let cancelled = crate::given::pending()
        .apply(&person(), cancelled, at(1))
        .unwrap();
    let refused = cancelled.apply(&Writer::Queue, JobEvent::Forget, at(9));
    assert!(matches!(refused, Err(Refusal::Illegal(_))));
}
