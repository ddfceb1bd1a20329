//! One caller of the store in the workload: what a server does for one account, step by step.

use std::sync::Arc;

use formhand_domain::{
    AccountKey, FencingToken, Generation, Job, JobEvent, PortalName, QuestionId, RecoveryRule,
    RetryPolicy, Settlement, Status, Undone, Writer,
    account::{LoginBudget, LoginResult, SessionEvent, SessionHappening, SessionState},
};
use formhand_store::{
    Capacity, ClaimRequest, Keeping, Question, QuestionKind, SessionReport, SessionWish,
    SqliteStore, Store,
};
use jiff::SignedDuration;
use tokio::sync::Barrier;

use super::workload::Ledger;
use crate::given::{
    LEASE, account, at, but, copy, fail, node, passing, person, receipt, record, request, with_key,
    worker,
};

const MARGIN: SignedDuration = SignedDuration::from_secs(5);

/// How large a picture is, so that those of six callers make SQLite fold its log into the file by itself: it does at
/// 1,000 pages of 4 KiB.
const LARGE: usize = 700_000;

/// A caller with a portal of its own.
pub(super) struct Caller {
    store: Arc<SqliteStore>,
    ledger: Arc<Ledger>,
    /// Where all wait for one another, so that what they ask for next shares a commit.
    all: Arc<Barrier>,
    number: usize,
    account: AccountKey,
}

impl Caller {
    /// One of several.
    pub(super) fn new(
        store: Arc<SqliteStore>,
        ledger: Arc<Ledger>,
        all: Arc<Barrier>,
        number: usize,
    ) -> Self {
        let portal = PortalName::new(format!("practice-{number}")).unwrap();
        Self {
            store,
            ledger,
            number,
            all,
            account: AccountKey {
                portal,
                ..account()
            },
        }
    }

    /// A login, and a job that comes as far as this caller's number says.
    pub(super) async fn first_life(&self) {
        let keeper = self.keep().await;
        self.log_in(keeper).await;
        self.submit("first").await;
        self.all.wait().await;
        let mut job = self.claim(1).await;
        let mut steps = vec![
            JobEvent::EnterForm,
            arm(),
            JobEvent::Cross {
                fingerprint: "ab".repeat(32),
                margin: MARGIN,
            },
            JobEvent::Receive { receipt: receipt() },
            JobEvent::Complete {
                optional_failure: None,
            },
        ];
        // Six callers: from one whose server goes no further than the claim to one that completes.
        steps.truncate(self.number);
        for event in steps {
            job = self.say(&job, worker(&job), event, 2).await;
        }
        self.all.wait().await;
        self.keep_session(keeper).await;
    }

    /// The server is back: what was left is recovered, and a person settles what is unknown.
    pub(super) async fn second_life(&self) {
        let expired = self.store.expired(at(100), 100).await.unwrap();
        // Of the last two callers nothing was left, or only what came after the filing.
        if let Some(job) = expired
            .into_iter()
            .find(|job| job.portal == self.account.portal)
        {
            let ended = JobEvent::LeaseEnded {
                retry: RetryPolicy::default(),
                random: 0.5,
                rule: RecoveryRule::Expired,
            };
            let job = self.say(&job, Writer::Queue, ended, 100).await;
            if job.status() == Status::NeedsReview {
                let settlement = Settlement::Filed {
                    receipt: receipt(),
                    undone: Undone::Nothing,
                };
                let settle = JobEvent::Settle { settlement };
                self.say(&job, person(), settle, 101).await;
            }
        }
        self.submit("second").await;
    }

    /// The log grows until it is folded into the file, and begins anew over what it held.
    pub(super) async fn third_life(&self) {
        self.ask(LARGE).await;
        // No answer is looked at before the last was given: who reads meanwhile keeps the log from being folded.
        self.all.wait().await;
        self.answered();
        if self.number == 0 {
            let job = self.claim(1_000).await;
            self.say(&job, worker(&job), fail(passing()), 1_001).await;
        }
    }

    async fn submit(&self, case: &str) {
        let mut new = but(record(case), |job| job.portal = self.account.portal.clone());
        if self.number.is_multiple_of(2) {
            new = with_key(new, &format!("key-{case}-{}", self.number));
        }
        self.all.wait().await;
        self.store.submit(new).await.unwrap();
        self.answered();
    }

