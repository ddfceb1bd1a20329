//! A person's wishes of many jobs in one request.

use formhand_domain::FailureCode;
use serde_json::{Value, json};

use super::support::{Answer, Api};

const JSON: &str = "application/json";

async fn wish(api: &Api, verb: &str, body: &Value) -> Answer {
    api.post(&format!("/api/jobs/{verb}"), JSON, body.to_string())
        .await
}

/// Each job's result in a word.
fn results(answer: &Answer) -> Vec<String> {
    let answer = answer.json();
    let results = answer["results"].as_array().expect("results").iter();
    let word = |one: &Value| {
        let what = one.get("status").or(one["problem"].get("code"));
        what.and_then(Value::as_str).expect("a word").to_owned()
    };
    results.map(word).collect()
}

#[tokio::test]
async fn each_job_has_its_own_result_and_none_keeps_another_from_being_asked() {
    let api = Api::new();
    let filed = api.plant("A-1", "T1").await;
    api.file("P-1").await;
    let waiting = api.plant("A-2", "T2").await;
    let unknown = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
    let answer = wish(
        &api,
        "hold",
        &json!({"ids": [filed, waiting, unknown], "by": "Mina"}),
    )
    .await;
    assert_eq!(answer.status, 200);
    assert_eq!(results(&answer), ["refused", "on_hold", "job_not_found"]);
    let answer = answer.json();
    assert_eq!(
        (&answer["done"], &answer["refused"]),
        (&json!(1), &json!(2))
    );
    assert_eq!(answer["results"][1]["id"], json!(waiting));
    assert_eq!(answer["next"], Value::Null);
    let view = api.get(&format!("/api/jobs/{waiting}")).await.json();
    assert_eq!(view["statusHistory"][1]["by"], "Mina");
}

#[tokio::test]
async fn all_that_fit_are_held_released_cancelled_and_tried_again() {
    let api = Api::new();
    for number in 1..=3 {
        api.plant(&format!("A-{number}"), &format!("T{number}"))
            .await;
    }
    for (verb, from, to) in [
        ("hold", "pending", "on_hold"),
        ("release", "on_hold", "pending"),
        ("cancel", "pending", "cancelled"),
        ("retry", "cancelled", "pending"),
    ] {
        let body = json!({"filter": {"status": from}, "expected": 3, "reason": "a test"});
        let answer = wish(&api, verb, &body).await;
        assert_eq!(results(&answer), [to, to, to], "{verb}");
    }
}

#[tokio::test]
async fn a_filter_goes_on_where_the_last_request_ended() {
    let api = Api::new();
    let mut ids = Vec::new();
    for number in 1..=5 {
        ids.push(
            api.plant(&format!("A-{number}"), &format!("T{number}"))
                .await,
        );
    }
    ids.sort_by(|one, other| other.cmp(one));
    let mut body = json!({"filter": {}, "limit": 2});
    let mut seen = Vec::new();
    loop {
        let answer = wish(&api, "hold", &body).await.json();
        let results = answer["results"].as_array().unwrap().clone();
        seen.extend(results.into_iter().map(|one| one["id"].clone()));
        if answer["next"].is_null() {
            break;
        }
        body["cursor"] = answer["next"].clone();
    }
    assert_eq!(seen, ids.iter().map(|id| json!(id)).collect::<Vec<_>>());
}

