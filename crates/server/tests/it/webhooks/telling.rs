//! What is told, how it is signed, and what is never part of it.

use formhand_domain::Clock as _;
use formhand_domain::{
    Failure, FailureCode, FieldMismatch, FlowName, JobEvent, PortalName, QuestionId, Writer,
};
use formhand_store::{Question, QuestionKind, Store as _};
use jiff::SignedDuration;

use super::{
    receiver::{Message, Receiver},
    scene::{NEW_SECRET, SECRET, Scene, curious, key, kinds, webhook},
};
use crate::api::without_ids;

fn shown(message: &Message) -> String {
    without_ids(&serde_json::to_string_pretty(&message.json()).unwrap())
}

#[tokio::test]
async fn a_filed_job_is_told_once_with_its_receipt_and_without_its_record() {
    let receiver = Receiver::start().await;
    let mut scene = Scene::new([webhook("crm", &receiver)]).await;
    scene.filed(1).await;
    let told = scene.told(&receiver).await;
    assert_eq!(told.len(), 1);
    insta::assert_snapshot!(shown(&told[0]), @r#"
    {
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
    "#);
    assert_eq!(told[0].path, "/in");
    assert_eq!(told[0].headers["content-type"], "application/json");
    assert!(scene.told(&receiver).await.is_empty());
}

#[tokio::test]
async fn what_is_sent_is_signed_and_what_is_changed_is_not() {
    let receiver = Receiver::start().await;
    let mut scene = Scene::new([webhook("crm", &receiver)]).await;
    scene.filed(1).await;
    let message = scene.told(&receiver).await.remove(0);
    assert!(message.is_signed_with(SECRET));
    assert!(!message.is_signed_with(NEW_SECRET));
    let seconds: i64 = message.headers["webhook-timestamp"].parse().unwrap();
    assert_eq!(seconds, scene.clock.now().as_second());
    let mut changed = message.clone();
    changed.body = changed.body.replace("P-1", "P-2");
    assert!(!changed.is_signed_with(SECRET));
    for header in ["webhook-id", "webhook-timestamp"] {
        let mut forged = message.clone();
        forged.headers.insert(header.to_owned(), "1".to_owned());
        assert!(!forged.is_signed_with(SECRET), "{header}");
    }
}

#[tokio::test]
async fn while_a_secret_is_changed_a_receiver_may_know_either() {
    let receiver = Receiver::start().await;
    let mut setup = webhook("crm", &receiver);
    setup.keys.push(key(NEW_SECRET));
    let mut scene = Scene::new([setup]).await;
    scene.filed(1).await;
    let message = scene.told(&receiver).await.remove(0);
    assert!(message.is_signed_with(SECRET) && message.is_signed_with(NEW_SECRET));
}

#[tokio::test]
async fn every_change_of_status_is_told_to_who_asks_for_it_in_its_order() {
    let receiver = Receiver::start().await;
    let mut scene = Scene::new([curious("crm", &receiver)]).await;
    scene.filed(1).await;
    let told = scene.told(&receiver).await;
    assert_eq!(
        kinds(&told),
        ["job.pending", "job.processing", "job.completed"]
    );
    let seqs: Vec<u64> = told
        .iter()
        .map(|one| one.json()["data"]["seq"].as_u64().unwrap())
        .collect();
    assert!(seqs.is_sorted() && seqs[0] > 0, "{seqs:?}");
    let outcomes: Vec<String> = told
        .iter()
        .map(|one| one.json()["data"]["outcome"].to_string())
        .collect();
    assert_eq!(
        outcomes,
        ["\"not_submitted\"", "\"not_submitted\"", "\"submitted\""]
    );
    // The job has its receipt by now, but had none then.
    assert!(told[0].json()["data"]["receipt"].is_null());
}

#[tokio::test]
async fn how_a_job_ends_is_told_by_the_name_of_its_status() {
    let receiver = Receiver::start().await;
    let mut scene = Scene::new([webhook("crm", &receiver)]).await;
    scene.plant("c-1", "T1").await;
    scene.lose_answer().await;
    scene.plant("c-2", "T2").await;
    scene.fail(FailureCode::InvalidRecord).await;
    let wrong = r#"{"captchaId": "c-3", "record": {"name": "Asha"}}"#;
    let refused = scene.post("/api/jobs", "application/json", wrong).await;
    assert_eq!(refused.status, 422);
    let cancelled = scene.plant("c-4", "T4").await;
    let path = format!("/api/jobs/{cancelled}/cancel");
    scene
        .post(&path, "application/json", r#"{"by": "Meera"}"#)
        .await;
    let told = scene.told(&receiver).await;
    let mut kinds = kinds(&told);
    kinds.sort();
    assert_eq!(
        kinds,
        [
            "job.cancelled",
            "job.failed_login_form",
            "job.failed_validation",
            "job.needs_review"
        ]
    );
    let unknown = told
        .iter()
        .find(|one| one.kind() == "job.needs_review")
        .unwrap();
    insta::assert_snapshot!(shown(unknown), @r#"
    {
      "type": "job.needs_review",
      "timestamp": "2026-01-02T03:04:05Z",
      "data": {
        "jobId": "[job 1]",
        "captchaId": "c-1",
        "portal": "garden",
        "account": "main",
        "flow": "plant",
        "status": "needs_review",
        "from": "processing",
        "stage": "submitting",
        "outcome": "unknown",
        "receipt": null,
        "failure": {
          "code": "outcome_unknown",
          "message": "the form may have been filed, and its answer was not seen (network: the connection was cut)",
          "retryable": false,
          "who_acts": "operator"
        },
        "retryAt": null,
        "attempt": 1,
        "seq": 6
      }
    }
    "#);
}

#[tokio::test]
async fn a_failure_that_is_tried_again_is_told_as_that_also_when_it_goes_on_already() {
    let receiver = Receiver::start().await;
    let mut scene = Scene::new([curious("crm", &receiver)]).await;
    scene.plant("c-1", "T1").await;
    scene.fail(FailureCode::Network).await;
    let told = scene.told(&receiver).await;
    assert_eq!(
        kinds(&told),
        ["job.pending", "job.processing", "job.retry_scheduled"]
    );
    let data = &told[2].json()["data"];
    assert_eq!(data["status"], "failed_login_form");
    assert!(
        data["retryAt"].is_string() && data["failure"]["retryable"] == true,
        "{data}"
    );
    // What nobody has looked at for a while is told as it was.
    scene.wait(SignedDuration::from_hours(1));
    scene.fail(FailureCode::Network).await;
    scene.wait(SignedDuration::from_hours(1));
    scene.file("P-1").await;
    let told = scene.told(&receiver).await;
    assert_eq!(
        kinds(&told),
        [
            "job.processing",
            "job.retry_scheduled",
            "job.processing",
            "job.completed"
        ]
    );
}

#[tokio::test]
async fn a_webhook_is_told_only_of_its_portals_and_flows() {
    let receiver = Receiver::start().await;
    let portal = |name: &str| [PortalName::new(name).unwrap()].into();
    let flow = |name: &str| [FlowName::new(name).unwrap()].into();
    let mut all =
        ["ours", "others", "our-flow", "other-flow", "off"].map(|name| webhook(name, &receiver));
    all[0].portals = portal("garden");
    all[1].portals = portal("elsewhere");
    all[2].flows = flow("plant");
    all[3].flows = flow("water");
    all[4].enabled = false;
    let mut scene = Scene::new(all).await;
    scene.filed(1).await;
    scene.round().await;
    for (name, count) in [
        ("ours", 1),
        ("others", 0),
        ("our-flow", 1),
        ("other-flow", 0),
        ("off", 0),
    ] {
        assert_eq!(scene.deliveries(name).await.len(), count, "{name}");
    }
    assert_eq!(receiver.take().len(), 2);
}

#[tokio::test]
async fn no_value_of_a_record_and_no_label_is_ever_part_of_a_message() {
    let receiver = Receiver::start().await;
    let mut scene = Scene::new([curious("crm", &receiver)]).await;
    let body = r#"{"captchaId": "c-1", "record": {"name": "Asha Planted", "tree": "T777777"}}"#;
    let made = scene.post("/api/jobs", "application/json", body).await;
    assert_eq!(made.status, 201);
    let mut failure = Failure::new(
        FailureCode::ReadbackMismatch,
        "a field is not as in the record",
    );
    failure.fields = vec![FieldMismatch {
        field: "#name".to_owned(),
        expected: "Asha Planted".to_owned(),
        found: Some("Asha Plante".to_owned()),
    }];
    scene.fail_with(failure).await;
    let told = scene.told(&receiver).await;
    assert_eq!(told.len(), 3);
    for message in told {
        assert!(!message.body.contains("Plante"), "{}", message.body);
        assert!(!message.body.contains("T777777"), "{}", message.body);
        assert!(!message.body.contains("Asha"), "{}", message.body);
    }
}

#[tokio::test]
async fn a_question_is_told_once_while_somebody_can_answer_it() {
    let receiver = Receiver::start().await;
    let quiet = Receiver::start().await;
    let mut scene = Scene::new([curious("crm", &receiver), webhook("books", &quiet)]).await;
    let now = scene.clock.now();
    let question = Question {
        id: QuestionId::new("q-1").unwrap(),
        kind: QuestionKind::Captcha,
        account: formhand_domain::AccountKey {
            portal: PortalName::new("garden").unwrap(),
            account: formhand_domain::AccountName::new("main").unwrap(),
        },
        picture: vec![1, 2, 3],
        asked_at: now,
        expires_at: now + SignedDuration::from_mins(3),
        answer: None,
    };
    scene.store.ask(question).await.unwrap();
    let told = scene.told(&receiver).await;
    assert_eq!(told.len(), 1);
    insta::assert_snapshot!(shown(&told[0]), @r#"
    {
      "type": "question.asked",
      "timestamp": "2026-01-02T03:04:05Z",
      "data": {
        "questionId": "q-1",
        "kind": "captcha",
        "portal": "garden",
        "account": "main",
        "expiresAt": "2026-01-02T03:07:05Z"
      }
    }
    "#);
    assert!(scene.told(&receiver).await.is_empty());
    // Also by the next process.
    scene.deliverer = Scene::another(&scene.api, "node-a");
    assert!(scene.told(&receiver).await.is_empty());
    assert!(quiet.take().is_empty());
}

#[tokio::test]
async fn what_changes_no_status_is_told_to_nobody() {
    let receiver = Receiver::start().await;
    let mut scene = Scene::new([curious("crm", &receiver)]).await;
    let id = scene.filed(1).await.parse().unwrap();
    assert_eq!(scene.told(&receiver).await.len(), 3);
    let forget = scene
        .store
        .apply(id, Writer::Queue, JobEvent::Forget, scene.clock.now());
    forget.await.unwrap();
    assert!(scene.told(&receiver).await.is_empty());
}
