//! What Prometheus reads: right whatever becomes of signals, servers and the store.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::{Duration, Instant},
};

use axum::{body::Body, http::Request};
use formhand_domain::{
    AccountKey, AccountName, Clock as _, FailureCode, Generation, JobEvent, ManualClock,
    PortalName, RecoveryId,
    account::{
        AttemptResult, RecoveryCause, RecoveryEnd, RecoveryLevel, SessionEvent, SessionHappening,
        Validation,
    },
};
use formhand_mongod::ReplicaSet;
use formhand_server::http::router;
use formhand_store::{Change, MongoStore, Store as _};
use jiff::SignedDuration;
use serde_json::json;
use tokio::sync::broadcast;
use tower::ServiceExt as _;

use super::support::{Api, bearer, state_over};

const OPENMETRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// All that is shown, in OpenMetrics.
async fn scrape(api: &Api) -> String {
    let token = bearer();
    let headers = [
        ("host", "localhost"),
        ("authorization", token.as_str()),
        ("accept", OPENMETRICS),
    ];
    let answer = api.raw("GET", "/metrics", &headers, "").await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(answer.headers["content-type"], OPENMETRICS);
    answer.body
}

/// The figures of a text whose names begin like this, those that are zero left out.
fn figures(text: &str, names: &[&str]) -> String {
    let is_wanted = |line: &&str| {
        let is_zero = line.ends_with(" 0") || line.ends_with(" 0.0");
        names.iter().any(|name| line.starts_with(name)) && !is_zero
    };
    let lines: BTreeSet<&str> = text.lines().filter(is_wanted).collect();
    lines.into_iter().collect::<Vec<_>>().join("\n")
}

fn account() -> AccountKey {
    AccountKey {
        portal: PortalName::new("garden").unwrap(),
        account: AccountName::new("main").unwrap(),
    }
}

async fn happen(api: &Api, what: SessionHappening) {
    let event = SessionEvent {
        at: api.clock.now(),
        generation: Generation::default(),
        what,
    };
    api.store.record_session(&account(), event).await.unwrap();
}

fn tried(api: &Api, result: AttemptResult) -> SessionHappening {
    SessionHappening::RecoveryAttempt {
        recovery: RecoveryId::new(api.clock.now(), 7),
        cause: RecoveryCause::Expired,
        level: RecoveryLevel::Soft,
        attempt: 1,
        duration_ms: 700,
        result,
    }
}

#[tokio::test]
async fn the_figures_need_a_token_and_come_in_the_form_that_is_asked_for() {
    let api = Api::new();
    let bare = api
        .raw("GET", "/metrics", &[("host", "localhost")], "")
        .await;
    assert_eq!(bare.status, 401);
    let plain = api.get("/metrics").await;
    assert_eq!(
        plain.headers["content-type"],
        "text/plain; version=0.0.4; charset=utf-8"
    );
    assert!(
        plain.body.contains("# TYPE formhand_jobs gauge\n"),
        "{}",
        plain.body
    );
    assert!(!plain.body.contains("# EOF"), "{}", plain.body);
    assert!(scrape(&api).await.ends_with("# EOF\n"));
    assert_eq!(api.get("/metrics?all").await.status, 400);
}

#[tokio::test]
async fn the_endpoint_shows_nothing_that_is_not_documented() {
    let text = scrape(&Api::new()).await;
    let families = text.lines().filter_map(|line| line.strip_prefix("# TYPE "));
    let shown: BTreeMap<String, &str> = families
        .map(|family| {
            let (name, kind) = family.split_once(' ').unwrap();
            let ending = match kind {
                "counter" => "_total",
                "info" => "_info",
                _ => "",
            };
            (format!("{name}{ending}"), kind)
        })
        .collect();
    let document = include_str!("../../../../../docs/METRICS.md");
    let rows = document.lines().filter_map(|line| line.strip_prefix("| `"));
    let documented: BTreeMap<String, &str> = rows
        .map(|row| {
            let (name, rest) = row.split_once("` | ").unwrap();
            (name.to_owned(), rest.split(' ').next().unwrap())
        })
        .collect();
    for (name, kind) in &shown {
        assert_eq!(documented.get(name), Some(kind), "{name}");
    }
    assert!(shown.len() > 30, "{shown:?}");
}

