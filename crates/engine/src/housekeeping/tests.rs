//! Rounds over a real store and a real folder, by a clock that is put forward.

use std::{sync::Arc, time::Duration};

use formhand_domain::{
    AccountKey, AccountName, BusinessKey, CallerId, Clock, FencingToken, FlowName, Job, JobEvent,
    JobId, JobState, ManualClock, NewJob, NodeId, PortalName, Receipt, Writer,
};
use formhand_evidence::Evidence;
use formhand_store::{Capacity, ClaimRequest, SqliteStore, Store};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;

use super::{Housekeeper, chore::Chore};
use crate::Retention;

const DAY: SignedDuration = SignedDuration::from_hours(24);

/// Pictures go after ten days, what filed jobs were made of after twenty, what was not filed after thirty.
const RULES: Retention = Retention {
    evidence: Some(SignedDuration::from_hours(10 * 24)),
    records: Some(SignedDuration::from_hours(20 * 24)),
    unfiled: Some(SignedDuration::from_hours(30 * 24)),
};

struct House {
    store: Arc<SqliteStore>,
    evidence: Evidence,
    clock: ManualClock,
    chores: Vec<Chore>,
    folder: TempDir,
}

impl House {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self {
            store: Arc::new(SqliteStore::open(folder.path().join("formhand.db")).unwrap()),
            evidence: Evidence::at(folder.path().join("evidence")),
            clock: ManualClock::at("2026-01-05T09:00:00Z".parse().unwrap()),
            chores: Chore::of(RULES),
            folder,
        }
    }

    /// Another process does it from now on.
    fn restart(&mut self) {
        self.chores = Chore::of(RULES);
    }

    /// Lets days go by, and does what is due then.
    async fn days_later(&mut self, days: i32) -> Duration {
        self.clock.advance(DAY * days);
        let housekeeper = Housekeeper {
            store: Arc::clone(&self.store) as Arc<dyn Store>,
            evidence: self.evidence.clone(),
            clock: Arc::new(self.clock.clone()),
            retention: RULES,
            draining: CancellationToken::new(),
        };
        housekeeper.round(&mut self.chores).await
    }

    /// A job that ended, with a text and a document.
    async fn ended(&self, case: u128, filed: bool) -> JobId {
        let job = new_job(case, self.clock.now());
        let id = job.id;
        let new = NewJob {
            job,
            idempotency_key: None,
        };
        self.store.submit(new).await.unwrap();
        if filed {
            self.file().await;
        } else {
            let name = "Meera".to_owned();
            let reason = "twice in the list".to_owned();
            self.say(id, &Writer::Person { name }, JobEvent::Cancel { reason })
                .await;
        }
        let text = self
            .evidence
            .keep_text(id, 1, "call-log", "waiting for #btnSave");
        text.await.unwrap();
        let documents = self
            .folder
            .path()
            .join(format!("evidence/{id}/1/documents"));
        std::fs::create_dir(&documents).unwrap();
        std::fs::write(documents.join("schedule.pdf"), "%PDF-1.4").unwrap();
        id
    }

    async fn file(&self) {
        let request = ClaimRequest {
            owner: NodeId::new("node-1").unwrap(),
            now: self.clock.now(),
            lease_for: SignedDuration::from_secs(30),
            accounts: vec![Capacity {
                account: account(),
                max_parallel: 1,
                pace: None,
            }],
        };
        let job = self.store.claim(request).await.unwrap().unwrap();
        let margin = SignedDuration::from_secs(5);
        let way = [
            JobEvent::EnterForm,
            JobEvent::Arm {
                margin,
                session: None,
            },
            JobEvent::Cross {
                fingerprint: "ab".repeat(32),
                margin,
            },
            JobEvent::Receive {
                receipt: Receipt([("proposal".to_owned(), "P-1".to_owned())].into()),
            },
            JobEvent::Complete {
                optional_failure: None,
            },
        ];
        for event in way {
            self.say(job.id, &Writer::Worker { token: job.fence }, event)
                .await;
        }
    }

    async fn say(&self, id: JobId, writer: &Writer, event: JobEvent) {
        let now = self.clock.now();
        let said = self.store.apply(id, writer.clone(), event, now);
        said.await.unwrap();
    }

    async fn job(&self, id: JobId) -> Option<Job> {
        self.store.job(id).await.unwrap()
    }

    /// The names of the files that are kept of a job.
    async fn files(&self, id: JobId) -> Vec<String> {
        let files = self.evidence.of(id).await.unwrap();
        let names = files.iter().filter_map(|path| path.split('/').next_back());
        names.map(str::to_owned).collect()
    }
}

