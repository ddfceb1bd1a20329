//! What a person sees of alerts, and what he can do.

use formhand_domain::Clock as _;
use formhand_server::alerts::AlertSetup;
use formhand_store::Slates as _;
use jiff::SignedDuration;
use serde_json::json;

use super::{
    hooks::Hooks,
    scene::{mail, plain, slack},
    smtpd::Smtpd,
};
use crate::api::Api;

const JSON: &str = "application/json";

fn alerting(channels: Vec<formhand_server::alerts::ChannelSetup>) -> Api {
    Api::alerting(AlertSetup {
        channels,
        ..AlertSetup::default()
    })
}

/// What a server has written down: one alert fires, one is pending, one channel fails.
async fn write(api: &Api) {
    let now = api.clock.now();
    let until = now + SignedDuration::from_secs(60);
    let book = json!({
        "watch": {"node": "node-a", "until": until},
        "alerts": [
            {"rule": "disk_full", "subject": {"server": "node-a"}, "text": "node-a: less than 2048 MiB are free.",
             "since": now, "standing": "firing"},
            {"rule": "account_down", "subject": {"account": {"portal": "garden", "account": "main"}},
             "text": "garden/main has no session.", "since": now, "standing": "pending"},
        ],
        "channels": {"pager": {"told": [], "failing": {"since": now, "said": "it answered 503", "given_up": 0}}},
    });
    let written = api.store.write_slate("alerts", 0, &book.to_string()).await;
    assert!(written.unwrap());
}

