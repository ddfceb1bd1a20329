//! What was moved is all there, and goes on where it was.

use std::sync::Mutex;

use formhand_domain::{
    FencingToken, Generation, JobEvent, RecoveryRule, RetryPolicy, Status, Writer,
    account::{BudgetRefusal, LoginResult, SessionEvent, SessionHappening},
};
use formhand_store::{
    CopyPart, MongoStore, SessionHistoryFilter, SqliteStore, Store, Submitted, copy,
};
use jiff::SignedDuration;

use super::{
    filled::{BUDGET, renewed},
    place::Place,
    same::assert_same,
};
use crate::{
    backend::{Mongo, Sqlite},
    given::{self, account, account_named, at, record, request, with_key},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn all_that_was_in_the_file_is_in_the_database() {
    let place = Place::new().await;
    let told = Mutex::new(Vec::new());
    let tell = |progress| told.lock().unwrap().push(progress);
    let copied = copy(&place.source(), &place.url, at(20), &tell).await;
    let copied = copied.unwrap();

    let (before, target) = (place.before(), place.target().await);
    let stats = before.stats().await.unwrap();
    assert_eq!(copied.jobs, stats.total());
    let audit = before.audit_after(0, 10_000).await.unwrap();
    assert_eq!(copied.audit_entries, audit.len() as u64);
    assert_eq!((copied.sessions, copied.questions), (2, 1));
    assert_eq!((copied.logins, copied.session_events), (8, 60));
    assert!(copied.to.ends_with(&place.database()), "{}", copied.to);
    assert!(!copied.was_whole);
    let told = told.into_inner().unwrap();
    let parts: Vec<CopyPart> = told.iter().map(|progress| progress.part).collect();
    assert!(parts.is_sorted(), "{parts:?}");
    assert!(told.iter().all(|progress| progress.done <= progress.total));
    assert_same(&before, &target).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_is_handed_in_again_is_known() {
    let place = Place::new().await;
    place.copy().await.unwrap();
    let target = place.target().await;
    for case in ["completed", "forgotten", "crossed", "searched for in vain"] {
        let again = target.submit(record(case)).await.unwrap();
        assert!(matches!(again, Submitted::Duplicate { .. }), "{case}");
    }
    let waiting = target.submit(with_key(record("other"), "call-waiting"));
    assert!(matches!(waiting.await.unwrap(), Submitted::Replayed(_)));
    let twin = target.submit(with_key(record("other"), "call-twin"));
    let Submitted::Replayed(twin) = twin.await.unwrap() else {
        panic!("the call was made before");
    };
    let twin = target.job(twin).await.unwrap().unwrap();
    assert_eq!(twin.status(), Status::FailedDuplicate);
    assert_eq!(twin.business_key, record("completed").job.business_key);
    // What was not filed may be handed in anew.
    let anew = target.submit(record("cancelled")).await.unwrap();
    assert!(matches!(anew, Submitted::Stored(_)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn numbers_and_tokens_go_on_where_they_were() {
    let place = Place::new().await;
    let before = place.before();
    let next = given::submitted(&before, record("next")).await;
    let expected = before.history(next, 1).await.unwrap()[0].seq;
    place.copy().await.unwrap();
    let target = place.target().await;
    let next = given::submitted(&target, record("next")).await;
    assert_eq!(target.history(next, 1).await.unwrap()[0].seq, expected);

    let event = SessionEvent {
        at: at(40),
        generation: Generation(2),
        what: SessionHappening::LoggedIn {
            duration_ms: 1,
            tries: 1,
        },
    };
    target.record_session(&account(), event).await.unwrap();
    let all = SessionHistoryFilter::default();
    let events = target.session_history(all, None, 2).await.unwrap();
    assert_eq!((events[0].seq, events[1].seq), (61, 60));

    let token = given::kept(&target, "node-b", 30).await;
    assert_eq!(token, FencingToken(2));
    let session = given::logged_in(&target, Some(token)).await;
    assert_eq!(session.generation.0, 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_a_dead_server_had_is_taken_over_and_what_waits_is_worked_on() {
    let place = Place::new().await;
    place.copy().await.unwrap();
    let target = place.target().await;
    let mut full = request(20);
    full.accounts[0].max_parallel = 4;
    assert!(target.claim(full.clone()).await.unwrap().is_none());
    full.accounts[0].max_parallel = 5;
    full.accounts[0].pace = Some(SignedDuration::from_secs(21));
    assert!(target.claim(full.clone()).await.unwrap().is_none());
    full.accounts[0].pace = None;
    let claimed = target.claim(full.clone()).await.unwrap().unwrap();
    assert!(renewed(&target, &claimed).await);
    assert!(target.claim(full).await.unwrap().is_none());

    let mut outcomes = Vec::new();
    for job in target.expired(at(400), 100).await.unwrap() {
        let ended = JobEvent::LeaseEnded {
            retry: RetryPolicy::default(),
            random: 0.5,
            rule: RecoveryRule::Expired,
        };
        let recovered = target.apply(job.id, Writer::Queue, ended, at(400)).await;
        outcomes.push(recovered.unwrap().status());
    }
    outcomes.sort_unstable();
    let mut expected = [
        Status::FailedLoginForm,
        Status::FailedLoginForm,
        Status::NeedsReview,
        Status::FailedPostSubmission,
    ];
    expected.sort_unstable();
    assert_eq!(outcomes, expected);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_refused_password_stays_refused_and_the_budget_stays_spent() {
    let place = Place::new().await;
    place.copy().await.unwrap();
    let target = place.target().await;
    let much_later = at(90 * 24 * 3600);
    let locked_out = account_named("locked-out");
    let refused = target.begin_login(&locked_out, None, "p1", BUDGET, much_later);
    let refused = refused.await.unwrap();
    assert!(matches!(refused, Err(BudgetRefusal::RefusedBefore { .. })));
    let spent = account_named("spent");
    let spent = target.begin_login(&spent, None, "p1", BUDGET, at(30));
    let spent = spent.await.unwrap();
    assert!(matches!(spent, Err(BudgetRefusal::Spent { used: 3, .. })));
    let begun = account_named("begun");
    let ticket = target.begin_login(&begun, None, "p1", BUDGET, at(30));
    let ticket = ticket.await.unwrap().unwrap();
    let session = target.finish_login(&begun, ticket, LoginResult::Succeeded, at(31));
    assert_eq!(session.await.unwrap().generation.0, 1);
    let second = target.begin_login(&begun, None, "p1", BUDGET, at(32));
    second.await.unwrap().unwrap();
    let fourth = target.begin_login(&begun, None, "p1", BUDGET, at(33));
    assert!(fourth.await.unwrap().is_err(), "one was begun before");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_store_with_nothing_in_it_is_moved_too() {
    let (sqlite, mongo) = (Sqlite::new(), Mongo::new().await);
    let store = SqliteStore::open(sqlite.path()).unwrap();
    store.close().await.unwrap();
    let copied = copy(&sqlite.path(), mongo.url(), at(0), &|_| ()).await;
    assert_eq!(copied.unwrap().jobs, 0);
    let target = MongoStore::open(mongo.url(), at(0));
    let target = target.await.unwrap();
    let first = given::submitted(&target, record("first")).await;
    assert_eq!(target.history(first, 1).await.unwrap()[0].seq, 1);
}
