//! A router over a real store, a clock that stands still, and answers whose ids are made comparable.

use std::{path::Path, sync::Arc};

use axum::{
    Router,
    body::{Body, HttpBody as _},
    middleware::from_fn,
};
use formhand_domain::{
    AccountKey, AccountName, Clock, Failure, FailureCode, JobEvent, JobId, Lease, ManualClock,
    NodeId, PortalName, Receipt, RetryPolicy, Secret, Writer,
};
use formhand_engine::{
    AccountSetup, Intake, OneTimeCodeSetup, Sight, SolverSetup, SourceDesk, TakeOvers,
};
use formhand_evidence::Evidence;
use formhand_portal::{LoadOptions, load};
use formhand_server::{
    access::{Access, AccessSetup},
    alerts::{AlertDesk, AlertSetup},
    audit::AuditDesk,
    http::{ApiState, ServeLimits, router},
    metrics::{Metrics, Places},
    webhooks::{WebhookDesk, WebhooksSetup},
};
use formhand_store::{Capacity, ClaimRequest, SqliteStore, Store};
use jiff::SignedDuration;
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;
use tower::ServiceExt as _;

use super::{
    callers,
    conformance::{self, Asked},
};

/// The token of these tests.
pub(crate) const TOKEN: &str = "a-token-for-tests-only";

/// The definition of these tests.
pub(crate) const PORTAL: &str = include_str!("../portal.yaml");

/// An API.
pub(crate) struct Api {
    router: Router,
    pub(crate) store: Arc<SqliteStore>,
    pub(crate) clock: ManualClock,
    pub(crate) metrics: Metrics,
    pub(crate) stop: CancellationToken,
    pub(crate) access: Access,
    pub(crate) webhooks: WebhookDesk,
    pub(crate) evidence: Evidence,
    pub(crate) folder: tempfile::TempDir,
}

/// What an API can be like.
#[derive(Default)]
struct Ways {
    open_reads: bool,
    not_ready: Option<&'static str>,
    masterless: Option<AccountKey>,
    alerts: AlertSetup,
    webhooks: WebhooksSetup,
    rules: AccessSetup,
    limits: ServeLimits,
}

/// What a server over this store works with, its counts at the beginning.
pub(crate) fn state_over(store: Arc<dyn Store>, clock: &ManualClock, folder: &Path) -> ApiState {
    alerting_over(store, clock, folder, AlertSetup::default())
}

fn alerting_over(
    store: Arc<dyn Store>,
    clock: &ManualClock,
    folder: &Path,
    alerts: AlertSetup,
) -> ApiState {
    let read = |_: &Path| Ok(PORTAL.to_owned());
    let portal = load(Path::new("portal.yaml"), &read, LoadOptions::default()).unwrap();
    let account = AccountSetup {
        key: account(),
        user: "gardener".to_owned(),
        password: Secret::new("never shown"),
        solver: SolverSetup::Ocr,
        one_time_code: OneTimeCodeSetup::None,
        max_parallel: None,
    };
    let shared: Arc<dyn Clock> = Arc::new(clock.clone());
    let intake = Intake::new(
        Arc::clone(&store),
        Arc::clone(&shared),
        &[Arc::new(portal)],
        &[account],
    );
    let places = Places {
        data: folder.to_owned(),
        profiles: folder.join("profiles"),
        database: Some(folder.join("formhand.db")),
        started_at: clock.now(),
    };
    ApiState {
        metrics: Metrics::new(Arc::clone(&store), &[account_key()], places),
        alerts: AlertDesk::new(Arc::clone(&store), Arc::clone(&shared), alerts).unwrap(),
        webhooks: desk(&store, &shared, WebhooksSetup::default()),
        audit: AuditDesk::new(Arc::clone(&store), Arc::clone(&shared)),
        store,
        intake,
        sources: SourceDesk::closed(NodeId::new("node-1").unwrap(), Arc::clone(&shared)),
        sight: Sight::default(),
        take_overs: TakeOvers::default(),
        evidence: Evidence::at(folder.join("evidence")),
        clock: shared,
        access: Access::new(AccessSetup {
            tokens: callers::tokens(),
            ..AccessSetup::default()
        }),
        limits: ServeLimits::default(),
        accounts: Arc::new(vec![account_key()]),
        masterless: Arc::default(),
        readiness: Arc::new(|| Box::pin(std::future::ready(None))),
        stop: CancellationToken::new(),
    }
}

/// Webhooks whose pauses are as short as can be.
fn desk(store: &Arc<dyn Store>, clock: &Arc<dyn Clock>, setup: WebhooksSetup) -> WebhookDesk {
    WebhookDesk::new(Arc::clone(store), Arc::clone(clock), || 0.0, setup).unwrap()
}

