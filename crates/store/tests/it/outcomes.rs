//! How jobs ended, by hour, and counts by account.

use formhand_domain::{JobEvent, PortalName, Status, Writer};
use formhand_store::{HourOutcomes, Store};
use jiff::{SignedDuration, Timestamp};

use mongodb::{
    Client, Collection,
    bson::{Document, doc},
};

use crate::{
    backend::{Backend, Mongo, on_every_backend},
    given::{
        self, account, account_named, at, but, fail, invalid, passing, person, record, say,
        submitted,
    },
};

on_every_backend! {
    a_job_counts_in_the_hour_of_its_end,
    a_job_that_is_tried_again_counts_where_it_ends_last,
    what_is_forgotten_or_removed_has_ended_all_the_same,
    counts_are_by_account_and_portal_too,
    counts_are_those_of_the_jobs_after_every_kind_of_change,
    many_servers_at_once_leave_the_counts_right,
}

const HOUR: i64 = 3_600;

async fn all(store: &dyn Store) -> Vec<HourOutcomes> {
    store.outcomes(at(-9 * HOUR), at(99 * HOUR)).await.unwrap()
}

fn ended(hour: i64, status: Status, jobs: u64) -> HourOutcomes {
    HourOutcomes {
        hour: at(hour * HOUR),
        portal: account().portal,
        status,
        jobs,
    }
}

async fn cancel(store: &dyn Store, case: &str, second: i64) -> formhand_domain::JobId {
    let id = submitted(store, record(case)).await;
    let reason = String::new();
    let cancel = store.apply(id, person(), JobEvent::Cancel { reason }, at(second));
    cancel.await.unwrap();
    id
}

async fn a_job_counts_in_the_hour_of_its_end(backend: &dyn Backend) {
    let store = backend.open().await;
    assert_eq!(all(&*store).await, []);
    cancel(&*store, "one", 5).await;
    cancel(&*store, "two", HOUR - 1).await;
    cancel(&*store, "three", 2 * HOUR).await;
    submitted(&*store, invalid("four")).await;
    submitted(&*store, record("alive")).await;
    let elsewhere = but(invalid("five"), |job| {
        job.portal = PortalName::new("garden").unwrap();
    });
    submitted(&*store, elsewhere).await;
    let garden = HourOutcomes {
        portal: PortalName::new("garden").unwrap(),
        ..ended(0, Status::FailedValidation, 1)
    };
    let first = [
        garden,
        ended(0, Status::FailedValidation, 1),
        ended(0, Status::Cancelled, 2),
    ];
    let last = ended(2, Status::Cancelled, 1);
    let whole: Vec<_> = first.iter().cloned().chain([last.clone()]).collect();
    assert_eq!(all(&*store).await, whole);
    assert_eq!(store.outcomes(at(1800), at(7200)).await.unwrap(), first);
    assert_eq!(store.outcomes(at(3600), at(7201)).await.unwrap(), [last]);
    assert_eq!(store.outcomes(at(0), at(0)).await.unwrap(), []);
}

async fn a_job_that_is_tried_again_counts_where_it_ends_last(backend: &dyn Backend) {
    let store = backend.open().await;
    let id = cancel(&*store, "one", 5).await;
    assert_eq!(all(&*store).await, [ended(0, Status::Cancelled, 1)]);
    store
        .apply(id, person(), JobEvent::Retry, at(6))
        .await
        .unwrap();
    assert_eq!(all(&*store).await, []);
    let reason = String::new();
    let again = store.apply(id, person(), JobEvent::Cancel { reason }, at(HOUR + 7));
    again.await.unwrap();
    assert_eq!(all(&*store).await, [ended(1, Status::Cancelled, 1)]);
}

async fn what_is_forgotten_or_removed_has_ended_all_the_same(backend: &dyn Backend) {
    let store = backend.open().await;
    let filed = given::completed(&*store, "filed").await;
    let id = cancel(&*store, "removed", 5).await;
    let forget = store.apply(filed.id, Writer::Queue, JobEvent::Forget, at(2 * HOUR));
    forget.await.unwrap();
    assert!(store.remove(id, Timestamp::MAX, at(9)).await.unwrap());
    let both = [
        ended(0, Status::Completed, 1),
        ended(0, Status::Cancelled, 1),
    ];
    assert_eq!(all(&*store).await, both);
    let stats = store.stats().await.unwrap();
    assert_eq!((stats.total(), stats.by_status[&Status::Completed]), (1, 1));
    assert_eq!(stats.by_account[&account()].total(), 1);
    let later = backend.open().await;
    assert_eq!(later.stats().await.unwrap(), stats);
    assert_eq!(all(&*later).await, both);
}

async fn counts_are_by_account_and_portal_too(backend: &dyn Backend) {
    let store = backend.open().await;
    given::completed(&*store, "filed").await;
    let of_agent = |case| {
        but(record(case), |job| {
            job.account = account_named("agent").account;
        })
    };
    submitted(&*store, of_agent("one")).await;
    submitted(
        &*store,
        but(of_agent("two"), |job| {
            job.portal = PortalName::new("garden").unwrap();
        }),
    )
    .await;
    let stats = store.stats().await.unwrap();
    let names: Vec<String> = stats.by_account.keys().map(ToString::to_string).collect();
    assert_eq!(names, ["garden/agent", "practice/agent", "practice/broker"]);
    let broker = &stats.by_account[&account()];
    assert_eq!((broker.total(), broker.success_rate()), (1, Some(1.0)));
    assert!(broker.by_status.keys().eq(Status::ALL));
    let by_portal = stats.by_portal();
    assert_eq!(by_portal[&account().portal].total(), 2);
    assert_eq!(by_portal[&account().portal].by_status[&Status::Pending], 1);
    assert_eq!(stats.total(), 3);
}

