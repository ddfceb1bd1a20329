//! What happens, as it happens.

use std::time::Duration;

use axum::body::Body;
use formhand_domain::{
    AccountKey, AccountName, Clock as _, Failure, FailureCode, FieldMismatch, Generation,
    PortalName, RecoveryId,
    account::{RecoveryCause, RecoveryEnd, SessionEvent, SessionHappening},
};
use formhand_store::Store as _;
use futures_util::StreamExt as _;
use tower::ServiceExt as _;

use super::support::{Api, bearer, without_ids};

/// Long enough that only a lost event runs into it.
const PATIENCE: Duration = Duration::from_secs(10);

struct Events(
    std::pin::Pin<
        Box<dyn futures_util::Stream<Item = Result<axum::body::Bytes, axum::Error>> + Send>,
    >,
);

impl Events {
    async fn open(api: &Api, path: &str, last: Option<&str>) -> Self {
        let mut request = axum::http::Request::builder()
            .uri(path)
            .header("host", "localhost")
            .header("authorization", bearer());
        if let Some(last) = last {
            request = request.header("last-event-id", last);
        }
        let response = api
            .router()
            .oneshot(request.body(Body::empty()).unwrap())
            .await
            .unwrap();
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Self(Box::pin(response.into_body().into_data_stream()))
    }

    async fn next(&mut self) -> Option<String> {
        let chunk = tokio::time::timeout(PATIENCE, self.0.next())
            .await
            .unwrap()?;
        Some(String::from_utf8(chunk.unwrap().to_vec()).unwrap())
    }
}

#[tokio::test]
async fn a_reader_gets_what_it_missed_and_then_what_happens() {
    let api = Api::new();
    api.plant("A-1", "T1").await;
    let mut events = Events::open(&api, "/api/events?after=0", None).await;
    insta::assert_snapshot!(without_ids(&events.next().await.unwrap()), @r#"
    event: job
    id: 1
    data: {"seq":1,"at":"2026-01-02T03:04:05Z","job":"[job 1]","event":"submit","by":"queue","from":null,"to":"pending","stage":null,"attempt":0,"failure":null}
    "#);
    api.file("P-1").await;
    let mut seen = String::new();
    while !seen.contains("\"event\":\"complete\"") {
        seen.push_str(&events.next().await.unwrap());
    }
    let names: Vec<&str> = seen
        .lines()
        .filter_map(|line| line.split("\"event\":\"").nth(1)?.split('"').next())
        .collect();
    assert_eq!(
        names,
        ["claim", "enter_form", "arm", "cross", "receive", "complete"]
    );
}

#[tokio::test]
async fn kf43_an_event_holds_no_value_of_a_field() {
    let api = Api::new();
    let job = api.plant("A-1", "T1").await;
    let mismatch = FieldMismatch {
        field: "tree".to_owned(),
        expected: "PLANTED-OAK".to_owned(),
        found: Some("PLANTED-ELM".to_owned()),
    };
    api.fail_with(Failure {
        fields: vec![mismatch],
        ..Failure::new(FailureCode::ReadbackMismatch, "the page holds another tree")
    })
    .await;
    let mut events = Events::open(&api, "/api/events?after=0", None).await;
    let mut seen = String::new();
    while !seen.contains("readback_mismatch") {
        seen.push_str(&events.next().await.unwrap());
    }
    assert!(!seen.contains("PLANTED"), "{seen}");
    // The control: the job's own view says them.
    let view = api.get(&format!("/api/jobs/{job}")).await;
    assert!(view.body.contains("PLANTED-OAK"), "{}", view.body);
}

#[tokio::test]
async fn a_reader_that_comes_back_goes_on_where_it_was() {
    let api = Api::new();
    api.plant("A-1", "T1").await;
    api.plant("A-2", "T2").await;
    let mut events = Events::open(&api, "/api/events?after=0", Some("1")).await;
    assert!(events.next().await.unwrap().contains("id: 2"));
}

#[tokio::test]
async fn a_reader_that_asks_for_nothing_old_gets_only_what_is_new() {
    let api = Api::new();
    api.plant("A-1", "T1").await;
    let mut events = Events::open(&api, "/api/events", None).await;
    let new = api.plant("A-2", "T2").await;
    assert!(events.next().await.unwrap().contains(&new.to_string()));
}

#[tokio::test]
async fn the_stream_ends_when_the_server_stops() {
    let api = Api::new();
    let mut events = Events::open(&api, "/api/events", None).await;
    api.stop.cancel();
    assert_eq!(events.next().await, None);
}

#[tokio::test]
async fn a_place_that_is_no_number_is_refused() {
    let api = Api::new();
    insta::assert_snapshot!(api.get("/api/events?after=now").await.shown(), @r#"
    400 {
      "type": "urn:formhand:problem:invalid_parameter",
      "title": "Bad Request",
      "status": 400,
      "code": "invalid_parameter",
      "detail": "after \"now\" is no whole number in range"
    }
    "#);
}

#[tokio::test]
async fn what_happens_to_a_session_is_told_and_a_critical_one_is_an_alert() {
    let api = Api::new();
    let mut events = Events::open(&api, "/api/events", None).await;
    let account = AccountKey {
        portal: PortalName::new("garden").unwrap(),
        account: AccountName::new("main").unwrap(),
    };
    for verdict in [RecoveryEnd::Recovered, RecoveryEnd::Exhausted] {
        let event = SessionEvent {
            at: api.clock.now(),
            generation: Generation::default(),
            what: SessionHappening::RecoveryEnded {
                recovery: RecoveryId::new(api.clock.now(), 7),
                cause: RecoveryCause::Expired,
                verdict,
                duration_ms: 900,
            },
        };
        api.store.record_session(&account, event).await.unwrap();
    }
    let mut seen = String::new();
    while !seen.contains("event: alert") {
        seen.push_str(&events.next().await.unwrap());
    }
    insta::assert_snapshot!(without_ids(&seen), @r#"
    event: session
    data: {"seq":1,"at":"2026-01-02T03:04:05Z","portal":"garden","name":"main","generation":0,"event":"recovery_ended","severity":"info","detail":{"recovery":"[job 1]","cause":"expired","verdict":"recovered","durationMs":900}}

    event: session
    data: {"seq":2,"at":"2026-01-02T03:04:05Z","portal":"garden","name":"main","generation":0,"event":"recovery_ended","severity":"critical","detail":{"recovery":"[job 1]","cause":"expired","verdict":"exhausted","durationMs":900}}

    event: alert
    data: {"seq":2,"at":"2026-01-02T03:04:05Z","portal":"garden","name":"main","generation":0,"event":"recovery_ended","severity":"critical","detail":{"recovery":"[job 1]","cause":"expired","verdict":"exhausted","durationMs":900}}
    "#);
}

#[tokio::test]
async fn a_session_that_changes_is_worth_a_look() {
    let api = Api::new();
    let mut events = Events::open(&api, "/api/events", None).await;
    api.post("/api/sessions/garden/main/recover", "application/json", "")
        .await;
    assert_eq!(
        events.next().await.unwrap(),
        "event: sessions\ndata: {}\n\n"
    );
}
