//! A person's wishes.

use std::fmt::Write as _;

use formhand_domain::FailureCode;

use super::support::{Api, without_ids};

const JSON: &str = "application/json";

#[tokio::test]
async fn a_waiting_job_is_held_released_and_cancelled() {
    let api = Api::new();
    let id = api.plant("A-1", "T1").await;
    let mut shown = String::new();
    for (verb, body) in [
        ("hold", r#"{"by":"Mina"}"#),
        ("hold", ""),
        ("release", ""),
        ("release", ""),
        ("cancel", r#"{"by":"Mina","reason":"sold the tree"}"#),
        ("cancel", ""),
        ("retry", ""),
    ] {
        let answer = api
            .post(&format!("/api/jobs/{id}/{verb}"), JSON, body)
            .await;
        let view = answer.json();
        let what = view.get("detail").or(view.get("status")).unwrap();
        writeln!(shown, "{verb}: {} {what}", answer.status).unwrap();
    }
    insta::assert_snapshot!(shown, @r#"
    hold: 200 "on_hold"
    hold: 409 "a job that is on_hold (stage none) cannot take \"hold\": only a job that waits can be held"
    release: 200 "pending"
    release: 409 "a job that is pending (stage none) cannot take \"unhold\": the job is not on hold"
    cancel: 200 "cancelled"
    cancel: 409 "a job that is cancelled (stage none) cannot take \"cancel\": only a job that waits or is on hold can be cancelled"
    retry: 200 "pending"
    "#);
    let view = api.get(&format!("/api/jobs/{id}")).await.json();
    assert_eq!(view["statusHistory"][1]["by"], "Mina");
}

#[tokio::test]
async fn a_job_that_may_have_been_filed_is_not_tried_again() {
    let api = Api::new();
    let id = api.plant("A-1", "T1").await;
    api.file("P-1").await;
    for verb in ["retry", "cancel", "hold", "release"] {
        let answer = api.post(&format!("/api/jobs/{id}/{verb}"), JSON, "").await;
        assert_eq!(answer.status, 409, "{verb}");
    }
    let answer = api.post(&format!("/api/jobs/{id}/retry"), JSON, "").await;
    insta::assert_snapshot!(answer.shown(), @r#"
    409 {
      "type": "urn:formhand:problem:refused",
      "title": "Conflict",
      "status": 409,
      "code": "refused",
      "detail": "a job that is completed (stage post-submission) cannot take \"retry\": only a job that ended and provably was not filed can be tried again; a record that was refused is handed in anew"
    }
    "#);
}

#[tokio::test]
async fn kf37_a_retry_cannot_take_a_key_back_that_another_job_has_now() {
    let api = Api::new();
    let first = api.plant("A-1", "T1").await;
    api.fail(FailureCode::Rejected).await;
    api.plant("A-2", "T1").await;
    let answer = api
        .post(&format!("/api/jobs/{first}/retry"), JSON, "")
        .await;
    insta::assert_snapshot!(answer.shown(), @r#"
    409 {
      "type": "urn:formhand:problem:key_taken",
      "title": "Conflict",
      "status": 409,
      "code": "key_taken",
      "detail": "job [job 1] has the same business key by now, and it is alive or filed",
      "duplicateOf": "[job 1]"
    }
    "#);
}

#[tokio::test]
async fn bad_wishes_are_refused() {
    let api = Api::new();
    let id = api.plant("A-1", "T1").await;
    let long = format!("{{\"reason\":{:?}}}", "x".repeat(501));
    let mut shown = String::new();
    for (path, body) in [
        (format!("/api/jobs/{id}/hold"), r#"{"who":"Mina"}"#),
        (format!("/api/jobs/{id}/hold"), "nonsense"),
        (format!("/api/jobs/{id}/cancel"), r#"{"by":"a\nb"}"#),
        (format!("/api/jobs/{id}/cancel"), long.as_str()),
        ("/api/jobs/7/hold".to_owned(), ""),
        ("/api/jobs/01JD8Z7K3N5Q2V6W9X0Y1A2B3C/hold".to_owned(), ""),
    ] {
        let answer = api.post(&path, JSON, body.to_owned()).await;
        shown.push_str(&answer.brief());
    }
    insta::assert_snapshot!(without_ids(&shown), @r#"
    400 "malformed_body": "the body: unknown field `who`, expected `by` or `reason` at line 1 column 6"
    400 "malformed_body": "the body: expected ident at line 1 column 2"
    400 "malformed_body": "\"by\" must be one line of 1 to 500 characters"
    400 "malformed_body": "\"reason\" must be one line of 1 to 500 characters"
    400 "malformed_id": "\"7\" is not a job id: expected 26 letters and digits such as [job 1]"
    404 "job_not_found": "there is no job [job 1]"
    "#);
}
