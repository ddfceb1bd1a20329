//! What a person sees of webhooks, and what he can do.

use serde_json::json;

use super::{
    receiver::{Manner, Receiver},
    scene::{Scene, curious, webhook},
};
use crate::api::acts;

const JSON: &str = "application/json";

/// Ports and ids of messages differ.
fn shown(text: &str, receiver: &Receiver, ids: &[String]) -> String {
    let place = receiver.url().origin().ascii_serialization();
    let text = text.replace(&place, "http://127.0.0.1:[port]");
    ids.iter().zip(1..).fold(text, |text, (id, number)| {
        text.replace(id.as_str(), &format!("[message {number}]"))
    })
}

async fn ids(scene: &Scene) -> Vec<String> {
    let deliveries = scene.deliveries("crm").await;
    deliveries.into_iter().map(|one| one.message.id).collect()
}

#[tokio::test]
async fn webhooks_are_listed_with_how_they_stand() {
    let receiver = Receiver::start().await;
    let mut scene = Scene::new([webhook("crm", &receiver)]).await;
    scene.filed(1).await;
    scene.filed(2).await;
    receiver.will([Manner::Take, Manner::Answer(503, "")]);
    scene.round().await;
    let list = scene.get("/api/webhooks").await;
    insta::assert_snapshot!(shown(&list.shown(), &receiver, &[]), @r#"
    200 {
      "webhooks": [
        {
          "name": "crm",
          "to": "http://127.0.0.1:[port]",
          "state": "failing",
          "events": [
            "job.completed",
            "job.completed_with_errors",
            "job.failed_login_form",
            "job.failed_post_submission",
            "job.failed_validation",
            "job.failed_duplicate",
            "job.needs_review",
            "job.cancelled"
          ],
          "portals": [],
          "flows": [],
          "pending": 1,
          "delivered": 1,
          "failed": 0,
          "oldestPendingAt": "2026-01-02T03:04:05Z",
          "deliveredAt": "2026-01-02T03:04:05Z",
          "failingSince": "2026-01-02T03:04:05Z",
          "offSince": null,
          "said": "it answered 503 Service Unavailable"
        }
      ]
    }
    "#);
    let one = scene.get("/api/webhooks/crm").await;
    assert_eq!(one.json(), list.json()["webhooks"][0]);
}

#[tokio::test]
async fn a_message_is_shown_with_what_is_sent_and_its_tries() {
    let receiver = Receiver::start().await;
    let mut scene = Scene::new([webhook("crm", &receiver)]).await;
    scene.filed(1).await;
    receiver.will([Manner::Answer(503, "")]);
    scene.round().await;
    let ids = ids(&scene).await;
    let path = format!("/api/webhooks/crm/deliveries/{}", ids[0]);
    let mut answer = scene.get(&path).await.json();
    assert!(answer["tries"][0]["tookMs"].is_u64());
    answer["tries"][0]["tookMs"] = json!(7);
    let text = serde_json::to_string_pretty(&answer).unwrap();
    let text = crate::api::without_ids(&text);
    insta::assert_snapshot!(shown(&text, &receiver, &ids), @r#"
    {
      "id": "[message 1]",
      "type": "job.completed",
      "jobId": "[job 1]",
      "state": "pending",
      "madeAt": "2026-01-02T03:04:05Z",
      "endedAt": null,
      "nextTryAt": "2026-01-02T03:04:10Z",
      "tried": 1,
      "said": "it answered 503 Service Unavailable",
      "tries": [
        {
          "at": "2026-01-02T03:04:05Z",
          "status": 503,
          "tookMs": 7,
          "error": "it answered 503 Service Unavailable"
        }
      ],
      "payload": {
        "type": "job.completed",
        "timestamp": "2026-01-02T03:04:05Z",
        "data": {
          "jobId": "[job 1]",
          "captchaId": "c-1",
          "portal": "garden",
          "account": "main",
          "flow": "plant",
          "status": "completed",
          "from": "processing",
          "stage": "post-submission",
          "outcome": "submitted",
          "receipt": {
            "proposalNumber": "P-1"
          },
          "failure": null,
          "retryAt": null,
          "attempt": 1,
          "seq": 7
        }
      }
    }
    "#);
}

#[tokio::test]
async fn messages_are_listed_by_state_job_and_page() {
    let receiver = Receiver::start().await;
    let mut scene = Scene::new([curious("crm", &receiver)]).await;
    let job = scene.filed(1).await;
    scene.filed(2).await;
    receiver.will([Manner::Answer(503, "")]);
    scene.round().await;
    let list = async |query: &str| {
        let answer = scene
            .get(&format!("/api/webhooks/crm/deliveries?{query}"))
            .await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.json()
    };
    let count = |list: &serde_json::Value| list["deliveries"].as_array().unwrap().len();
    assert_eq!(count(&list("state=pending").await), 1);
    assert_eq!(count(&list("state=delivered").await), 5);
    assert_eq!(count(&list(&format!("job={job}")).await), 3);
    let first = list("limit=4").await;
    assert_eq!(count(&first), 4);
    let next = first["next"].as_str().unwrap();
    let second = list(&format!("limit=4&after={next}")).await;
    assert_eq!((count(&second), second["next"].is_null()), (2, true));
    let mut wrong = String::new();
    for query in [
        "state=open",
        "after=x",
        "limit=0",
        "job=7",
        "since=soon",
        "what=1",
    ] {
        wrong += &scene
            .get(&format!("/api/webhooks/crm/deliveries?{query}"))
            .await
            .brief();
    }
    wrong += &scene.get("/api/webhooks/books").await.brief();
    wrong += &scene.get("/api/webhooks/Not%20one").await.brief();
    wrong += &scene
        .get("/api/webhooks/crm/deliveries/msg_7")
        .await
        .brief();
    insta::assert_snapshot!(wrong, @r#"
    400 "invalid_parameter": "state is not valid: expected one of pending, delivered, failed"
    400 "invalid_parameter": "after is not valid: expected the \"next\" of the page before"
    400 "invalid_parameter": "limit 0 is out of range: expected 1 to 500"
    400 "malformed_id": "\"7\" is not a job id: expected 26 letters and digits such as 01JD8Z7K3N5Q2V6W9X0Y1A2B3C"
    400 "invalid_parameter": "since \"soon\" is no time: expected one such as 2026-01-05T09:00:00Z, with + written as %2B"
    400 "unknown_parameter": "\"what\" is no parameter here; valid: state, job, since, limit, after"
    404 "webhook_not_found": "there is no webhook books; there is crm"
    400 "malformed_id": "webhook \"Not one\" is not valid: expected 1 to 64 lower-case letters, digits and hyphens"
    404 "delivery_not_found": "there is no delivery \"msg_7\""
    "#);
}

#[tokio::test]
async fn messages_are_replayed_one_by_one_and_many_at_once() {
    let receiver = Receiver::start().await;
    let mut scene = Scene::new([curious("crm", &receiver)]).await;
    let job = scene.filed(1).await;
    assert_eq!(scene.told(&receiver).await.len(), 3);
    let ids = ids(&scene).await;
    let path = format!("/api/webhooks/crm/deliveries/{}/replay", ids[2]);
    assert_eq!(scene.post(&path, JSON, "").await.status, 202);
    let told = scene.told(&receiver).await;
    assert_eq!((told.len(), told[0].id()), (1, ids[2].as_str()));
    let many = async |body: serde_json::Value| {
        let path = "/api/webhooks/crm/replay";
        scene.post(path, JSON, body.to_string()).await
    };
    let answer = many(json!({ "job": job })).await;
    assert_eq!(
        (answer.status, answer.json()),
        (202, json!({"replayed": 3, "next": null}))
    );
    let answer = many(json!({ "since": "2026-01-02T00:00:00Z" })).await;
    assert_eq!(answer.json(), json!({"replayed": 3, "next": null}));
    let mut wrong = String::new();
    for body in [
        json!({}),
        json!({"job": job, "since": "2026-01-02T00:00:00Z"}),
        json!({"since": "yesterday"}),
        json!({"job": "01KE6P2R00000000000000000A"}),
    ] {
        wrong += &many(body).await.brief();
    }
    let path = "/api/webhooks/crm/deliveries/msg_7/replay";
    wrong += &scene.post(path, JSON, "").await.brief();
    insta::assert_snapshot!(wrong, @r#"
    400 "malformed_body": "say which: \"since\" with a moment such as \"2026-01-05T09:00:00Z\", or \"job\" with a job's id"
    400 "malformed_body": "say which: \"since\" with a moment such as \"2026-01-05T09:00:00Z\", or \"job\" with a job's id"
    400 "malformed_body": "the body: failed to parse four digit integer as year: invalid digit, expected 0-9 but got y at line 1 column 20"
    404 "job_not_found": "there is no job 01KE6P2R00000000000000000A"
    404 "delivery_not_found": "there is no delivery \"msg_7\""
    "#);
    assert_eq!(scene.told(&receiver).await.len(), 3);
    // What was refused is not in the audit.
    let replay = r#"Person { name: "server" }: replay_webhook crm"#;
    assert_eq!(acts(&scene).await, [replay; 3]);
}

#[tokio::test]
async fn a_test_tells_what_became_of_it_and_is_not_tried_again() {
    let receiver = Receiver::start().await;
    let mut scene = Scene::new([webhook("crm", &receiver)]).await;
    let test = async || scene.post("/api/webhooks/crm/test", JSON, "").await.json();
    let answer = test().await;
    assert_eq!(
        (&answer["delivered"], &answer["try"]["status"]),
        (&json!(true), &json!(204))
    );
    receiver.will([Manner::Answer(404, "")]);
    let answer = test().await;
    assert_eq!(answer["delivered"], json!(false));
    assert_eq!(answer["try"]["error"], "it answered 404 Not Found");
    let came = receiver.take();
    assert_eq!(came[0].kind(), "webhook.test");
    assert_ne!(came[0].id(), came[1].id());
    assert!(scene.told(&receiver).await.is_empty());
}

#[tokio::test]
async fn one_that_is_off_is_switched_on_by_an_admin() {
    let receiver = Receiver::start().await;
    let mut off = webhook("off", &receiver);
    off.enabled = false;
    let mut scene = Scene::new([webhook("crm", &receiver), off]).await;
    scene.filed(1).await;
    receiver.will([Manner::Answer(410, "")]);
    scene.round().await;
    let state = async || scene.get("/api/webhooks").await.json()["webhooks"][0]["state"].clone();
    assert_eq!(state().await, "off");
    let on = scene
        .post("/api/webhooks/crm/enable", JSON, r#"{"skipMissed": true}"#)
        .await;
    assert_eq!((on.status, &on.json()["pending"]), (200, &json!(1)));
    assert_ne!(state().await, "off");
    let refused = scene.post("/api/webhooks/off/enable", JSON, "").await;
    let enable = r#"Person { name: "server" }: enable_webhook crm"#;
    assert_eq!(acts(&scene).await, [enable]);
    insta::assert_snapshot!(refused.brief(), @r#"409 "webhook_disabled": "webhook off is not enabled in the configuration: take enabled = false out of its block""#);
}