    async fn claim(&self, second: i64) -> Job {
        let request = ClaimRequest {
            owner: node("node-a"),
            lease_for: LEASE,
            accounts: vec![Capacity {
                account: self.account.clone(),
                max_parallel: 2,
                pace: None,
            }],
            ..request(second)
        };
        let job = self.store.claim(request).await.unwrap().unwrap();
        self.answered();
        job
    }

    async fn say(&self, job: &Job, writer: Writer, event: JobEvent, second: i64) -> Job {
        let said = self.store.apply(job.id, writer, event, at(second)).await;
        let job = said.unwrap();
        self.answered();
        job
    }

    /// Half of the callers keep their session for all servers, half without a right to.
    async fn keep(&self) -> Option<FencingToken> {
        if self.number < 3 {
            return None;
        }
        let owner = node("node-a");
        let kept = self
            .store
            .keep_account(&self.account, &owner, at(0), at(60));
        let Keeping::Ours(lease) = kept.await.unwrap() else {
            panic!("the account is another's");
        };
        self.answered();
        Some(lease.token)
    }

    async fn log_in(&self, keeper: Option<FencingToken>) {
        let budget = LoginBudget {
            logins: 3,
            per: SignedDuration::from_hours(1),
        };
        let results = [LoginResult::CaptchaWrong, LoginResult::Succeeded];
        for result in results.into_iter().skip(self.number % 2) {
            let begun = self
                .store
                .begin_login(&self.account, keeper, "p1", budget, at(0));
            let ticket = begun.await.unwrap().unwrap();
            self.answered();
            let ended = self
                .store
                .finish_login(&self.account, ticket, result, at(1));
            ended.await.unwrap();
            self.answered();
        }
        let event = SessionEvent {
            at: at(1),
            generation: Generation(1),
            what: SessionHappening::LoggedIn {
                duration_ms: 900,
                tries: 1,
            },
        };
        self.store
            .record_session(&self.account, event)
            .await
            .unwrap();
        self.answered();
    }

    async fn keep_session(&self, keeper: Option<FencingToken>) {
        let wish = SessionWish::Recover;
        self.store
            .wish_session(&self.account, wish, at(3))
            .await
            .unwrap();
        self.answered();
        if let Some(keeper) = keeper {
            self.share(keeper).await;
            self.ask_a_person().await;
        } else {
            self.store.take_session_wish(&self.account).await.unwrap();
            self.answered();
            let state = SessionState::Cold;
            self.store
                .save_session(&self.account, None, state, at(4))
                .await
                .unwrap();
            self.answered();
        }
    }

    async fn share(&self, keeper: FencingToken) {
        let copy = copy(1, b"cookies");
        let shared = self.store.share_copy(&self.account, keeper, copy, at(3));
        shared.await.unwrap();
        self.answered();
        let report = SessionReport::Stale(Generation(1));
        let reported = self.store.report_session(&self.account, report);
        reported.await.unwrap();
        self.answered();
        let renewed = self
            .store
            .renew_account(&self.account, keeper, at(4), at(64));
        assert!(renewed.await.unwrap());
        self.answered();
        let released = self.store.release_account(&self.account, keeper, at(5));
        released.await.unwrap();
        self.answered();
    }

    async fn ask_a_person(&self) {
        let id = self.ask(3_000).await;
        self.answered();
        assert!(self.store.answer(&id, "7XK2", at(5)).await.unwrap());
        self.answered();
    }

    async fn ask(&self, size_bytes: usize) -> QuestionId {
        let id = QuestionId::new(format!("question-{}-{size_bytes}", self.number)).unwrap();
        let question = Question {
            id: id.clone(),
            kind: QuestionKind::Captcha,
            account: self.account.clone(),
            picture: vec![7; size_bytes],
            asked_at: at(4),
            expires_at: at(60),
            answer: None,
        };
        self.store.ask(question).await.unwrap();
        id
    }

    fn answered(&self) {
        self.ledger.answered(self.account.portal.as_str());
    }
}

fn arm() -> JobEvent {
    JobEvent::Arm {
        margin: MARGIN,
        session: Some(Generation(1)),
    }
}