#[tokio::test]
async fn nothing_is_touched_if_other_jobs_fit_by_now_than_a_person_saw() {
    let api = Api::new();
    let id = api.plant("A-1", "T1").await;
    let body = json!({"filter": {"status": "pending"}, "expected": 2});
    let answer = wish(&api, "cancel", &body).await;
    insta::assert_snapshot!(answer.shown(), @r#"
    409 {
      "type": "urn:formhand:problem:jobs_changed",
      "title": "Conflict",
      "status": 409,
      "code": "jobs_changed",
      "detail": "1 jobs fit by now, where 2 were expected; no job was touched"
    }
    "#);
    let view = api.get(&format!("/api/jobs/{id}")).await.json();
    assert_eq!(view["status"], "pending");
}

#[tokio::test]
async fn a_request_that_cannot_be_read_touches_no_job() {
    let api = Api::new();
    let id = api.plant("A-1", "T1").await;
    let answer = wish(&api, "hold", &json!({"ids": [id, "x", id]})).await;
    insta::assert_snapshot!(answer.shown(), @r#"
    400 {
      "type": "urn:formhand:problem:malformed_body",
      "title": "Bad Request",
      "status": 400,
      "code": "malformed_body",
      "detail": "not all of it is right; no job was touched",
      "errors": [
        {
          "pointer": "/ids/1",
          "detail": "\"x\" is not a job id: expected 26 letters and digits such as [job 1]"
        },
        {
          "pointer": "/ids/2",
          "detail": "this job is in it twice"
        }
      ]
    }
    "#);
    let view = api.get(&format!("/api/jobs/{id}")).await.json();
    assert_eq!(view["status"], "pending");
}

#[tokio::test]
async fn a_key_that_is_there_twice_is_refused_where_it_stands_and_touches_no_job() {
    let api = Api::new();
    let id = api.plant("A-1", "T1").await;
    let body = r#"{"filter": {"status": "cancelled", "status": "pending"}}"#;
    let answer = api.post("/api/jobs/hold", JSON, body).await;
    insta::assert_snapshot!(answer.shown(), @r#"
    400 {
      "type": "urn:formhand:problem:malformed_body",
      "title": "Bad Request",
      "status": 400,
      "code": "malformed_body",
      "detail": "a key of the body is there twice",
      "errors": [
        {
          "pointer": "/filter/status",
          "detail": "this key is there twice"
        }
      ]
    }
    "#);
    let body = format!(
        r#"{{"findings": [{{"id": "{id}", "outcome": "submitted", "receipt": {{"proposalNumber": "P-7", "proposalNumber": "P-8"}}}}]}}"#
    );
    let answer = api.post("/api/jobs/resolve", JSON, body).await;
    assert_eq!(answer.status, 400);
    let pointer = &answer.json()["errors"][0]["pointer"];
    assert_eq!(pointer, "/findings/0/receipt/proposalNumber");
    let view = api.get(&format!("/api/jobs/{id}")).await.json();
    assert_eq!(view["status"], "pending");
}

#[tokio::test]
async fn each_job_of_unknown_outcome_is_settled_by_its_own_finding() {
    let api = Api::new();
    let first = api.plant("A-1", "T1").await;
    api.lose_answer().await;
    let second = api.plant("A-2", "T2").await;
    api.lose_answer().await;
    let third = api.plant("A-3", "T3").await;
    api.fail(FailureCode::Rejected).await;
    let token = api.get(&format!("/api/jobs/{second}")).await.json()["fencingToken"].clone();
    let body = json!({"by": "Mina", "findings": [
        {"id": first, "outcome": "submitted", "receipt": {"proposalNumber": "P-7"}},
        {"id": second, "outcome": "not_submitted", "reason": "searched by key", "fencingToken": token},
        {"id": third, "outcome": "submitted", "receipt": {"proposalNumber": "P-8"}},
    ]});
    let answer = wish(&api, "resolve", &body).await;
    assert_eq!(answer.status, 200, "{}", answer.shown());
    assert_eq!(results(&answer)[2], "refused");
    let view = api.get(&format!("/api/jobs/{first}")).await.json();
    assert_eq!(view["receipt"]["proposalNumber"], "P-7");
    let view = api.get(&format!("/api/jobs/{second}")).await.json();
    assert_eq!(view["outcome"], "not_submitted");
}

#[tokio::test]
async fn findings_that_are_not_right_settle_nothing() {
    let api = Api::new();
    let id = api.plant("A-1", "T1").await;
    api.lose_answer().await;
    let body = json!({"findings": [
        {"id": id, "outcome": "submitted", "receipt": "P-7"},
        {"outcome": "perhaps"},
    ]});
    let answer = wish(&api, "resolve", &body).await;
    insta::assert_snapshot!(answer.shown(), @r#"
    400 {
      "type": "urn:formhand:problem:malformed_body",
      "title": "Bad Request",
      "status": 400,
      "code": "malformed_body",
      "detail": "not all of it is right; no job was touched",
      "errors": [
        {
          "pointer": "/findings/1/id",
          "detail": "\"\" is not a job id: expected 26 letters and digits such as [job 1]"
        },
        {
          "pointer": "/findings/1",
          "detail": "unknown variant `perhaps`, expected one of `not_submitted`, `submitted`, `unknown`"
        }
      ]
    }
    "#);
    let view = api.get(&format!("/api/jobs/{id}")).await.json();
    assert_eq!(view["status"], "needs_review");
}
