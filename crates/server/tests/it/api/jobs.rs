//! Reading jobs.

use formhand_domain::{Clock as _, FailureCode};
use formhand_store::Store as _;

use super::support::{Api, without_ids};

#[tokio::test]
async fn a_whole_view_tells_the_story_of_a_filed_job() {
    let api = Api::new();
    let id = api.plant("A-1", "T1").await;
    api.file("P-100").await;
    let answer = api.get(&format!("/api/jobs/{id}")).await;
    insta::assert_snapshot!(answer.shown(), @r#"
    200 {
      "id": "[job 1]",
      "captchaId": "A-1",
      "portal": "garden",
      "flow": "plant",
      "account": "main",
      "label": "Asha",
      "businessKey": "T1",
      "status": "completed",
      "stage": "post-submission",
      "outcome": "submitted",
      "failureType": null,
      "failure": null,
      "attempts": 1,
      "fencingToken": 1,
      "retryAt": null,
      "receipt": {
        "proposalNumber": "P-100"
      },
      "createdAt": "2026-01-02T03:04:05Z",
      "finishedAt": "2026-01-02T03:04:05Z",
      "evidence": [],
      "statusHistory": [
        {
          "status": "pending",
          "stage": null,
          "at": "2026-01-02T03:04:05Z",
          "event": "submit",
          "by": "queue",
          "attempt": 0
        },
        {
          "status": "processing",
          "stage": "session",
          "at": "2026-01-02T03:04:05Z",
          "event": "claim",
          "by": "queue",
          "attempt": 1
        },
        {
          "status": "completed",
          "stage": "post-submission",
          "at": "2026-01-02T03:04:05Z",
          "event": "complete",
          "by": "worker",
          "attempt": 1
        }
      ],
      "errorLogs": []
    }
    "#);
    let by_caller = api.get("/api/job-status/A-1").await;
    assert_eq!(answer.body, by_caller.body);
}

#[tokio::test]
async fn a_job_that_waits_for_another_attempt_says_when_and_why() {
    let api = Api::new();
    let id = api.plant("A-1", "T1").await;
    api.fail(FailureCode::Network).await;
    let view = api.get(&format!("/api/jobs/{id}")).await.json();
    assert_eq!(view["status"], "failed_login_form");
    assert_eq!(view["failureType"], "portal");
    assert_eq!(view["retryAt"], "2026-01-02T03:05:05Z");
    let logs = serde_json::to_string_pretty(&view["errorLogs"]).unwrap();
    insta::assert_snapshot!(logs, @r#"
    [
      {
        "at": "2026-01-02T03:04:05Z",
        "attempt": 1,
        "stage": "session",
        "code": "network",
        "message": "the words of the portal",
        "retryable": true,
        "who_acts": "nobody"
      }
    ]
    "#);
}

#[tokio::test]
async fn kf38_a_malformed_id_is_the_clients_mistake() {
    let api = Api::new();
    let mut shown = String::new();
    for path in [
        "/api/jobs/1",
        "/api/jobs/%00",
        "/api/jobs/%ff%fe",
        "/api/jobs/01JD8Z7K3N5Q2V6W9X0Y1A2B3C",
        "/api/job-status/a%20b",
        "/api/job-status/unknown",
        "/api/questions/%0a/picture",
        "/api/questions/unknown/picture",
    ] {
        let answer = api.get(path).await;
        shown.push_str(&answer.brief());
    }
    insta::assert_snapshot!(shown, @r#"
    400 "malformed_id": "\"1\" is not a job id: expected 26 letters and digits such as 01JD8Z7K3N5Q2V6W9X0Y1A2B3C"
    400 "malformed_id": "\"\\0\" is not a job id: expected 26 letters and digits such as 01JD8Z7K3N5Q2V6W9X0Y1A2B3C"
    400 "malformed_id": "the address is not valid text"
    404 "job_not_found": "there is no job 01JD8Z7K3N5Q2V6W9X0Y1A2B3C"
    400 "malformed_id": "caller id \"a b\" is not valid: expected 1 to 128 visible ASCII characters without spaces"
    404 "job_not_found": "no job was handed in with the captchaId unknown"
    400 "malformed_id": "question \"\\n\" is not valid: expected 1 to 128 visible ASCII characters without spaces"
    404 "question_not_found": "there is no question unknown"
    "#);
}

#[tokio::test]
async fn kf38_statistics_count_every_status_and_only_ended_jobs_make_the_rate() {
    let api = Api::new();
    assert_eq!(
        api.get("/api/jobs/stats").await.json()["successRate"],
        serde_json::Value::Null
    );
    api.plant("A", "T1").await;
    api.file("P-1").await;
    api.plant("B", "T2").await;
    api.fail(FailureCode::Rejected).await;
    api.plant("C", "T3").await;
    insta::assert_snapshot!(api.get("/api/jobs/stats").await.shown(), @r#"
    200 {
      "byStatus": {
        "cancelled": 0,
        "completed": 1,
        "completed_with_errors": 0,
        "failed_duplicate": 0,
        "failed_login_form": 1,
        "failed_post_submission": 0,
        "failed_validation": 0,
        "needs_review": 0,
        "on_hold": 0,
        "pending": 1,
        "processing": 0
      },
      "total": 3,
      "waitingForRetry": 0,
      "successRate": 0.5,
      "byPortal": {
        "garden": {
          "byStatus": {
            "cancelled": 0,
            "completed": 1,
            "completed_with_errors": 0,
            "failed_duplicate": 0,
            "failed_login_form": 1,
            "failed_post_submission": 0,
            "failed_validation": 0,
            "needs_review": 0,
            "on_hold": 0,
            "pending": 1,
            "processing": 0
          },
          "total": 3,
          "waitingForRetry": 0,
          "successRate": 0.5,
          "byAccount": {
            "main": {
              "byStatus": {
                "cancelled": 0,
                "completed": 1,
                "completed_with_errors": 0,
                "failed_duplicate": 0,
                "failed_login_form": 1,
                "failed_post_submission": 0,
                "failed_validation": 0,
                "needs_review": 0,
                "on_hold": 0,
                "pending": 1,
                "processing": 0
              },
              "total": 3,
              "waitingForRetry": 0,
              "successRate": 0.5
            }
          }
        }
      }
    }
    "#);
}

#[tokio::test]
async fn a_list_is_filtered_and_paged() {
    let api = Api::new();
    for number in 1..=3 {
        api.plant(&format!("A-{number}"), &format!("T{number}"))
            .await;
        api.clock.advance(jiff::SignedDuration::from_secs(1));
    }
    api.file("P-1").await;
    let first = api.get("/api/jobs?status=pending&limit=1").await.json();
    assert_eq!(
        (&first["total"], &first["jobs"][0]["captchaId"]),
        (&2.into(), &"A-3".into())
    );
    assert!(first["jobs"][0].get("errorLogs").is_none());
    let next = first["next"].as_str().unwrap();
    let second = api
        .get(&format!("/api/jobs?status=pending&limit=1&cursor={next}"))
        .await
        .json();
    assert_eq!(second["jobs"][0]["captchaId"], "A-2");
    assert_eq!(second["next"], serde_json::Value::Null);
    let both = api
        .get("/api/jobs?status=pending,completed&portal=garden")
        .await
        .json();
    assert_eq!(both["total"], 3);
    assert_eq!(api.get("/api/jobs?portal=forest").await.json()["total"], 0);
}

#[tokio::test]
async fn a_list_holds_what_all_its_filters_say() {
    let api = Api::new();
    for number in 1..=3 {
        api.plant(&format!("A-{number}"), &format!("T{number}"))
            .await;
        api.clock.advance(jiff::SignedDuration::from_secs(1));
    }
    let now = api.clock.now();
    let before = now - jiff::SignedDuration::from_secs(1);
    let id = api.get("/api/jobs?captchaId=A-2").await.json()["jobs"][0]["id"].clone();
    let job = api.store.job(id.as_str().unwrap().parse().unwrap());
    let key = job.await.unwrap().unwrap().business_key.unwrap();
    let key = key.as_str().replace(' ', "+");
    for (query, wanted) in [
        (
            "account=main&flow=plant".to_owned(),
            &["A-3", "A-2", "A-1"][..],
        ),
        ("captchaId=A-2".to_owned(), &["A-2"]),
        (format!("businessKey={key}"), &["A-2"]),
        (format!("from={before}"), &["A-3"]),
        (format!("until={before}&q=ASHA"), &["A-2", "A-1"]),
        ("q=t3".to_owned(), &["A-3"]),
        ("q=a+2&status=pending".to_owned(), &["A-2"]),
        ("q=a+2&status=completed".to_owned(), &[]),
        ("account=other".to_owned(), &[]),
    ] {
        let page = api.get(&format!("/api/jobs?{query}")).await.json();
        let jobs = page["jobs"].as_array().unwrap().iter();
        let found: Vec<&str> = jobs.map(|job| job["captchaId"].as_str().unwrap()).collect();
        assert_eq!(found, wanted, "{query}");
        assert_eq!(page["total"], wanted.len(), "{query}");
        assert_eq!(page["totalIsExact"], true, "{query}");
    }
}

#[tokio::test]
async fn outcomes_are_told_by_hour_and_portal() {
    let api = Api::new();
    api.plant("A", "T1").await;
    api.file("P-1").await;
    api.plant("B", "T2").await;
    api.fail(FailureCode::Rejected).await;
    api.clock.advance(jiff::SignedDuration::from_hours(2));
    api.plant("C", "T3").await;
    api.file("P-2").await;
    api.clock.advance(jiff::SignedDuration::from_secs(1));
    let shown = api.get("/api/jobs/outcomes").await.json();
    let hours: Vec<_> = shown["hours"]
        .as_array()
        .unwrap()
        .iter()
        .map(|hour| hour["byPortal"].to_string())
        .collect();
    assert_eq!(
        hours,
        [
            r#"{"garden":{"completed":1,"failed_login_form":1}}"#,
            r#"{"garden":{"completed":1}}"#
        ]
    );
    let hour = shown["hours"][1]["hour"].as_str().unwrap();
    assert!(hour.ends_with(":00:00Z"), "{hour}");
    let rest = api
        .get(&format!("/api/jobs/outcomes?from={hour}"))
        .await
        .json();
    assert_eq!(rest["hours"].as_array().unwrap().len(), 1);
    let mut refused = String::new();
    for query in [
        "since=1",
        "from=2020-01-01T00:00:00Z",
        "until=soon",
        "from=2999-01-01T00:00:00Z",
    ] {
        refused.push_str(
            &api.get(&format!("/api/jobs/outcomes?{query}"))
                .await
                .brief(),
        );
    }
    insta::assert_snapshot!(refused, @r#"
    400 "unknown_parameter": "\"since\" is no parameter here; valid: from, until"
    400 "invalid_parameter": "from must be before until, and 366 days before it at most"
    400 "invalid_parameter": "until \"soon\" is no time: expected one such as 2026-01-05T09:00:00Z, with + written as %2B"
    400 "invalid_parameter": "from must be before until, and 366 days before it at most"
    "#);
}

#[tokio::test]
async fn kf46_what_a_list_does_not_know_is_refused_with_what_it_knows() {
    let api = Api::new();
    let mut shown = String::new();
    for query in [
        "status=done",
        "sort=record",
        "limit=0",
        "limit=501",
        "limit=ten",
        "cursor=1",
        "portal=The+Garden",
        "limit=1&limit=2",
        "from=yesterday",
        "from=2026-01-05T09:00:00Z&until=2026-01-05T09:00:00Z",
        "q=--",
        "captchaId=a+b",
        "caller=A-1",
    ] {
        let answer = api.get(&format!("/api/jobs?{query}")).await;
        shown.push_str(&answer.brief());
    }
    insta::assert_snapshot!(without_ids(&shown), @r#"
    400 "unknown_status": "status \"done\" is not known: expected one of pending, processing, completed, completed_with_errors, failed_login_form, failed_post_submission, failed_validation, failed_duplicate, on_hold, needs_review, cancelled"
    400 "unknown_parameter": "\"sort\" is no parameter here; valid: status, portal, account, flow, from, until, captchaId, businessKey, q, limit, cursor"
    400 "invalid_parameter": "limit 0 is out of range: expected 1 to 500"
    400 "invalid_parameter": "limit 501 is out of range: expected 1 to 500"
    400 "invalid_parameter": "limit \"ten\" is no whole number in range"
    400 "invalid_parameter": "cursor must be the `next` of another page"
    400 "malformed_id": "portal \"The Garden\" is not valid: expected 1 to 64 lower-case letters, digits and hyphens"
    400 "repeated_parameter": "\"limit\" may be given only once"
    400 "invalid_parameter": "from \"yesterday\" is no time: expected one such as 2026-01-05T09:00:00Z, with + written as %2B"
    400 "invalid_parameter": "from must be before until"
    400 "invalid_parameter": "q: a search needs a letter or a digit"
    400 "malformed_id": "caller id \"a b\" is not valid: expected 1 to 128 visible ASCII characters without spaces"
    400 "unknown_parameter": "\"caller\" is no parameter here; valid: status, portal, account, flow, from, until, captchaId, businessKey, q, limit, cursor"
    "#);
}

#[tokio::test]
async fn kf46_error_logs_of_a_job_that_failed_for_weeks_stay_short() {
    let api = Api::new();
    let id = api.plant("A-1", "T1").await;
    for _ in 0..40 {
        api.fail(FailureCode::Network).await;
        api.post(&format!("/api/jobs/{id}/retry"), "application/json", "")
            .await;
    }
    let view = api.get(&format!("/api/jobs/{id}")).await.json();
    assert_eq!(view["errorLogs"].as_array().unwrap().len(), 20);
    assert!(view["statusHistory"].as_array().unwrap().len() <= 100);
}
