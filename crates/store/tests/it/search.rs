//! Jobs of unknown outcome that the portal is searched for.

use formhand_domain::{FlowName, JobEvent, PortalName, Settlement, Status, Undone, Writer};
use formhand_store::Store;

use crate::{
    backend::{Backend, on_a_sealed_database, on_every_backend},
    given::{self, at, fail, passing, receipt, worker},
};

on_every_backend! {
    only_jobs_of_unknown_outcome_are_searched_for_the_first_due_first,
    a_search_that_is_over_leaves_the_job_to_a_person,
    what_is_settled_is_not_searched_for,
}

on_a_sealed_database! {
    only_jobs_of_unknown_outcome_are_searched_for_the_first_due_first,
}

fn flows(job: &formhand_domain::Job) -> Vec<(PortalName, FlowName)> {
    vec![(job.portal.clone(), job.flow.clone())]
}

async fn unknown(store: &dyn Store, case: &str, second: i64) -> formhand_domain::Job {
    let job = given::armed(store, case).await;
    let failed = store.apply(job.id, worker(&job), fail(passing()), at(second));
    failed.await.unwrap()
}

fn searcher(job: &formhand_domain::Job) -> Writer {
    Writer::Searcher { token: job.fence }
}

async fn only_jobs_of_unknown_outcome_are_searched_for_the_first_due_first(backend: &dyn Backend) {
    let store = backend.open().await;
    let later = unknown(&*store, "later", 5).await;
    let first = unknown(&*store, "first", 3).await;
    given::armed(&*store, "at work").await;
    let found = store.to_search(&flows(&first), 10).await.unwrap();
    let ids: Vec<_> = found.iter().map(|job| job.id).collect();
    assert_eq!(ids, [first.id, later.id]);
    assert_eq!(found[0].search_at(), Some(at(3)));
    assert_eq!(store.to_search(&flows(&first), 1).await.unwrap().len(), 1);
    let other = vec![(first.portal.clone(), FlowName::new("other").unwrap())];
    assert!(store.to_search(&other, 10).await.unwrap().is_empty());
}

async fn a_search_that_is_over_leaves_the_job_to_a_person(backend: &dyn Backend) {
    let store = backend.open().await;
    let job = unknown(&*store, "one", 3).await;
    let ended = JobEvent::SearchEnded {
        next_at: None,
        said: "it is not in the list".into(),
    };
    let job = store
        .apply(job.id, searcher(&job), ended, at(4))
        .await
        .unwrap();
    assert_eq!(job.status(), Status::NeedsReview);
    assert!(store.to_search(&flows(&job), 10).await.unwrap().is_empty());
    let wished = given::person();
    store
        .apply(job.id, wished, JobEvent::Verify, at(5))
        .await
        .unwrap();
    assert_eq!(store.to_search(&flows(&job), 10).await.unwrap().len(), 1);
}

async fn what_is_settled_is_not_searched_for(backend: &dyn Backend) {
    let store = backend.open().await;
    let job = unknown(&*store, "one", 3).await;
    let settlement = Settlement::Filed {
        receipt: receipt(),
        undone: Undone::Nothing,
    };
    let settle = JobEvent::Settle { settlement };
    let settled = store
        .apply(job.id, searcher(&job), settle, at(4))
        .await
        .unwrap();
    assert_eq!(settled.status(), Status::Completed);
    assert!(store.to_search(&flows(&job), 10).await.unwrap().is_empty());
}
