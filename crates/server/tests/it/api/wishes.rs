//! A person's wishes.

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
        shown.push_str(&format!("{verb}: {} {what}\n", answer.status));
    }
    insta::assert_snapshot!(shown, @"");
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
    insta::assert_snapshot!(answer.shown(), @"");
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
    insta::assert_snapshot!(answer.shown(), @"");
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
        let problem = answer.json();
        shown.push_str(&format!(
            "{} {}: {}\n",
            answer.status, problem["code"], problem["detail"]
        ));
    }
    insta::assert_snapshot!(without_ids(&shown), @"");
}
