//! The table of the submit protocol: what a failure means at each point of an attempt.

use formhand_domain::{
    Failure, FailureCode, Job, JobEvent, RecoveryRule, Refusal, RetryPolicy, Writer,
};

use crate::given::{at, cross, fail, passing, progress, worker};

/// One line of the table.
fn line(point: &str, after: &Job) -> String {
    let again = if after.due_at().is_some() {
        "again"
    } else {
        "not again"
    };
    let key = if after.holds_business_key() {
        "keeps its key"
    } else {
        "frees its key"
    };
    let failure = after.failure().map_or("none".into(), said_of);
    format!(
        "{point:<11}{:<14}{:<23}{again:<10}{key:<14}{failure}",
        after.outcome(),
        after.status()
    )
}

fn said_of(failure: &Failure) -> String {
    let retried = if failure.retryable {
        "retried"
    } else {
        "final"
    };
    format!("{} ({retried}, {:?})", failure.code, failure.who_acts)
}

fn table(happens: impl Fn(Job) -> Result<Job, Refusal>) -> String {
    progress()
        .into_iter()
        .map(|(point, job)| match happens(job) {
            Ok(after) => line(point, &after),
            Err(refusal) => format!("{point:<11}{refusal}"),
        })
        .collect::<Vec<_>>()
        .join("\n")
}

fn said(event: &JobEvent) -> impl Fn(Job) -> Result<Job, Refusal> {
    move |job| {
        let writer = worker(&job);
        job.apply(&writer, event.clone(), at(2))
    }
}

fn lease_ended(rule: RecoveryRule) -> JobEvent {
    JobEvent::LeaseEnded {
        retry: RetryPolicy::default(),
        random: 0.5,
        rule,
    }
}

#[test]
fn kf04_what_a_failed_attempt_means_follows_from_how_far_it_came() {
    insta::assert_snapshot!(table(said(&fail(passing()))), @"
    session    not_submitted failed_login_form      again     keeps its key network (retried, Nobody)
    login-form not_submitted failed_login_form      again     keeps its key network (retried, Nobody)
    armed      unknown       needs_review           not again keeps its key outcome_unknown (final, Operator)
    crossed    unknown       needs_review           not again keeps its key outcome_unknown (final, Operator)
    filed      submitted     failed_post_submission not again keeps its key network (final, Operator)
    ");
}

#[test]
fn a_failure_that_no_attempt_can_help_ends_a_job_that_was_not_filed() {
    let failure = Failure::new(FailureCode::PageChanged, "the button is gone");
    insta::assert_snapshot!(table(said(&fail(failure))), @"
    session    not_submitted failed_login_form      not again frees its key page_changed (final, Developer)
    login-form not_submitted failed_login_form      not again frees its key page_changed (final, Developer)
    armed      unknown       needs_review           not again keeps its key outcome_unknown (final, Operator)
    crossed    unknown       needs_review           not again keeps its key outcome_unknown (final, Operator)
    filed      submitted     failed_post_submission not again keeps its key page_changed (final, Developer)
    ");
}

#[test]
fn kf02_what_a_dead_server_leaves_follows_from_how_far_it_came() {
    let dies = |job: Job| job.apply(&Writer::Queue, lease_ended(RecoveryRule::Expired), at(60));
    insta::assert_snapshot!(table(dies), @"
    session    not_submitted failed_login_form      again     keeps its key worker_lost (retried, Nobody)
    login-form not_submitted failed_login_form      again     keeps its key worker_lost (retried, Nobody)
    armed      unknown       needs_review           not again keeps its key outcome_unknown (final, Operator)
    crossed    unknown       needs_review           not again keeps its key outcome_unknown (final, Operator)
    filed      submitted     failed_post_submission not again keeps its key post_submission_failed (final, Operator)
    ");
}

#[test]
fn an_owner_known_to_be_dead_leaves_the_same_before_its_lease_ends() {
    let at_the_end =
        |job: Job| job.apply(&Writer::Queue, lease_ended(RecoveryRule::Expired), at(60));
    let at_once = |job: Job| {
        let rule = RecoveryRule::OwnerDead { token: job.fence };
        job.apply(&Writer::Queue, lease_ended(rule), at(2))
    };
    assert_eq!(table(at_once), table(at_the_end));
}

#[test]
fn a_click_that_provably_sent_nothing_is_disarmed_and_may_be_tried_again() {
    let sends_nothing = |job: Job| {
        let job = said(&JobEvent::Disarm)(job)?;
        said(&fail(passing()))(job)
    };
    insta::assert_snapshot!(table(sends_nothing), @r#"
    session    a job that is processing (stage session) cannot take "disarm": the attempt is not at that point
    login-form a job that is processing (stage login-form) cannot take "disarm": the attempt is not at that point
    armed      not_submitted failed_login_form      again     keeps its key network (retried, Nobody)
    crossed    a job that is processing (stage submitting) cannot take "disarm": the attempt is not at that point
    filed      a job that is processing (stage post-submission) cannot take "disarm": the attempt is not at that point
    "#);
}

#[test]
fn a_declared_rejection_of_the_commit_is_proof_that_nothing_was_filed() {
    let failure = Failure::new(FailureCode::Rejected, "IDV is out of range");
    insta::assert_snapshot!(table(said(&JobEvent::Reject { failure })), @r#"
    session    a job that is processing (stage session) cannot take "reject": the attempt is not at that point
    login-form a job that is processing (stage login-form) cannot take "reject": the attempt is not at that point
    armed      a job that is processing (stage submitting) cannot take "reject": the attempt is not at that point
    crossed    not_submitted failed_post_submission not again frees its key rejected (final, Submitter)
    filed      a job that is processing (stage post-submission) cannot take "reject": the attempt is not at that point
    "#);
}

#[test]
fn the_gate_lets_one_request_pass_and_only_of_an_armed_job() {
    insta::assert_snapshot!(table(said(&cross())), @r#"
    session    a job that is processing (stage session) cannot take "cross": the attempt is not at that point
    login-form a job that is processing (stage login-form) cannot take "cross": the attempt is not at that point
    armed      unknown       processing             not again keeps its key none
    crossed    a job that is processing (stage submitting) cannot take "cross": the attempt is not at that point
    filed      a job that is processing (stage post-submission) cannot take "cross": the attempt is not at that point
    "#);
}

#[test]
fn a_server_that_stops_gives_back_only_what_was_not_armed() {
    let due_at = at(2);
    insta::assert_snapshot!(table(said(&JobEvent::Release { due_at })), @r#"
    session    not_submitted pending                again     keeps its key none
    login-form not_submitted pending                again     keeps its key none
    armed      a job that is processing (stage submitting) cannot take "release": the attempt is not at that point
    crossed    a job that is processing (stage submitting) cannot take "release": the attempt is not at that point
    filed      a job that is processing (stage post-submission) cannot take "release": the attempt is not at that point
    "#);
}
