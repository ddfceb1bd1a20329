//! What happens to jobs and sessions, by real transitions.

use std::sync::atomic::{AtomicU64, Ordering};

use formhand_domain::{
    BusinessKey, CallerId, Failure, FailureCode, FencingToken, FlowName, Generation, Job, JobEvent,
    JobId, JobState, NewJob, QuestionId, Receipt, RecoveryId, RetryPolicy, Settlement, Writer,
    account::{
        AttemptResult, LoginBudget, LoginResult, NeedsHuman, RecoveryCause, RecoveryEnd,
        RecoveryLevel, SessionEvent, SessionHappening, SessionState,
    },
};
use formhand_store::{Capacity, ClaimRequest, NodeEntry, Question, QuestionKind};
use jiff::SignedDuration;
use serde_json::json;

use super::scene::{PERSON, Scene, account, node};

fn count() -> u64 {
    static COUNT: AtomicU64 = AtomicU64::new(1);
    COUNT.fetch_add(1, Ordering::Relaxed)
}

impl Scene {
    /// A record is handed in.
    pub(super) async fn submit(&self) -> JobId {
        let (now, count, account) = (self.now(), count(), account());
        let job = Job {
            id: JobId::new(now, u128::from(count)),
            portal: account.portal,
            flow: FlowName::new("plant").unwrap(),
            account: account.account,
            caller_id: CallerId::new(format!("record-{count}")).unwrap(),
            business_key: Some(BusinessKey::new(format!("{PERSON} {count}")).unwrap()),
            label: PERSON.to_owned(),
            record: json!({ "name": PERSON }),
            created_at: now,
            attempts: 0,
            fence: FencingToken::default(),
            state: JobState::Pending { due_at: now },
        };
        let idempotency_key = None;
        let new = NewJob {
            job,
            idempotency_key,
        };
        self.store.submit(new).await.unwrap().job_id()
    }

    /// A server takes the job that is due.
    pub(super) async fn claim(&self) -> Job {
        let request = ClaimRequest {
            owner: node("node-a"),
            now: self.now(),
            lease_for: SignedDuration::from_secs(30),
            accounts: vec![Capacity {
                account: account(),
                max_parallel: 99,
                pace: None,
            }],
        };
        self.store.claim(request).await.unwrap().unwrap()
    }

    pub(super) async fn say(&self, job: &Job, event: JobEvent) -> Job {
        let writer = Writer::Worker { token: job.fence };
        self.store
            .apply(job.id, writer, event, self.now())
            .await
            .unwrap()
    }

    pub(super) async fn fail(&self, job: &Job, code: FailureCode) {
        let event = JobEvent::Fail {
            failure: Failure::new(code, format!("Dear {PERSON}, no")),
            retry: RetryPolicy::default(),
            random: 0.5,
        };
        self.say(job, event).await;
    }

    async fn cross(&self) -> Job {
        self.submit().await;
        let job = self.claim().await;
        let margin = SignedDuration::from_secs(5);
        let (session, fingerprint) = (None, "ab".repeat(32));
        self.say(&job, JobEvent::EnterForm).await;
        self.say(&job, JobEvent::Arm { margin, session }).await;
        let cross = JobEvent::Cross {
            fingerprint,
            margin,
        };
        self.say(&job, cross).await
    }

    /// A job is filed.
    pub(super) async fn file(&self) {
        let job = self.cross().await;
        let receipt = Receipt([("number".to_owned(), PERSON.to_owned())].into());
        self.say(&job, JobEvent::Receive { receipt }).await;
        let optional_failure = None;
        self.say(&job, JobEvent::Complete { optional_failure })
            .await;
    }

    /// A job fails for good before it is filed.
    pub(super) async fn refuse(&self) {
        self.submit().await;
        let job = self.claim().await;
        self.fail(&job, FailureCode::DataRefused).await;
    }

    /// The answer to a filed form is lost.
    pub(super) async fn lose(&self) -> Job {
        let job = self.cross().await;
        self.fail(&job, FailureCode::Network).await;
        job
    }

    /// A person has looked in the portal.
    pub(super) async fn settle(&self, job: &Job) {
        let settlement = Settlement::NotFiled {
            token: job.fence,
            reason: PERSON.to_owned(),
            again_at: None,
        };
        let person = Writer::Person {
            name: PERSON.to_owned(),
        };
        let event = JobEvent::Settle { settlement };
        self.store
            .apply(job.id, person, event, self.now())
            .await
            .unwrap();
    }

    pub(super) async fn happens(&self, what: SessionHappening) {
        let event = SessionEvent {
            at: self.now(),
            generation: Generation(0),
            what,
        };
        self.store.record_session(&account(), event).await.unwrap();
    }

    /// A recovery ends.
    pub(super) async fn recovers(&self, verdict: RecoveryEnd) {
        self.happens(SessionHappening::RecoveryEnded {
            recovery: RecoveryId::new(self.now(), u128::from(count())),
            cause: RecoveryCause::Expired,
            verdict,
            duration_ms: 1,
        })
        .await;
    }

    /// Tries of a recovery are over.
    pub(super) async fn tries(&self, level: RecoveryLevel, count: u32, result: AttemptResult) {
        for attempt in 1..=count {
            self.happens(SessionHappening::RecoveryAttempt {
                recovery: RecoveryId::new(self.now(), u128::from(self::count())),
                cause: RecoveryCause::Expired,
                level,
                attempt,
                duration_ms: 1,
                result,
            })
            .await;
        }
    }

    async fn save(&self, state: SessionState) {
        self.store
            .save_session(&account(), None, state, self.now())
            .await
            .unwrap();
    }

    /// The account is down for an hour.
    pub(super) async fn down(&self) {
        let until = self.now() + SignedDuration::from_hours(1);
        let reason = format!("it said: Dear {PERSON}");
        self.save(SessionState::Down { until, reason }).await;
    }

    /// The portal locks the account.
    pub(super) async fn lock(&self) {
        self.save(SessionState::NeedsHuman {
            reason: NeedsHuman::Locked,
            message: format!("Dear {PERSON}"),
            credentials: PERSON.to_owned(),
        })
        .await;
    }

    /// The account logs in.
    pub(super) async fn log_in(&self) {
        let budget = LoginBudget {
            logins: 99,
            per: SignedDuration::from_secs(1),
        };
        let (store, account, now) = (&self.store, account(), self.now());
        let ticket = store.begin_login(&account, None, "p1", budget, now).await;
        let ticket = ticket.unwrap().unwrap();
        store
            .finish_login(&account, ticket, LoginResult::Succeeded, now)
            .await
            .unwrap();
    }

    /// A person is asked.
    pub(super) async fn ask(&self) -> QuestionId {
        let id = QuestionId::new(format!("q-{}", count())).unwrap();
        let question = Question {
            id: id.clone(),
            kind: QuestionKind::Captcha,
            account: account(),
            picture: PERSON.as_bytes().to_vec(),
            asked_at: self.now(),
            // Longer than questions stand, so that the test can wait as long as for every rule.
            expires_at: self.now() + SignedDuration::from_hours(1),
            answer: None,
        };
        self.store.ask(question).await.unwrap();
        id
    }

    /// A server says that it is there.
    pub(super) async fn announce(&self, name: &str) {
        let entry = NodeEntry {
            id: node(name),
            version: "1.0.0".to_owned(),
            schema: self.store.schema(),
            workers: 3,
            at_work: 0,
            started_at: self.now(),
            seen_at: self.now(),
        };
        self.store.announce_node(entry).await.unwrap();
    }
}