fn account() -> AccountKey {
    AccountKey {
        portal: PortalName::new("practice").unwrap(),
        account: AccountName::new("broker").unwrap(),
    }
}

fn new_job(case: u128, now: Timestamp) -> Job {
    Job {
        id: JobId::new(now, case),
        portal: account().portal,
        flow: FlowName::new("motor").unwrap(),
        account: account().account,
        caller_id: CallerId::new(format!("record-{case}")).unwrap(),
        business_key: Some(BusinessKey::new(format!("chassis {case}")).unwrap()),
        label: "Asha Example".to_owned(),
        record: json!({ "chassisNumber": case.to_string() }),
        created_at: now,
        attempts: 0,
        fence: FencingToken::default(),
        state: JobState::Pending { due_at: now },
    }
}

#[tokio::test]
async fn each_thing_goes_when_its_own_time_is_over() {
    let mut house = House::new();
    let filed = house.ended(1, true).await;
    let unfiled = house.ended(2, false).await;
    house.days_later(9).await;
    assert_eq!(house.files(filed).await, ["call-log.txt", "schedule.pdf"]);

    house.days_later(2).await;
    for id in [filed, unfiled] {
        assert_eq!(house.files(id).await, ["schedule.pdf"]);
        assert_eq!(house.job(id).await.unwrap().label, "Asha Example");
    }

    house.days_later(10).await;
    let forgotten = house.job(filed).await.unwrap();
    assert_eq!(
        (forgotten.label.as_str(), forgotten.record.is_null()),
        ("", true)
    );
    assert!(forgotten.receipt().is_some() && forgotten.holds_business_key());
    assert!(house.files(filed).await.is_empty());
    assert_eq!(house.job(unfiled).await.unwrap().label, "Asha Example");

    house.days_later(10).await;
    assert!(house.job(unfiled).await.is_none());
    assert!(house.files(unfiled).await.is_empty());
    assert!(
        house.job(filed).await.is_some(),
        "what was filed is known for ever"
    );
}

#[tokio::test]
async fn another_process_goes_on_where_one_stopped() {
    let mut house = House::new();
    let old = house.ended(1, true).await;
    house.days_later(11).await;
    house.restart();
    let young = house.ended(2, true).await;
    house.days_later(11).await;
    assert!(house.job(old).await.unwrap().forgotten_at().is_some());
    assert_eq!(house.files(young).await, ["schedule.pdf"]);
}

#[tokio::test]
async fn more_than_one_page_of_jobs_goes_in_one_round() {
    let mut house = House::new();
    for case in 0..501 {
        house.ended(case, false).await;
    }
    house.days_later(31).await;
    assert_eq!(house.store.stats().await.unwrap().total(), 0);
}

#[tokio::test]
async fn it_sleeps_until_something_is_old_but_not_for_longer_than_an_hour() {
    let minutes = Duration::from_mins;
    let mut house = House::new();
    assert_eq!(house.days_later(0).await, minutes(60));
    house.ended(1, true).await;
    assert_eq!(house.days_later(0).await, minutes(60));
    house.clock.advance(DAY * 10 - SignedDuration::from_mins(7));
    assert_eq!(house.days_later(0).await, minutes(7));
    house.clock.advance(SignedDuration::from_secs(7 * 60 - 1));
    assert_eq!(house.days_later(0).await, minutes(1));
}

#[tokio::test]
async fn a_job_whose_files_cannot_be_removed_stays_and_holds_up_no_other() {
    let mut house = House::new();
    let stuck = house.ended(1, false).await;
    let other = house.ended(2, false).await;
    // A file stands where the folder was.
    let folder = house.folder.path().join(format!("evidence/{stuck}"));
    std::fs::remove_dir_all(&folder).unwrap();
    std::fs::write(&folder, "").unwrap();
    house.days_later(31).await;
    assert!(house.job(stuck).await.is_some());
    assert!(house.job(other).await.is_none());
    std::fs::remove_file(&folder).unwrap();
    house.days_later(0).await;
    assert!(house.job(stuck).await.is_none());
}