#[tokio::test]
async fn what_becomes_of_jobs_is_counted_by_portal_flow_account_and_code() {
    let api = Api::new();
    scrape(&api).await;
    api.plant("A-1", "T1").await;
    api.clock.advance(SignedDuration::from_secs(20));
    api.file("P-1").await;
    api.plant("A-2", "T2").await;
    api.fail(FailureCode::Network).await;
    api.plant("A-3", "T3").await;
    api.fail(FailureCode::DataRefused).await;
    let lost = api.plant("A-4", "T4").await;
    api.lose_answer().await;
    let again = json!({"captchaId": "A-5", "record": {"name": "Asha", "tree": "T1"}});
    api.post("/api/jobs", "application/json", again.to_string())
        .await;
    let names = [
        "formhand_jobs",
        "formhand_job_duration_seconds_",
        "formhand_attempt",
        "formhand_retries",
        "formhand_forms",
        "formhand_unknown",
        "formhand_oldest_due",
    ];
    let seen = figures(&scrape(&api).await, &names);
    let seen: Vec<&str> = seen
        .lines()
        .filter(|line| !line.contains("_bucket{"))
        .collect();
    insta::assert_snapshot!(seen.join("\n"), @r#"
    formhand_attempt_duration_seconds_count{portal="garden",flow="plant",result="completed"} 1
    formhand_attempt_duration_seconds_count{portal="garden",flow="plant",result="failed"} 3
    formhand_attempts_total{portal="garden",flow="plant",account="main"} 4
    formhand_forms_sent_total{portal="garden",flow="plant",account="main"} 2
    formhand_job_duration_seconds_count{portal="garden",flow="plant",status="completed"} 1
    formhand_job_duration_seconds_count{portal="garden",flow="plant",status="failed_login_form"} 1
    formhand_job_duration_seconds_sum{portal="garden",flow="plant",status="completed"} 20.0
    formhand_jobs_ended_total{portal="garden",flow="plant",account="main",status="completed",outcome="submitted",code="none"} 1
    formhand_jobs_ended_total{portal="garden",flow="plant",account="main",status="failed_duplicate",outcome="not_submitted",code="duplicate_key"} 1
    formhand_jobs_ended_total{portal="garden",flow="plant",account="main",status="failed_login_form",outcome="not_submitted",code="data_refused"} 1
    formhand_jobs_submitted_total{portal="garden",flow="plant",account="main",status="failed_duplicate"} 1
    formhand_jobs_submitted_total{portal="garden",flow="plant",account="main",status="pending"} 4
    formhand_jobs_waiting_for_retry 1.0
    formhand_jobs{status="completed"} 1.0
    formhand_jobs{status="failed_duplicate"} 1.0
    formhand_jobs{status="failed_login_form"} 2.0
    formhand_jobs{status="needs_review"} 1.0
    formhand_retries_total{portal="garden",flow="plant",account="main",code="network"} 1
    formhand_unknown_outcomes_open 1.0
    formhand_unknown_outcomes_total{portal="garden",flow="plant",account="main",code="outcome_unknown"} 1
    "#);

    let found = json!({"outcome": "submitted", "receipt": {"proposalNumber": "P-4"}});
    let resolve = format!("/api/jobs/{lost}/resolve");
    let answer = api
        .post(&resolve, "application/json", found.to_string())
        .await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let seen = scrape(&api).await;
    insta::assert_snapshot!(figures(&seen, &["formhand_unknown"]), @r#"
    formhand_unknown_outcomes_settled_total{portal="garden",flow="plant",account="main",outcome="submitted",by="person"} 1
    formhand_unknown_outcomes_total{portal="garden",flow="plant",account="main",code="outcome_unknown"} 1
    "#);
}

#[tokio::test]
async fn what_happens_to_sessions_is_counted_by_account_level_and_result() {
    let api = Api::new();
    scrape(&api).await;
    happen(
        &api,
        SessionHappening::Expired {
            seen_by: Validation::Job,
            lived_ms: 3_000,
            unseen_ms: 5,
            detected_ms: Some(12),
        },
    )
    .await;
    let code = FailureCode::Network;
    happen(&api, tried(&api, AttemptResult::Failed { code })).await;
    happen(&api, tried(&api, AttemptResult::Recovered)).await;
    happen(
        &api,
        SessionHappening::RecoveryEnded {
            recovery: RecoveryId::new(api.clock.now(), 7),
            cause: RecoveryCause::Expired,
            verdict: RecoveryEnd::Recovered,
            duration_ms: 1_400,
        },
    )
    .await;
    let text = scrape(&api).await;
    let names = [
        "formhand_recover",
        "formhand_session_e",
        "formhand_expiry",
        "formhand_session_l",
    ];
    let seen = figures(&text, &names);
    let seen: Vec<&str> = seen
        .lines()
        .filter(|line| !line.contains("_bucket{"))
        .collect();
    insta::assert_snapshot!(seen.join("\n"), @r#"
    formhand_expiry_detection_seconds_count{portal="garden",account="main"} 1
    formhand_expiry_detection_seconds_sum{portal="garden",account="main"} 0.012
    formhand_recoveries_total{portal="garden",account="main",result="recovered"} 1
    formhand_recovery_attempt_duration_seconds_count{portal="garden",account="main",level="soft"} 2
    formhand_recovery_attempt_duration_seconds_sum{portal="garden",account="main",level="soft"} 1.4
    formhand_recovery_attempts_total{portal="garden",account="main",level="soft",result="failed"} 1
    formhand_recovery_attempts_total{portal="garden",account="main",level="soft",result="recovered"} 1
    formhand_recovery_duration_seconds_count{portal="garden",account="main",result="recovered"} 1
    formhand_recovery_duration_seconds_sum{portal="garden",account="main",result="recovered"} 1.4
    formhand_session_expiries_total{portal="garden",account="main",seen_by="job"} 1
    formhand_session_life_seconds_count{portal="garden",account="main"} 1
    formhand_session_life_seconds_sum{portal="garden",account="main"} 3.0
    "#);
    // What has not happened yet is there with zero, so that a rate of it is known from the first time on.
    let never = r#"formhand_recoveries_total{portal="garden",account="main",result="exhausted"} 0"#;
    assert!(text.lines().any(|line| line == never), "{text}");
}

#[tokio::test]
async fn requests_are_counted_by_the_template_of_their_route() {
    let api = Api::new();
    api.get("/api/job-status/CALLER-77").await;
    api.get("/api/nothing/CALLER-78").await;
    api.raw("CONJURE", "/api/jobs", &[("host", "localhost")], "")
        .await;
    let text = scrape(&api).await;
    insta::assert_snapshot!(figures(&text, &["formhand_http_requests_total"]), @r#"
    formhand_http_requests_total{method="GET",route="/api/job-status/{captchaId}",status="4xx"} 1
    formhand_http_requests_total{method="GET",route="none",status="4xx"} 1
    formhand_http_requests_total{method="other",route="/api/jobs",status="4xx"} 1
    "#);
    assert!(!text.contains("CALLER"), "{text}");
}

#[tokio::test]
async fn a_signal_that_is_lost_loses_no_count() {
    let api = Api::new();
    api.metrics.catch_up().await.unwrap();
    // One signal fits, and the first jobs come before anybody listens.
    let (sender, signals) = broadcast::channel(1);
    for number in 0..5 {
        api.plant(&format!("A-{number}"), &format!("T{number}"))
            .await;
        sender.send(Change::Missed).unwrap();
    }
    let following = tokio::spawn(api.metrics.clone().follow(signals, api.stop.clone()));
    drop(sender);
    let mut text = scrape(&api).await;
    while !text.contains("\nformhand_metrics_signals_lost_total 4\n") {
        text = scrape(&api).await;
    }
    insta::assert_snapshot!(figures(&text, &["formhand_jobs_submitted"]), @r#"formhand_jobs_submitted_total{portal="garden",flow="plant",account="main",status="pending"} 5"#);
    // Nobody speaks any more, and what comes is counted all the same.
    api.plant("A-9", "T9").await;
    let text = scrape(&api).await;
    insta::assert_snapshot!(figures(&text, &["formhand_jobs_submitted", "formhand_metrics"]), @r#"
    formhand_jobs_submitted_total{portal="garden",flow="plant",account="main",status="pending"} 6
    formhand_metrics_signals_lost_total 4
    "#);
    api.stop.cancel();
    following.await.unwrap();
}

#[tokio::test]
async fn the_next_server_begins_with_zero_and_counts_an_attempt_that_it_finds_under_way() {
    let api = Api::new();
    scrape(&api).await;
    api.plant("A-1", "T1").await;
    let work = api.claim().await;
    happen(&api, tried(&api, AttemptResult::Recovered)).await;
    let before = figures(
        &scrape(&api).await,
        &["formhand_attempts", "formhand_recovery_attempts"],
    );
    assert_eq!(before.lines().count(), 2, "{before}");

    let api = api.restarted().await;
    api.metrics.catch_up().await.unwrap();
    let names = [
        "formhand_attempt",
        "formhand_jobs_",
        "formhand_recovery_attempts",
    ];
    assert_eq!(figures(&scrape(&api).await, &names), "");
    api.clock.advance(SignedDuration::from_secs(7));
    api.say(&work, JobEvent::EnterForm).await;
    // It is looked at while the attempt is under way.
    scrape(&api).await;
    let due_at = api.clock.now();
    api.say(&work, JobEvent::Release { due_at }).await;
    let text = figures(&scrape(&api).await, &names);
    let took = text.lines().find(|line| line.contains("_sum{")).unwrap();
    insta::assert_snapshot!(took, @r#"formhand_attempt_duration_seconds_sum{portal="garden",flow="plant",result="released"} 7.0"#);
}

#[tokio::test]
async fn a_store_that_is_gone_leaves_the_counts_and_is_said_to_be_down() {
    let api = Api::new();
    scrape(&api).await;
    api.plant("A-1", "T1").await;
    assert!(scrape(&api).await.contains("\nformhand_store_up 1.0\n"));
    api.store.close().await.unwrap();
    let text = scrape(&api).await;
    assert!(text.contains("\nformhand_store_up 0.0\n"), "{text}");
    assert!(!text.contains("\nformhand_jobs{"), "{text}");
    insta::assert_snapshot!(figures(&text, &["formhand_jobs_submitted", "formhand_metrics_reads"]), @r#"
    formhand_jobs_submitted_total{portal="garden",flow="plant",account="main",status="pending"} 1
    formhand_metrics_reads_failed_total 1
    "#);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_hangs_does_not_hang_a_scrape() {
    let folder = tempfile::tempdir().unwrap();
    let server = ReplicaSet::start(folder.path()).await.unwrap();
    let clock = ManualClock::at("2026-01-02T03:04:05Z".parse().unwrap());
    let store = MongoStore::open(server.url(), clock.now()).await.unwrap();
    let router = router(state_over(Arc::new(store), &clock, folder.path()));
    let scrape = async || {
        let request = Request::get("/metrics")
            .header("host", "localhost")
            .header("authorization", bearer());
        let request = request.body(Body::empty()).unwrap();
        let answer = router.clone().oneshot(request).await.unwrap();
        let body = axum::body::to_bytes(answer.into_body(), usize::MAX).await;
        String::from_utf8(body.unwrap().to_vec()).unwrap()
    };
    assert!(scrape().await.contains("\nformhand_store_up 1.0\n"));
    server.pause().unwrap();
    let begun = Instant::now();
    assert!(scrape().await.contains("\nformhand_store_up 0.0\n"));
    assert!(
        begun.elapsed() < Duration::from_secs(5),
        "{:?}",
        begun.elapsed()
    );
    server.resume().unwrap();
    assert!(scrape().await.contains("\nformhand_store_up 1.0\n"));
}
