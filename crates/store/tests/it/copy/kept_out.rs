//! Who had one of the two stores open before it was moved changes nothing any more.

use std::sync::Mutex;

use formhand_domain::{JobEvent, Status};
use formhand_store::{
    CopyError, CopyPart, JobFilter, Progress, SqliteStore, Store, StoreError, StorePlace, copy,
};
use tokio::sync::{mpsc, oneshot};

use super::{
    filled::BUDGET,
    place::Place,
    same::{assert_same, jobs_that_are},
};
use crate::given::{self, account_named, at, person, record, request, submitted};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_file_that_was_moved_is_opened_by_nobody() {
    let place = Place::new().await;
    place.copy().await.unwrap();
    let refused = SqliteStore::open(place.source()).err().unwrap();
    let StoreError::Moved { to, at: moved_at } = &refused else {
        panic!("{refused}");
    };
    assert_eq!(*moved_at, at(20));
    let place_of_file = StorePlace::Sqlite(place.source());
    assert_eq!(place_of_file.schema().await.as_ref(), Err(&refused));
    assert!(to.ends_with(&place.database()), "{to}");
    insta::assert_snapshot!(refused.to_string().replace(to, "HOST/DATABASE"), @"the store was moved to HOST/DATABASE on 2026-01-05T09:00:20Z, and nobody works in it any more");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn who_had_the_file_open_files_nothing_any_more() {
    let place = Place::new().await;
    let early = SqliteStore::open(place.source()).unwrap();
    let mine = early.claim(request(1)).await.unwrap().unwrap();
    place.copy().await.unwrap();
    assert!(early.submit(record("late")).await.is_err());
    assert!(early.claim(request(1)).await.is_err());
    let going_on = early.apply(mine.id, given::worker(&mine), JobEvent::EnterForm, at(2));
    assert!(going_on.await.is_err());
    let new = account_named("new");
    let login = early.begin_login(&new, None, "p1", BUDGET, at(2));
    assert!(login.await.is_err());
    let target = place.target().await;
    let copied = target.job(mine.id).await.unwrap().unwrap();
    assert_eq!(copied.status(), Status::Processing);
}

/// A copy that stands still in the middle until it is let go on.
struct Halted {
    at_the_audit: mpsc::UnboundedReceiver<()>,
    go_on: oneshot::Sender<()>,
    copy: tokio::task::JoinHandle<Result<(), CopyError>>,
}

impl Halted {
    fn start(place: &Place) -> Self {
        let (arrived, at_the_audit) = mpsc::unbounded_channel();
        let (go_on, let_go) = oneshot::channel();
        let let_go = Mutex::new(Some(let_go));
        let (from, to) = (place.source(), place.url.clone());
        let tell = move |progress: Progress| {
            if progress.part == CopyPart::Audit
                && let Some(let_go) = let_go.lock().unwrap().take()
            {
                arrived.send(()).unwrap();
                // Whoever drops it lets it go on too.
                let _ = tokio::task::block_in_place(|| let_go.blocking_recv());
            }
        };
        let copy = tokio::spawn(async move { copy(&from, &to, at(20), &tell).await.map(|_| ()) });
        Self {
            at_the_audit,
            go_on,
            copy,
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn who_has_the_database_open_does_nothing_while_it_is_filled() {
    let place = Place::new().await;
    let early = place.target().await;
    let mut halted = Halted::start(&place);
    halted.at_the_audit.recv().await.unwrap();
    let seen = early.jobs(JobFilter::default(), None, 50).await.unwrap();
    assert_eq!(seen.jobs.len(), 50, "it sees them");
    assert!(early.submit(record("early")).await.is_err());
    let waiting = early.claim(request(1)).await;
    assert!(waiting.is_err(), "it could file what the source files too");
    let held = jobs_that_are(&early, Status::OnHold).await[0].id;
    let unhold = early.apply(held, person(), JobEvent::Unhold, at(2));
    assert!(unhold.await.is_err());
    let new = account_named("new");
    let login = early.begin_login(&new, None, "p1", BUDGET, at(2));
    assert!(login.await.is_err());

    halted.go_on.send(()).unwrap();
    let copied = halted.copy.await.unwrap();
    // What the claim has noted before its job refused it.
    insta::assert_snapshot!(copied.unwrap_err(), @r#"the target: the store failed: something else writes into its collection "claims""#);
    assert_eq!(place.opens().await, (true, false));
    place.copy().await.unwrap();
    assert_same(&place.before(), &place.target().await).await;
    submitted(&early, record("early")).await;
}