/// An answer.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: axum::http::HeaderMap,
    pub(crate) body: String,
}

impl Api {
    pub(crate) fn new() -> Self {
        Self::of(Ways::default())
    }

    pub(crate) fn with(open_reads: bool, not_ready: Option<&'static str>) -> Self {
        Self::of(Ways {
            open_reads,
            not_ready,
            ..Ways::default()
        })
    }

    /// One whose account lets each clone log in by itself.
    pub(crate) fn masterless() -> Self {
        Self::of(Ways {
            masterless: Some(account_key()),
            ..Ways::default()
        })
    }

    /// One with these alerts.
    pub(crate) fn alerting(alerts: AlertSetup) -> Self {
        Self::of(Ways {
            alerts,
            ..Ways::default()
        })
    }

    /// One that tells these webhooks.
    pub(crate) fn telling(webhooks: WebhooksSetup) -> Self {
        Self::of(Ways {
            webhooks,
            ..Ways::default()
        })
    }

    /// One with other rules of access; its tokens and names are those of all.
    pub(crate) fn ruled(rules: AccessSetup, limits: ServeLimits) -> Self {
        Self::of(Ways {
            rules,
            limits,
            ..Ways::default()
        })
    }

    fn of(ways: Ways) -> Self {
        Self::on(tempfile::tempdir().unwrap(), ways)
    }

    fn on(folder: tempfile::TempDir, ways: Ways) -> Self {
        let store = Arc::new(SqliteStore::open(folder.path().join("formhand.db")).unwrap());
        let clock = ManualClock::at("2026-01-02T03:04:05Z".parse().unwrap());
        let as_store: Arc<dyn Store> = Arc::clone(&store) as Arc<dyn Store>;
        let state = alerting_over(as_store, &clock, folder.path(), ways.alerts);
        let (metrics, stop, evidence) = (
            state.metrics.clone(),
            state.stop.clone(),
            state.evidence.clone(),
        );
        let access = Access::new(AccessSetup {
            tokens: callers::tokens(),
            open_reads: ways.open_reads,
            hosts: vec!["forms.example".into()],
            ..ways.rules
        });
        let webhooks = desk(&state.store, &state.clock, ways.webhooks);
        let not_ready = ways.not_ready;
        let router = router(ApiState {
            access: access.clone(),
            webhooks: webhooks.clone(),
            limits: ways.limits,
            masterless: Arc::new(ways.masterless.into_iter().collect()),
            readiness: Arc::new(move || {
                Box::pin(std::future::ready(not_ready.map(ToOwned::to_owned)))
            }),
            ..state
        });
        Self {
            router: router.layer(from_fn(conformance::watch)),
            store,
            clock,
            metrics,
            stop,
            access,
            webhooks,
            evidence,
            folder,
        }
    }

    /// The same data folder under the next server.
    pub(crate) async fn restarted(self) -> Self {
        self.store.close().await.unwrap();
        Self::on(self.folder, Ways::default())
    }

    pub(crate) fn router(&self) -> Router {
        self.router.clone()
    }

    /// A request with these headers and nothing else.
    pub(crate) async fn raw(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<Body>,
    ) -> Answer {
        let mut request = axum::http::Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let body: Body = body.into();
        let is_whole = body.size_hint().exact().is_some();
        let (body, sent) = if is_whole {
            let sent = axum::body::to_bytes(body, usize::MAX).await.unwrap();
            (Body::from(sent.clone()), Some(sent))
        } else {
            (body, None)
        };
        let request = request.body(body).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let status = response.status().as_u16();
        let (bare, query) = path.split_once('?').unwrap_or((path, ""));
        let taken = sent.filter(|_| (200..300).contains(&status));
        if let (Some(asked), Some(sent)) = (Asked::at(method, bare), taken) {
            asked.check_request(headers, query, &sent);
        }
        let headers = response.headers().clone();
        let body = axum::body::to_bytes(response.into_body(), usize::MAX)
            .await
            .unwrap();
        Answer {
            status,
            headers,
            body: String::from_utf8_lossy(&body).into_owned(),
        }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.raw(
            "GET",
            path,
            &[("host", "localhost"), ("authorization", &bearer())],
            "",
        )
        .await
    }

    pub(crate) async fn post(&self, path: &str, kind: &str, body: impl Into<Body>) -> Answer {
        self.post_with(path, &[("content-type", kind)], body).await
    }

    pub(crate) async fn post_with(
        &self,
        path: &str,
        more: &[(&str, &str)],
        body: impl Into<Body>,
    ) -> Answer {
        let token = bearer();
        let mut headers = vec![("host", "localhost"), ("authorization", token.as_str())];
        headers.extend_from_slice(more);
        self.raw("POST", path, &headers, body).await
    }

