//! A person says whether a job of unknown outcome was filed.

use super::support::{Api, without_ids};

const JSON: &str = "application/json";

/// A job whose answer was lost.
async fn unknown(api: &Api) -> String {
    let id = api.plant("A-1", "T1").await;
    api.lose_answer().await;
    id.to_string()
}

#[tokio::test]
async fn a_job_that_was_filed_gets_its_receipt_and_is_filed_for_good() {
    let api = Api::new();
    let id = unknown(&api).await;
    let path = format!("/api/jobs/{id}/resolve");
    let body = r#"{"outcome":"submitted","receipt":"P-7","by":"Mina"}"#;
    let view = api.post(&path, JSON, body).await.json();
    assert_eq!(view["status"], "completed");
    assert_eq!(view["outcome"], "submitted");
    assert_eq!(view["receipt"]["proposalNumber"], "P-7");
    let last = view["statusHistory"].as_array().unwrap().last().unwrap();
    assert_eq!(
        (&last["event"], &last["by"]),
        (&"settle_submitted".into(), &"Mina".into())
    );
    for (path, body) in [
        (
            path,
            r#"{"outcome":"not_submitted","reason":"no","fencingToken":1}"#,
        ),
        (format!("/api/jobs/{id}/retry"), ""),
    ] {
        assert_eq!(api.post(&path, JSON, body).await.status, 409);
    }
}

#[tokio::test]
async fn a_job_that_was_not_filed_waits_for_a_retry_and_frees_its_key() {
    let api = Api::new();
    let id = unknown(&api).await;
    let record = r#"{"captchaId":"A-2","record":{"name":"Asha","tree":"T1"}}"#;
    let same = api.post("/api/jobs", JSON, record).await;
    assert_eq!(same.status, 409, "it keeps its key");

    let body =
        r#"{"outcome":"not_submitted","reason":"not in the list","fencingToken":1,"by":"Mina"}"#;
    let path = format!("/api/jobs/{id}/resolve");
    let view = api.post(&path, JSON, body).await.json();
    assert_eq!(view["status"], "failed_post_submission");
    assert_eq!(view["outcome"], "not_submitted");
    assert_eq!(view["failure"]["code"], "not_filed");
    assert_eq!(
        view["failure"]["message"],
        "settled by Mina: it was not filed: not in the list"
    );
    let again = api.post(&format!("/api/jobs/{id}/retry"), JSON, "").await;
    assert_eq!(again.json()["status"], "pending");
    api.file("P-8").await;
    let view = api.get(&format!("/api/jobs/{id}")).await.json();
    assert_eq!(view["receipt"]["proposalNumber"], "P-8");
}

#[tokio::test]
async fn a_finding_that_proves_nothing_is_refused() {
    let api = Api::new();
    let waiting = api.plant("A-0", "T0").await.to_string();
    let filed = r#"{"outcome":"submitted","receipt":"P-7"}"#;
    let path = format!("/api/jobs/{waiting}/resolve");
    let mut shown = api.post(&path, JSON, filed).await.brief();
    api.file("P-1").await;

    let path = format!("/api/jobs/{}/resolve", unknown(&api).await);
    for body in [
        "",
        r#"{"outcome":"submitted"}"#,
        r#"{"outcome":"submitted","receipt":{}}"#,
        r#"{"outcome":"submitted","receipt":{"policyNumber":"P-7"}}"#,
        r#"{"outcome":"submitted","receipt":{"proposalNumber":""}}"#,
        r#"{"outcome":"submitted","receipt":"P-7","reason":"seen"}"#,
        r#"{"outcome":"not_submitted"}"#,
        r#"{"outcome":"not_submitted","receipt":"P-7","reason":"seen","fencingToken":2}"#,
        r#"{"outcome":"not_submitted","reason":"seen"}"#,
        r#"{"outcome":"not_submitted","reason":"seen","fencingToken":7}"#,
        r#"{"outcome":"unknown"}"#,
        r#"{"outcome":"filed"}"#,
    ] {
        shown.push_str(&api.post(&path, JSON, body).await.brief());
    }
    insta::assert_snapshot!(without_ids(&shown), @r#"
    409 "refused": "a job that is pending (stage none) cannot take \"settle_submitted\": only a job of unknown outcome (needs_review) can be settled"
    400 "malformed_body": "the body: missing field `outcome` at line 1 column 2"
    400 "malformed_body": "outcome \"submitted\" takes a receipt and no reason: the number that the portal shows"
    400 "malformed_body": "the receipt has 0 numbers: expected 1 to 20"
    400 "malformed_body": "the receipt has no \"policyNumber\": expected proposalNumber"
    400 "malformed_body": "\"proposalNumber\" must be one line of 1 to 500 characters"
    400 "malformed_body": "outcome \"submitted\" takes a receipt and no reason: the number that the portal shows"
    400 "malformed_body": "outcome \"not_submitted\" takes no receipt, a reason (how it is known, such as what was searched) and the job's fencingToken when that was done"
    400 "malformed_body": "outcome \"not_submitted\" takes no receipt, a reason (how it is known, such as what was searched) and the job's fencingToken when that was done"
    400 "malformed_body": "outcome \"not_submitted\" takes no receipt, a reason (how it is known, such as what was searched) and the job's fencingToken when that was done"
    409 "refused": "stale fencing token 7: the job's last claim has 1"
    400 "malformed_body": "outcome \"unknown\" settles nothing: expected submitted or not_submitted"
    400 "malformed_body": "the body: unknown variant `filed`, expected one of `not_submitted`, `submitted`, `unknown` at line 1 column 18"
    "#);
    let host = [("host", "localhost")];
    assert_eq!(api.raw("POST", &path, &host, filed).await.status, 401);
}

#[tokio::test]
async fn a_portal_that_cannot_be_searched_is_not_searched() {
    let api = Api::new();
    let path = format!("/api/jobs/{}/verify", unknown(&api).await);
    let shown = api.post(&path, JSON, "").await.brief();
    insta::assert_snapshot!(shown, @r#"
    409 "no_search": "portal garden cannot be searched for flow plant: its definition has no `verify`, or it is off; look yourself, and say `job resolve`"
    "#);
}
