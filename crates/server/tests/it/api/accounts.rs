//! Accounts, and questions for a person.

use std::fmt::Write as _;

use formhand_domain::{
    AccountKey, AccountName, Clock as _, PortalName, QuestionId,
    account::{NeedsHuman, SessionState},
};
use formhand_store::{Question, QuestionKind, Store as _};
use jiff::SignedDuration;

use super::support::Api;

const JSON: &str = "application/json";

fn key() -> AccountKey {
    AccountKey {
        portal: PortalName::new("garden").unwrap(),
        account: AccountName::new("main").unwrap(),
    }
}

#[tokio::test]
async fn kf43_an_account_shows_its_session_and_no_credentials() {
    let api = Api::new();
    insta::assert_snapshot!(api.get("/api/accounts").await.shown(), @r#"
    200 {
      "accounts": [
        {
          "portal": "garden",
          "name": "main",
          "state": "cold",
          "generation": 0,
          "since": null,
          "until": null,
          "reason": null
        }
      ]
    }
    "#);
    let state = SessionState::NeedsHuman {
        reason: NeedsHuman::BadCredentials,
        message: "Invalid user name or password".to_owned(),
        credentials: "0123456789abcdef".to_owned(),
    };
    api.store
        .save_session(&key(), None, state, api.clock.now())
        .await
        .unwrap();
    let answer = api.get("/api/accounts").await;
    assert!(!answer.body.contains("gardener") && !answer.body.contains("0123456789abcdef"));
    insta::assert_snapshot!(answer.shown(), @r#"
    200 {
      "accounts": [
        {
          "portal": "garden",
          "name": "main",
          "state": "needs_human",
          "generation": 0,
          "since": null,
          "until": null,
          "reason": "Invalid user name or password"
        }
      ]
    }
    "#);
}

#[tokio::test]
async fn an_account_is_forgiven_by_name() {
    let api = Api::new();
    assert_eq!(
        api.post("/api/accounts/garden/main/forgive", JSON, "")
            .await
            .status,
        200
    );
    let answer = api
        .post("/api/accounts/garden/other/forgive", JSON, "")
        .await;
    insta::assert_snapshot!(answer.shown(), @r#"
    404 {
      "type": "urn:formhand:problem:account_not_found",
      "title": "Not Found",
      "status": 404,
      "code": "account_not_found",
      "detail": "there is no account \"garden/other\"; there is garden/main"
    }
    "#);
}

#[tokio::test]
async fn a_question_for_a_one_time_code_has_no_picture() {
    let api = Api::new();
    let now = api.clock.now();
    let question = Question {
        id: QuestionId::new("q-1").unwrap(),
        kind: QuestionKind::OneTimeCode,
        account: key(),
        picture: Vec::new(),
        asked_at: now,
        expires_at: now + SignedDuration::from_mins(3),
        answer: None,
    };
    api.store.ask(question).await.unwrap();
    insta::assert_snapshot!(api.get("/api/questions").await.shown(), @r#"
    200 {
      "questions": [
        {
          "id": "q-1",
          "kind": "one_time_code",
          "account": {
            "portal": "garden",
            "account": "main"
          },
          "askedAt": "2026-01-02T03:04:05Z",
          "expiresAt": "2026-01-02T03:07:05Z"
        }
      ]
    }
    "#);
    insta::assert_snapshot!(api.get("/api/questions/q-1/picture").await.shown(), @r#"
    404 {
      "type": "urn:formhand:problem:picture_not_found",
      "title": "Not Found",
      "status": 404,
      "code": "picture_not_found",
      "detail": "question q-1 has no picture"
    }
    "#);
    let answered = api
        .post("/api/questions/q-1/answer", JSON, r#"{"answer":"246810"}"#)
        .await;
    assert_eq!(answered.status, 204);
}

#[tokio::test]
async fn a_question_is_seen_and_answered_once() {
    let api = Api::new();
    let now = api.clock.now();
    let question = Question {
        id: QuestionId::new("q-1").unwrap(),
        kind: QuestionKind::Captcha,
        account: key(),
        picture: b"not really a png".to_vec(),
        asked_at: now,
        expires_at: now + SignedDuration::from_mins(2),
        answer: None,
    };
    api.store.ask(question).await.unwrap();
    insta::assert_snapshot!(api.get("/api/questions").await.shown(), @r#"
    200 {
      "questions": [
        {
          "id": "q-1",
          "kind": "captcha",
          "account": {
            "portal": "garden",
            "account": "main"
          },
          "askedAt": "2026-01-02T03:04:05Z",
          "expiresAt": "2026-01-02T03:06:05Z",
          "picture": "/api/questions/q-1/picture"
        }
      ]
    }
    "#);
    let picture = api.get("/api/questions/q-1/picture").await;
    assert_eq!(picture.headers["content-type"], "image/png");
    assert_eq!(picture.headers["cache-control"], "no-store");
    let mut shown = String::new();
    for (path, body) in [
        ("/api/questions/q-1/answer", r#"{"answer":" "}"#),
        ("/api/questions/q-1/answer", r#"{"letters":"ABCD"}"#),
        ("/api/questions/q-1/answer", r#"{"answer":"ABCD"}"#),
        ("/api/questions/q-1/answer", r#"{"answer":"WXYZ"}"#),
        ("/api/questions/q-2/answer", r#"{"answer":"ABCD"}"#),
    ] {
        let answer = api.post(path, JSON, body).await;
        let detail = if answer.body.is_empty() {
            "answered".into()
        } else {
            answer.json()["detail"].clone()
        };
        writeln!(shown, "{} {detail}", answer.status).unwrap();
    }
    insta::assert_snapshot!(shown, @r#"
    400 "an answer has 1 to 100 characters"
    400 "the body: unknown field `letters`, expected `answer` at line 1 column 10"
    204 "answered"
    409 "the question was answered already or is too old"
    404 "there is no question q-2"
    "#);
}