/// By the jobs themselves.
async fn assert_counted(store: &dyn Store) {
    let stats = store.stats().await.unwrap();
    let page = store
        .jobs(formhand_store::JobFilter::default(), None, 500)
        .await
        .unwrap();
    for status in Status::ALL {
        let jobs = page
            .jobs
            .iter()
            .filter(|job| job.status() == *status)
            .count();
        assert_eq!(stats.by_status[status], jobs as u64, "{status}");
    }
    let waiting = page
        .jobs
        .iter()
        .filter(|job| job.status() == Status::FailedLoginForm && job.due_at().is_some());
    assert_eq!(stats.waiting_for_retry, waiting.count() as u64);
    let by_account: u64 = stats
        .by_account
        .values()
        .map(formhand_store::Counts::total)
        .sum();
    assert_eq!(by_account, stats.total());
    let finished = page
        .jobs
        .iter()
        .filter(|job| job.finished_at().is_some())
        .count();
    let ended: u64 = all(store).await.iter().map(|outcome| outcome.jobs).sum();
    assert_eq!(ended, finished as u64);
}

async fn counts_are_those_of_the_jobs_after_every_kind_of_change(backend: &dyn Backend) {
    let store = backend.open().await;
    let store = &*store;
    let id = submitted(store, record("held")).await;
    assert_counted(store).await;
    for event in [JobEvent::Hold, JobEvent::Unhold] {
        store.apply(id, person(), event, at(1)).await.unwrap();
        assert_counted(store).await;
    }
    let job = store.claim(given::request(1)).await.unwrap().unwrap();
    assert_counted(store).await;
    say(store, &job, JobEvent::EnterForm).await;
    let waits = say(store, &job, fail(passing())).await;
    assert_counted(store).await;
    assert_eq!(store.stats().await.unwrap().waiting_for_retry, 1);
    let due = waits.due_at().unwrap();
    let mut request = given::request(0);
    request.now = due + SignedDuration::from_secs(1);
    let again = store.claim(request).await.unwrap().unwrap();
    assert_counted(store).await;
    let expires_at = due + SignedDuration::from_secs(500);
    let renewed = store.apply(
        again.id,
        given::worker(&again),
        JobEvent::Renew { expires_at },
        due,
    );
    renewed.await.unwrap();
    assert_counted(store).await;
    let failed = store.apply(
        again.id,
        given::worker(&again),
        fail(formhand_domain::Failure::new(
            formhand_domain::FailureCode::Internal,
            "x",
        )),
        due,
    );
    failed.await.unwrap();
    assert_counted(store).await;
    let unknown = given::crossed(store, "unknown").await;
    say(store, &unknown, fail(passing())).await;
    assert_counted(store).await;
    submitted(store, record("held")).await;
    submitted(store, invalid("invalid")).await;
    given::completed(store, "completed").await;
    assert_counted(store).await;
}

async fn many_servers_at_once_leave_the_counts_right(backend: &dyn Backend) {
    let mut servers = Vec::new();
    for _ in 0..3 {
        servers.push(backend.open().await);
    }
    let mut working = tokio::task::JoinSet::new();
    for (number, store) in servers.iter().cloned().enumerate() {
        working.spawn(async move {
            for case in 0..20 {
                let id = cancel(&*store, &format!("{number}-{case}"), 5).await;
                store.stats().await.unwrap();
                match case % 3 {
                    0 => drop(
                        store
                            .apply(id, person(), JobEvent::Retry, at(6))
                            .await
                            .unwrap(),
                    ),
                    1 => assert!(store.remove(id, Timestamp::MAX, at(9)).await.unwrap()),
                    _ => {}
                }
            }
        });
    }
    while let Some(done) = working.join_next().await {
        done.unwrap();
    }
    for store in &servers {
        let stats = store.stats().await.unwrap();
        assert_eq!(stats.by_status[&Status::Pending], 21);
        assert_eq!(stats.by_status[&Status::Cancelled], 18);
        assert_eq!(stats.total(), 39);
        assert_eq!(all(&**store).await, [ended(0, Status::Cancelled, 39)]);
    }
}

/// Resolves when the counts are up to the entry of this number.
async fn until_folded(counts: &Collection<Document>, upto: i64) -> Document {
    loop {
        let found = counts.find_one(doc! { "upto": { "$gte": upto } });
        if let Some(found) = found.await.unwrap() {
            return found;
        }
        // The database gives no signal of it.
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_a_fold_that_broke_off_has_put_into_an_hour_is_not_put_in_twice() {
    let mongo = Mongo::new().await;
    let store = mongo.open().await;
    let database = Client::with_uri_str(mongo.url()).await.unwrap();
    let database = database.default_database().unwrap();
    let counts = database.collection::<Document>("counts");
    let mut before = until_folded(&counts, 0).await;
    for case in 0..3 {
        cancel(&*store, &case.to_string(), 5).await;
    }
    let folded = until_folded(&counts, 6).await;
    let revision = folded.get_i64("revision").unwrap() + 1;
    // As it is when the hours are written and the counts are not.
    before.insert("revision", revision);
    counts.replace_one(doc! {}, before).await.unwrap();
    for _ in 0..2 {
        assert_eq!(all(&*store).await, [ended(0, Status::Cancelled, 3)]);
        assert_eq!(store.stats().await.unwrap().total(), 3);
        until_folded(&counts, 6).await;
    }
}
