//! Values that are planted in records and secrets, and searched for in all that a server says while jobs end well and badly.

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use axum::{Router, body::Body, http::Request};
use formhand_domain::{JobId, NodeId, Status, SystemClock, WebhookName};
use formhand_evidence::Evidence;
use formhand_practice::{Fault, FaultName, Step, User};
use formhand_server::{
    access::{Access, AccessSetup, Role, Token, TokenHash},
    alerts::{AlertDesk, AlertSetup},
    audit::AuditDesk,
    http::{ApiState, ServeLimits, router},
    metrics::{Metrics, Places},
    webhooks::{Deliverer, EventKind, WebhookDesk, WebhookSetup, WebhooksSetup},
};
use formhand_store::DeliveryFilter;
use formhand_testkit::{Customer, World, WorldOptions, chassis};
use futures_util::StreamExt as _;
use jiff::Timestamp;
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;
use tower::ServiceExt as _;

use super::privacy::{watch_for, watched};

const TOKEN: &str = "PLANTED-TOKEN-90127";
const PASSWORD: &str = "PLANTED-PASSWORD-55310";
const USER: &str = "broker";

/// Long enough that only what never comes runs into it.
const PATIENCE: Duration = Duration::from_secs(30);

/// A record whose every field that says who it is holds something to search for.
fn planted(number: u32) -> Value {
    Customer::number(number)
        .with("firstName", "PLANTEDFIRST")
        .with("lastName", "PLANTEDLAST")
        .with("fatherName", "PLANTEDFATHER")
        .with("road", "PLANTEDROAD")
        .with("email", format!("planted.{number}@example.com"))
        .with("mobile", format!("98765{number:05}"))
        .record()
}

/// What must be nowhere.
fn secrets(numbers: &[u32]) -> Vec<String> {
    let mut secrets: Vec<String> = ["PLANTED", "planted.", "Invented Nagar"]
        .map(ToOwned::to_owned)
        .into();
    for number in numbers {
        secrets.push(chassis(*number));
        secrets.push(format!("98765{number:05}"));
        secrets.push(format!("TESTENGINE{number:06}"));
    }
    secrets
}

fn api(world: &World) -> Router {
    let account = world.account(USER);
    let places = Places {
        data: world.folder.path().to_owned(),
        profiles: world.profiles(),
        database: Some(world.folder.path().join("formhand.db")),
        started_at: Timestamp::UNIX_EPOCH,
    };
    router(ApiState {
        metrics: Metrics::new(
            Arc::clone(&world.store),
            std::slice::from_ref(&account),
            places,
        ),
        store: Arc::clone(&world.store),
        intake: world.engine.intake().clone(),
        sources: world.engine.sources().clone(),
        evidence: Evidence::at(world.evidence()),
        clock: Arc::new(SystemClock),
        access: Access::new(AccessSetup {
            tokens: vec![Token {
                name: "planted".to_owned(),
                role: Role::Admin,
                hash: TokenHash::of(TOKEN),
                expires_at: None,
            }],
            ..AccessSetup::default()
        }),
        limits: ServeLimits::default(),
        sight: world.engine.sight().clone(),
        take_overs: world.engine.take_overs().clone(),
        audit: AuditDesk::new(Arc::clone(&world.store), Arc::new(SystemClock)),
        alerts: AlertDesk::new(
            Arc::clone(&world.store),
            Arc::new(SystemClock),
            AlertSetup::default(),
        )
        .unwrap(),
        webhooks: told(world),
        accounts: Arc::new(vec![account]),
        masterless: Arc::default(),
        readiness: Arc::new(|| Box::pin(std::future::ready(None))),
        stop: CancellationToken::new(),
    })
}

/// A webhook that is told everything, and is not there.
fn told(world: &World) -> WebhookDesk {
    let webhook = WebhookSetup {
        name: WebhookName::new("crm").unwrap(),
        url: "http://127.0.0.1:9/".parse().unwrap(),
        keys: Vec::new(),
        events: EventKind::all().collect(),
        portals: BTreeSet::new(),
        flows: BTreeSet::new(),
        enabled: true,
    };
    let setup = WebhooksSetup {
        webhooks: vec![webhook],
        ..WebhooksSetup::default()
    };
    let store = Arc::clone(&world.store);
    WebhookDesk::new(store, Arc::new(SystemClock), || 0.0, setup).unwrap()
}

/// All that it was told, or would have been. The caller's own ids are part of it.
async fn messages(world: &World) -> Vec<String> {
    let name = WebhookName::new("crm").unwrap();
    let all = DeliveryFilter::default();
    let page = world.store.deliveries(&name, all, None, 500).await.unwrap();
    let bodies = page.deliveries.into_iter().map(|one| one.message.body);
    bodies
        .map(|body| body.replace("PLANTED-CALLER-", ""))
        .collect()
}

