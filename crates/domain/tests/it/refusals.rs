//! What a refusal says to the one who has to act on it.

use formhand_domain::{FencingToken, JobEvent, RecoveryRule, RetryPolicy, Writer};
use jiff::SignedDuration;

use crate::given::{MARGIN, after, at, cross, next_lease, pending, person, worker};

#[test]
fn a_refusal_names_state_event_and_reason() {
    let refusal = pending()
        .apply(&person(), JobEvent::Unhold, at(0))
        .unwrap_err();
    insta::assert_snapshot!(refusal, @r#"a job that is pending (stage none) cannot take "unhold": the job is not on hold"#);
    let job = after([JobEvent::EnterForm]);
    let refusal = job.apply(&person(), JobEvent::Retry, at(1)).unwrap_err();
    insta::assert_snapshot!(refusal, @r#"a job that is processing (stage login-form) cannot take "retry": only a job that ended and provably was not filed can be tried again; a record that was refused is handed in anew"#);
    let job = after([JobEvent::EnterForm]);
    let refusal = job
        .clone()
        .apply(&worker(&job), cross(), at(1))
        .unwrap_err();
    insta::assert_snapshot!(refusal, @r#"a job that is processing (stage login-form) cannot take "cross": the attempt is not at that point"#);
}

#[test]
fn a_stale_token_is_named_beside_the_present_one() {
    let stale = Writer::Worker {
        token: FencingToken(7),
    };
    let refusal = after([])
        .apply(&stale, JobEvent::EnterForm, at(1))
        .unwrap_err();
    insta::assert_snapshot!(refusal, @"stale fencing token 7: the job's last claim has 1");
}

#[test]
fn a_short_lease_is_no_lease_to_submit_on() {
    let job = after([JobEvent::EnterForm]);
    let arm = |margin| JobEvent::Arm {
        margin,
        session: crate::given::SESSION,
    };
    let refusal = job
        .clone()
        .apply(&worker(&job), arm(MARGIN), at(55))
        .unwrap_err();
    insta::assert_snapshot!(refusal, @"the lease ends at 2026-01-05T09:01:00Z, which leaves less than 5s to submit");
    // No margin makes an ended lease good.
    let none = arm(SignedDuration::from_secs(-60));
    assert!(job.clone().apply(&worker(&job), none, at(60)).is_err());
    assert!(
        job.clone()
            .apply(&worker(&job), arm(MARGIN), at(54))
            .is_ok()
    );
}

#[test]
fn a_living_lease_names_its_owner_and_its_end() {
    let event = JobEvent::LeaseEnded {
        retry: RetryPolicy::default(),
        random: 0.5,
        rule: RecoveryRule::Expired,
    };
    let refusal = after([]).apply(&Writer::Queue, event, at(59)).unwrap_err();
    insta::assert_snapshot!(refusal, @"the lease of node-a is valid until 2026-01-05T09:01:00Z");
}

#[test]
fn nobody_speaks_for_another() {
    let job = after([]);
    let refusal = job
        .clone()
        .apply(&person(), JobEvent::EnterForm, at(1))
        .unwrap_err();
    insta::assert_snapshot!(refusal, @r#""enter_form" is not for this writer"#);
    assert!(
        job.clone()
            .apply(&Writer::Queue, JobEvent::EnterForm, at(1))
            .is_err()
    );
    assert!(
        job.clone()
            .apply(&worker(&job), JobEvent::Retry, at(1))
            .is_err()
    );
}

#[test]
fn kf01_a_claimed_job_is_not_claimed_again() {
    let job = after([]);
    let lease = next_lease(&job, at(1));
    let refusal = job
        .apply(&Writer::Queue, JobEvent::Claim { lease }, at(1))
        .unwrap_err();
    insta::assert_snapshot!(refusal, @r#"a job that is processing (stage session) cannot take "claim": only a due job can be claimed, with its next token"#);
}

#[test]
fn a_claim_with_any_other_token_than_the_next_is_refused() {
    for token in [0, 2, u64::MAX] {
        let mut lease = next_lease(&pending(), at(0));
        lease.token = FencingToken(token);
        assert!(
            pending()
                .apply(&Writer::Queue, JobEvent::Claim { lease }, at(0))
                .is_err()
        );
    }
}