    /// Hands in a good record and gives its job.
    pub(crate) async fn plant(&self, caller_id: &str, tree: &str) -> JobId {
        let body = json!({"captchaId": caller_id, "record": {"name": "Asha", "tree": tree}});
        let answer = self
            .post("/api/jobs", "application/json", body.to_string())
            .await;
        assert_eq!(answer.status, 201, "{}", answer.body);
        answer.json()["id"].as_str().unwrap().parse().unwrap()
    }

    /// Claims the job that is due, as a worker.
    pub(crate) async fn claim(&self) -> (JobId, Writer) {
        let now = self.clock.now();
        let request = ClaimRequest {
            owner: NodeId::new("node-1").unwrap(),
            now,
            lease_for: SignedDuration::from_secs(30),
            accounts: vec![Capacity {
                account: account(),
                max_parallel: 5,
                pace: None,
            }],
        };
        let job = self.store.claim(request).await.unwrap().unwrap();
        let lease: &Lease = job.lease().unwrap();
        (job.id, Writer::Worker { token: lease.token })
    }

    /// What a worker says.
    pub(crate) async fn say(&self, (id, writer): &(JobId, Writer), event: JobEvent) {
        self.store
            .apply(*id, writer.clone(), event, self.clock.now())
            .await
            .unwrap();
    }

    /// Lets the form of the job that is due leave.
    async fn send(&self) -> (JobId, Writer) {
        let work = self.claim().await;
        let margin = SignedDuration::from_secs(1);
        let (session, fingerprint) = (None, "f".repeat(64));
        self.say(&work, JobEvent::EnterForm).await;
        self.say(&work, JobEvent::Arm { margin, session }).await;
        let cross = JobEvent::Cross {
            fingerprint,
            margin,
        };
        self.say(&work, cross).await;
        work
    }

    /// Files the job that is due.
    pub(crate) async fn file(&self, number: &str) {
        let work = self.send().await;
        let receipt = Receipt([("proposalNumber".to_owned(), number.to_owned())].into());
        self.say(&work, JobEvent::Receive { receipt }).await;
        self.say(
            &work,
            JobEvent::Complete {
                optional_failure: None,
            },
        )
        .await;
    }

    /// Lets the job that is due be cut off after its form was sent.
    pub(crate) async fn lose_answer(&self) {
        let work = self.send().await;
        let failure = Failure::new(FailureCode::Network, "the connection was cut");
        let retry = RetryPolicy::default();
        let random = 0.5;
        self.say(
            &work,
            JobEvent::Fail {
                failure,
                retry,
                random,
            },
        )
        .await;
    }

    /// Lets the job that is due fail before anything was filed.
    pub(crate) async fn fail(&self, code: FailureCode) {
        self.fail_with(Failure::new(code, "the words of the portal"))
            .await;
    }

    /// The same with this failure.
    pub(crate) async fn fail_with(&self, failure: Failure) {
        let work = self.claim().await;
        let event = JobEvent::Fail {
            failure,
            retry: RetryPolicy::default(),
            random: 0.5,
        };
        self.say(&work, event).await;
    }
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("not JSON: {}", self.body))
    }

    /// The status, the problem's code and its words, on a line.
    pub(crate) fn brief(&self) -> String {
        let problem = self.json();
        format!(
            "{} {}: {}\n",
            self.status, problem["code"], problem["detail"]
        )
    }

    /// Status and body, with every job id replaced by its number of appearance.
    pub(crate) fn shown(&self) -> String {
        if self.body.is_empty() {
            return self.status.to_string();
        }
        let body = serde_json::to_string_pretty(&self.json()).unwrap();
        format!("{} {}", self.status, without_ids(&body))
    }
}

/// Job ids are random; their order of appearance is not.
pub(crate) fn without_ids(text: &str) -> String {
    let mut ids: Vec<String> = Vec::new();
    for word in text.split(|c: char| !c.is_ascii_alphanumeric()) {
        if word.len() == 26 && word.parse::<JobId>().is_ok() && !ids.iter().any(|id| id == word) {
            ids.push(word.to_owned());
        }
    }
    ids.iter()
        .zip(1..)
        .fold(text.to_owned(), |text, (id, number)| {
            text.replace(id.as_str(), &format!("[job {number}]"))
        })
}

pub(crate) fn bearer() -> String {
    format!("Bearer {TOKEN}")
}

fn account() -> AccountKey {
    account_key()
}

fn account_key() -> AccountKey {
    AccountKey {
        portal: PortalName::new("garden").unwrap(),
        account: AccountName::new("main").unwrap(),
    }
}