#[tokio::test]
async fn alerts_are_listed_with_what_is_silenced_and_how_the_channels_are() {
    let hooks = Hooks::start().await;
    let api = alerting(vec![plain(&hooks), slack(&hooks)]);
    assert_eq!(
        api.get("/api/alerts").await.json()["watchedBy"],
        json!(null)
    );
    write(&api).await;
    insta::assert_snapshot!(api.get("/api/alerts").await.shown(), @r#"
    200 {
      "alerts": [
        {
          "rule": "disk_full",
          "severity": "critical",
          "state": "firing",
          "about": {
            "server": "node-a"
          },
          "since": "2026-01-02T03:04:05Z",
          "text": "node-a: less than 2048 MiB are free."
        },
        {
          "rule": "account_down",
          "severity": "warning",
          "state": "pending",
          "about": {
            "portal": "garden",
            "account": "main"
          },
          "since": "2026-01-02T03:04:05Z",
          "text": "garden/main has no session."
        }
      ],
      "silences": [],
      "channels": [
        {
          "name": "pager",
          "kind": "webhook",
          "state": "failing",
          "deliveredAt": null,
          "failingSince": "2026-01-02T03:04:05Z",
          "said": "it answered 503",
          "nextTryAt": null,
          "givenUp": 0
        },
        {
          "name": "team",
          "kind": "slack",
          "state": "unused",
          "deliveredAt": null,
          "failingSince": null,
          "said": null,
          "nextTryAt": null,
          "givenUp": 0
        }
      ],
      "watchedBy": "node-a"
    }
    "#);
}

#[tokio::test]
async fn what_is_silenced_is_listed_so_until_the_silence_is_ended_or_over() {
    let api = alerting(Vec::new());
    write(&api).await;
    let body = json!({"rule": "disk_full", "server": "node-a", "for": "2h", "reason": "it is known", "by": "Meera"});
    let made = api
        .post("/api/alerts/silences", JSON, body.to_string())
        .await;
    assert_eq!(made.status, 201);
    let id = made.json()["id"].as_str().unwrap().to_owned();
    insta::assert_snapshot!(made.shown().replace(&id, "[silence]"), @r#"
    201 {
      "id": "[silence]",
      "rule": "disk_full",
      "about": {
        "server": "node-a"
      },
      "until": "2026-01-02T05:04:05Z",
      "reason": "it is known",
      "by": "Meera",
      "madeAt": "2026-01-02T03:04:05Z"
    }
    "#);
    let state = async || {
        let list = api.get("/api/alerts").await.json();
        list["alerts"][0]["state"].as_str().unwrap().to_owned()
    };
    assert_eq!(state().await, "silenced");
    let silences = api.get("/api/alerts/silences").await.json();
    assert_eq!(silences["silences"][0]["id"], json!(id));
    let path = format!("/api/alerts/silences/{id}");
    let authorization = crate::api::bearer();
    let headers = [
        ("host", "localhost"),
        ("authorization", authorization.as_str()),
    ];
    let ended = api.raw("DELETE", &path, &headers, "").await;
    assert_eq!(ended.status, 204);
    assert_eq!(state().await, "firing");
    let again = api.raw("DELETE", &path, &headers, "").await;
    assert_eq!(
        (again.status, &again.json()["code"]),
        (404, &json!("silence_not_found"))
    );
    api.post("/api/alerts/silences", JSON, body.to_string())
        .await;
    let of_webhook = json!({"webhook": "crm", "for": "1h", "reason": "it is moved"});
    let made = api.post("/api/alerts/silences", JSON, of_webhook.to_string());
    assert_eq!(made.await.json()["about"], json!({"webhook": "crm"}));
    api.clock.advance(SignedDuration::from_hours(2));
    assert_eq!(state().await, "firing");
    assert_eq!(
        api.get("/api/alerts/silences").await.json(),
        json!({"silences": []})
    );
}

#[tokio::test]
async fn a_silence_that_says_not_what_or_how_long_or_why_is_refused() {
    let api = alerting(Vec::new());
    let mut shown = String::new();
    for body in [
        json!({"for": "2h", "reason": "r"}),
        json!({"rule": "disk_ful", "for": "2h", "reason": "r"}),
        json!({"rule": "disk_full", "for": "31d", "reason": "r"}),
        json!({"rule": "disk_full", "for": "soon", "reason": "r"}),
        json!({"rule": "disk_full", "for": "2h"}),
        json!({"rule": "disk_full", "for": "2h", "reason": ""}),
        json!({"account": "main", "for": "2h", "reason": "r"}),
        json!({"portal": "garden", "server": "node-a", "for": "2h", "reason": "r"}),
        json!({"webhook": "crm", "server": "node-a", "for": "2h", "reason": "r"}),
    ] {
        let answer = api
            .post("/api/alerts/silences", JSON, body.to_string())
            .await;
        shown += &answer.brief();
    }
    insta::assert_snapshot!(shown, @r#"
    400 "malformed_body": "say what: a rule, a portal, an account, a server or a webhook"
    400 "malformed_body": "\"disk_ful\" is no rule: expected one of recovery_exhausted, recoveries_frequent, job_success, soft_recovery_success, hard_recovery_success, nuclear_recovery_success, account_down, account_needs_person, outcome_unknown, job_waiting, disk_full, question_waiting, unknown_words, server_silent, webhook_failing, audit_broken"
    400 "malformed_body": "\"for\" is not valid: expected a length of time such as \"2h\", at most 30d"
    400 "malformed_body": "\"for\" is not valid: expected a length of time such as \"2h\", at most 30d"
    400 "malformed_body": "the body: missing field `reason` at line 1 column 31"
    400 "malformed_body": "\"reason\" must be one line of 1 to 500 characters"
    400 "malformed_body": "an account needs its portal, and servers and webhooks have none: give a portal, portal and account, a server, or a webhook"
    400 "malformed_body": "an account needs its portal, and servers and webhooks have none: give a portal, portal and account, a server, or a webhook"
    400 "malformed_body": "an account needs its portal, and servers and webhooks have none: give a portal, portal and account, a server, or a webhook"
    "#);
}

#[tokio::test]
async fn a_test_goes_through_each_channel_and_tells_what_became_of_it() {
    let (smtpd, hooks) = tokio::join!(Smtpd::start(), Hooks::start());
    let api = alerting(vec![mail(smtpd.port()), slack(&hooks), plain(&hooks)]);
    let answer = api.post("/api/alerts/test", JSON, "").await;
    insta::assert_snapshot!(answer.shown(), @r#"
    200 {
      "channels": [
        {
          "name": "night",
          "kind": "mail",
          "delivered": true
        },
        {
          "name": "team",
          "kind": "slack",
          "delivered": true
        },
        {
          "name": "pager",
          "kind": "webhook",
          "delivered": true
        }
      ]
    }
    "#);
    let mail = smtpd.next().await;
    assert_eq!(mail.subject, "[Formhand] a test, nothing is the matter");
    assert_eq!(
        hooks.take_plain()[0].json()["type"],
        json!("formhand.alert.test")
    );
    assert!(hooks.take_slack()[0].contains("Nothing is the matter."));
    hooks.set_down(true);
    let answer = api
        .post("/api/alerts/test", JSON, r#"{"channel": "pager"}"#)
        .await;
    insta::assert_snapshot!(answer.shown(), @r#"
    200 {
      "channels": [
        {
          "name": "pager",
          "kind": "webhook",
          "delivered": false,
          "said": "it answered 503 Service Unavailable"
        }
      ]
    }
    "#);
    let unknown = api
        .post("/api/alerts/test", JSON, r#"{"channel": "nobody"}"#)
        .await;
    let nobody = alerting(Vec::new())
        .post("/api/alerts/test", JSON, "")
        .await;
    insta::assert_snapshot!(unknown.brief() + &nobody.brief(), @r#"
    404 "channel_not_found": "there is no channel \"nobody\"; there is night, team, pager"
    409 "no_channel": "no channel is configured: add an [[alerts.mail]], [[alerts.slack]] or [[alerts.webhook]] block"
    "#);
}
