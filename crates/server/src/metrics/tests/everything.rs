//! One figure of each kind at least.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use axum::http::{Method, StatusCode};
use formhand_domain::{
    AccountKey, AccountName, Failure, FailureCode, Generation, JobId, NodeId, PortalName,
    RecoveryId, SourceName, Stage, Status, WebhookName, Writer,
    account::{
        AttemptResult, LoginResult, RecoveryCause, RecoveryEnd, RecoveryLevel, SessionEvent,
        SessionHappening, SessionState, Validation,
    },
};
use formhand_engine::SourceState;
use formhand_store::{
    AuditEntry, DeliveryCount, Node, NodeEntry, QuestionKind, SessionEntry, SourceCounts, Stats,
};
use jiff::Timestamp;
use prometheus_client::registry::Registry;

use super::super::{
    Places,
    counters::{Counters, Seen},
    expose::expose,
    labels::Of,
    reading::{Kept, Machine, Process, Proved, Reading, Runtime, SessionOf, SourceOf},
};
use crate::webhooks::{EventKind, Known, TriedResult, WebhookSetup};

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

fn account() -> AccountKey {
    AccountKey {
        portal: PortalName::new("garden").unwrap(),
        account: AccountName::new("main").unwrap(),
    }
}

/// Where nothing is.
pub(super) fn places() -> Places {
    Places {
        data: "data".into(),
        profiles: "data/profiles".into(),
        database: None,
        started_at: at(0),
    }
}

/// One figure of each kind at least.
pub(super) fn everything() -> Registry {
    let counters = Counters::default();
    jobs(&counters);
    sessions(&counters);
    let name = WebhookName::new("crm").unwrap();
    counters.webhooks.tried(&name, &TriedResult::Taken);
    counters.http.answered(
        &Method::GET,
        "/api/jobs",
        StatusCode::OK,
        Duration::from_millis(3),
    );
    let mut registry = Registry::default();
    expose(&reading(), &places(), &mut registry);
    counters.register(&mut registry);
    registry
}

fn jobs(counters: &Counters) {
    let job = Seen {
        of: Of::removed(),
        created_at: Some(at(0)),
        claimed_at: Some(at(10)),
    };
    let count = |event: &str, from, to, stage, failure| {
        let entry = AuditEntry {
            seq: 1,
            at: at(20),
            job: JobId::new(at(0), 1),
            event: event.to_owned(),
            writer: Writer::Queue,
            from,
            to,
            stage,
            attempt: 1,
            failure,
            note: None,
        };
        counters.jobs.count(&entry, &job);
    };
    let processing = Some(Status::Processing);
    count("submit", None, Status::Pending, None, None);
    count(
        "claim",
        Some(Status::Pending),
        Status::Processing,
        Some(Stage::Session),
        None,
    );
    count(
        "cross",
        processing,
        Status::Processing,
        Some(Stage::Submitting),
        None,
    );
    let failed = |code| Some(Failure::new(code, "words of the portal"));
    count(
        "fail",
        processing,
        Status::FailedLoginForm,
        None,
        failed(FailureCode::Network),
    );
    count(
        "fail",
        processing,
        Status::NeedsReview,
        None,
        failed(FailureCode::OutcomeUnknown),
    );
    count(
        "settle_submitted",
        Some(Status::NeedsReview),
        Status::Completed,
        None,
        None,
    );
    count("complete", processing, Status::Completed, None, None);
}

fn sessions(counters: &Counters) {
    let recovery = RecoveryId::new(at(0), 1);
    let cause = RecoveryCause::Expired;
    for what in [
        SessionHappening::LoggedIn {
            duration_ms: 900,
            tries: 1,
        },
        SessionHappening::LoginFailed {
            result: LoginResult::Locked,
            duration_ms: 900,
        },
        SessionHappening::Validated {
            by: Validation::Heartbeat,
            round_trip_ms: 20,
        },
        SessionHappening::Expired {
            seen_by: Validation::Job,
            lived_ms: 60_000,
            unseen_ms: 1,
            detected_ms: Some(12),
        },
        SessionHappening::BrowserLost {
            cause: RecoveryCause::BrowserGone,
            detected_ms: Some(40),
        },
        SessionHappening::RecoveryAttempt {
            recovery,
            cause,
            level: RecoveryLevel::Hard,
            attempt: 1,
            duration_ms: 700,
            result: AttemptResult::Recovered,
        },
        SessionHappening::RecoveryEnded {
            recovery,
            cause,
            verdict: RecoveryEnd::Recovered,
            duration_ms: 900,
        },
        SessionHappening::Renewed { lived_ms: 60_000 },
    ] {
        counters.sessions.count(&SessionEntry {
            seq: 1,
            account: account(),
            event: SessionEvent {
                at: at(20),
                generation: Generation(1),
                what,
            },
        });
    }
}

/// What is read where all answers.
pub(super) fn reading() -> Reading {
    let state = SessionState::Active {
        generation: Generation(3),
        since: at(0),
        validated_at: at(50),
    };
    let node = Node {
        entry: NodeEntry {
            id: NodeId::new("node-a").unwrap(),
            version: "0.1.0".into(),
            schema: 1,
            workers: 3,
            at_work: 1,
            started_at: at(0),
            seen_at: at(55),
        },
        drain: false,
    };
    Reading {
        now: at(60),
        is_ready: true,
        kept: Some(Kept {
            ping: Duration::from_micros(300),
            schema: 7,
            stats: Stats {
                by_status: BTreeMap::new(),
                waiting_for_retry: 0,
                by_account: BTreeMap::new(),
            },
            due_at: Some(at(30)),
            sessions: vec![SessionOf {
                account: account(),
                generation: Generation(3),
                state,
            }],
            questions: vec![(QuestionKind::Captcha, at(40))],
            nodes: vec![node],
            audit: Some(Proved {
                at: at(10),
                holds: true,
            }),
            sources: vec![source()],
            webhooks: vec![webhook()],
        }),
        machine: Machine {
            browsers: Vec::new(),
            process: Process {
                cpu_seconds: Some(1.5),
                memory_bytes: Some(1),
                threads: Some(1),
                open_files: Some(1),
                most_open_files: Some(1),
            },
            database_bytes: Some(1),
            free_bytes: Some(1),
        },
        runtime: Runtime {
            tasks: 1,
            queued: 0,
        },
    }
}

fn webhook() -> Known {
    let name = WebhookName::new("crm").unwrap();
    Known {
        setup: WebhookSetup {
            name: name.clone(),
            url: "https://crm.example.com/".parse().unwrap(),
            keys: Vec::new(),
            events: EventKind::usual().collect(),
            portals: BTreeSet::new(),
            flows: BTreeSet::new(),
            enabled: true,
        },
        webhook: None,
        counts: vec![DeliveryCount {
            webhook: name,
            state: "pending".to_owned(),
            count: 2,
            oldest_made_at: at(10),
            last_ended_at: None,
        }],
    }
}

fn source() -> SourceOf {
    SourceOf {
        name: SourceName::new("customers").unwrap(),
        state: SourceState::Watching,
        counts: SourceCounts {
            taken: 5,
            invalid: 1,
            duplicates: 1,
        },
        quarantined: 1,
        refused: 0,
        reached_at: Some(at(50)),
    }
}