fn request(method: &str, path: &str, body: String) -> Request<Body> {
    Request::builder()
        .method(method)
        .uri(path)
        .header("host", "localhost")
        .header("authorization", format!("Bearer {TOKEN}"))
        .header("content-type", "application/json")
        .body(Body::from(body))
        .unwrap()
}

async fn ask(api: &Router, method: &str, path: &str, body: String) -> String {
    let answer = api
        .clone()
        .oneshot(request(method, path, body))
        .await
        .unwrap();
    let body = axum::body::to_bytes(answer.into_body(), usize::MAX)
        .await
        .unwrap();
    String::from_utf8(body.to_vec()).unwrap()
}

async fn hand_in(api: &Router, number: u32) -> JobId {
    let body = json!({"captchaId": format!("PLANTED-CALLER-{number}"), "record": planted(number)});
    let answer = ask(api, "POST", "/api/jobs", body.to_string()).await;
    let answer: Value = serde_json::from_str(&answer).unwrap();
    answer["id"].as_str().unwrap().parse().unwrap()
}

/// All events of jobs so far.
async fn events(world: &World, api: &Router) -> String {
    let entries = world.store.audit_after(0, 500).await.unwrap();
    let last = format!("\nid: {}\n", entries.last().unwrap().seq);
    let events = request("GET", "/api/events?after=0", String::new());
    let answer = api.clone().oneshot(events).await.unwrap();
    let mut stream = answer.into_body().into_data_stream();
    let mut text = String::new();
    while !text.contains(&last) {
        let chunk = tokio::time::timeout(PATIENCE, stream.next()).await;
        text.push_str(std::str::from_utf8(&chunk.unwrap().unwrap().unwrap()).unwrap());
    }
    text
}

#[tokio::test(flavor = "multi_thread")]
async fn kf43_nothing_of_a_record_and_no_secret_is_in_the_log_the_metrics_or_the_events() {
    // One is filed, one is tried again, one is refused, and one ends unknown.
    let numbers = [71, 72, 73, 74];
    let heard = "formhand_engine::queue::attempt".to_owned();
    watch_for(secrets(&numbers).into_iter().chain([heard.clone()]));
    let options = WorldOptions::default()
        .users([User::new(USER, PASSWORD)])
        .faults([
            Fault::new(FaultName::ServerError)
                .step(Step::Coverage)
                .chassis(chassis(72))
                .once(),
            Fault::new(FaultName::SaveRefused)
                .chassis(chassis(73))
                .text("Vehicle is under referral"),
            Fault::new(FaultName::CutAfter).chassis(chassis(74)),
        ]);
    let world = World::with(options).await;
    let api = api(&world);
    let desk = told(&world);
    desk.begin().await.unwrap();
    ask(&api, "GET", "/metrics", String::new()).await;
    let mut ends = Vec::new();
    for number in numbers {
        let id = hand_in(&api, number).await;
        ends.push(world.end_of(id).await.status());
    }
    let expected = [
        Status::Completed,
        Status::Completed,
        Status::FailedPostSubmission,
        Status::NeedsReview,
    ];
    assert_eq!(ends, expected);
    let mut shown = vec![
        ask(&api, "GET", "/metrics", String::new()).await,
        events(&world, &api).await,
    ];
    let mut deliverer = Deliverer::new(desk, NodeId::new("node-told").unwrap());
    deliverer.round().await.unwrap();
    let messages = messages(&world).await;
    for kind in [
        "job.needs_review",
        "job.failed_post_submission",
        "job.retry_scheduled",
    ] {
        let of_kind = messages.iter().filter(|message| message.contains(kind));
        assert_eq!(of_kind.count(), 1, "{kind} in {messages:#?}");
    }
    shown.extend(messages);
    for text in &shown {
        for secret in secrets(&numbers) {
            assert!(!text.contains(&secret), "{secret} is in:\n{text}");
        }
    }
    let ended = r#"formhand_jobs_ended_total{portal="practice""#;
    assert!(shown[0].contains(ended), "{}", shown[0]);
    let lines = watched();
    assert!(
        lines.iter().any(|line| line.contains(&heard)),
        "nothing was heard"
    );
    let secrets = secrets(&numbers);
    let told: Vec<&String> = lines
        .iter()
        .filter(|line| secrets.iter().any(|secret| line.contains(secret)))
        .collect();
    assert!(told.is_empty(), "{told:#?}");
    world.end().await;
}
