//! The form in which a job is stored. A change here is a change of the format: older files must still be read.

use formhand_domain::{FencingToken, Job, JobEvent, JobState, Settlement};
use proptest::prelude::*;
use serde_json::Value;

use crate::given::{after, at, cross, fail, passing, pending, person, progress, receipt};

fn states(jobs: impl IntoIterator<Item = Job>) -> String {
    jobs.into_iter()
        .map(|job| serde_json::to_string(&job.state).unwrap())
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn the_points_of_an_attempt_are_stored_like_this() {
    let jobs = progress().into_iter().map(|(_, job)| job);
    insta::assert_snapshot!(states(jobs), @r#"
    {"state":"processing","lease":{"owner":"node-a","token":1,"expires_at":"2026-01-05T09:01:00Z"},"progress":{"progress":"session"},"started_at":"2026-01-05T09:00:00Z"}
    {"state":"processing","lease":{"owner":"node-a","token":1,"expires_at":"2026-01-05T09:01:00Z"},"progress":{"progress":"login_form"},"started_at":"2026-01-05T09:00:00Z"}
    {"state":"processing","lease":{"owner":"node-a","token":1,"expires_at":"2026-01-05T09:01:00Z"},"progress":{"progress":"armed","armed_at":"2026-01-05T09:00:01Z","session":3},"started_at":"2026-01-05T09:00:00Z"}
    {"state":"processing","lease":{"owner":"node-a","token":1,"expires_at":"2026-01-05T09:01:00Z"},"progress":{"progress":"crossed","crossed_at":"2026-01-05T09:00:01Z","fingerprint":"abababababababababababababababababababababababababababababababab","session":3},"started_at":"2026-01-05T09:00:00Z"}
    {"state":"processing","lease":{"owner":"node-a","token":1,"expires_at":"2026-01-05T09:01:00Z"},"progress":{"progress":"filed","filed_at":"2026-01-05T09:00:01Z","receipt":{"proposal":"P-1"}},"started_at":"2026-01-05T09:00:00Z"}
    "#);
}

#[test]
fn what_a_job_comes_to_is_stored_like_this() {
    let armed = || {
        vec![
            JobEvent::EnterForm,
            JobEvent::Arm {
                margin: crate::given::MARGIN,
                session: crate::given::SESSION,
            },
        ]
    };
    let crossed = || [armed(), vec![cross()]].concat();
    let filed = || [crossed(), vec![JobEvent::Receive { receipt: receipt() }]].concat();
    let then = |way: Vec<JobEvent>, last: JobEvent| after([way, vec![last]].concat());
    let complete = |optional_failure| JobEvent::Complete { optional_failure };
    let reason = "twice".to_owned();
    let settlement = Settlement::NotFiled {
        token: FencingToken(1),
        again_at: None,
        reason: "not found".into(),
    };
    let jobs = [
        pending(),
        pending().apply(&person(), JobEvent::Hold, at(1)).unwrap(),
        pending()
            .apply(&person(), JobEvent::Cancel { reason }, at(1))
            .unwrap(),
        after([fail(passing())]),
        then(armed(), fail(passing())),
        then(crossed(), fail(passing())),
        then(crossed(), JobEvent::Reject { failure: passing() }),
        then(filed(), complete(None)),
        then(filed(), complete(Some(passing()))),
        then(filed(), fail(passing())),
        then(crossed(), fail(passing()))
            .apply(&person(), JobEvent::Settle { settlement }, at(2))
            .unwrap(),
    ];
    insta::assert_snapshot!(states(jobs), @r#"
    {"state":"pending","due_at":"2026-01-05T09:00:00Z"}
    {"state":"on_hold","by":"Meera","since":"2026-01-05T09:00:01Z"}
    {"state":"finished","at":"2026-01-05T09:00:01Z","end":{"end":"cancelled","failure":{"code":"cancelled","message":"cancelled by Meera: twice","retryable":false,"who_acts":"submitter"}}}
    {"state":"retry_wait","due_at":"2026-01-05T09:01:01Z","stage":"session","failure":{"code":"network","message":"the portal could not be reached","retryable":true,"who_acts":"nobody"}}
    {"state":"needs_review","since":"2026-01-05T09:00:01Z","commit":{"commit":"armed","armed_at":"2026-01-05T09:00:01Z","session":3},"failure":{"code":"outcome_unknown","message":"the form may have been filed, and its answer was not seen (network: the portal could not be reached)","retryable":false,"who_acts":"operator"},"search":{"next_at":"2026-01-05T09:00:01Z","tries":0}}
    {"state":"needs_review","since":"2026-01-05T09:00:01Z","commit":{"commit":"crossed","crossed_at":"2026-01-05T09:00:01Z","fingerprint":"abababababababababababababababababababababababababababababababab","session":3},"failure":{"code":"outcome_unknown","message":"the form may have been filed, and its answer was not seen (network: the portal could not be reached)","retryable":false,"who_acts":"operator"},"search":{"next_at":"2026-01-05T09:00:01Z","tries":0}}
    {"state":"finished","at":"2026-01-05T09:00:01Z","end":{"end":"rejected","fingerprint":"abababababababababababababababababababababababababababababababab","failure":{"code":"network","message":"the portal could not be reached","retryable":false,"who_acts":"operator"}}}
    {"state":"finished","at":"2026-01-05T09:00:01Z","end":{"end":"completed","receipt":{"proposal":"P-1"}}}
    {"state":"finished","at":"2026-01-05T09:00:01Z","end":{"end":"completed_with_errors","receipt":{"proposal":"P-1"},"failure":{"code":"network","message":"the portal could not be reached","retryable":false,"who_acts":"operator"}}}
    {"state":"finished","at":"2026-01-05T09:00:01Z","end":{"end":"failed_after_filing","receipt":{"proposal":"P-1"},"failure":{"code":"network","message":"the portal could not be reached","retryable":false,"who_acts":"operator"}}}
    {"state":"finished","at":"2026-01-05T09:00:02Z","end":{"end":"settled_not_filed","commit":{"commit":"crossed","crossed_at":"2026-01-05T09:00:01Z","fingerprint":"abababababababababababababababababababababababababababababababab","session":3},"failure":{"code":"not_filed","message":"settled by Meera: it was not filed: not found","retryable":false,"who_acts":"submitter"}}}
    "#);
}

#[test]
fn a_job_that_was_stored_before_searches_were_known_is_read() {
    let stored = r#"{"state":"needs_review","since":"2026-01-05T09:00:01Z","commit":{"commit":"armed","armed_at":"2026-01-05T09:00:01Z"},"failure":{"code":"outcome_unknown","message":"?","retryable":false,"who_acts":"operator"}}"#;
    let state: JobState = serde_json::from_str(stored).unwrap();
    let job = Job { state, ..pending() };
    assert_eq!(job.search_at(), None, "it waits for a person, as before");
}

fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".*".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((".*", inner), 0..4)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

proptest! {
    // What failed once is found again by its words in the log; no file of seeds is kept beside the tests.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_record_is_stored_to_the_last_digit(record in json()) {
        let job = Job { record, ..pending() };
        let text = serde_json::to_string(&job).unwrap();
        prop_assert_eq!(serde_json::from_str::<Job>(&text).unwrap(), job);
    }
}
