//! Finding jobs by their words.

use formhand_domain::{Job, JobEvent, JobId, Receipt, Writer};
use formhand_store::{JobFilter, SearchText, Store};
use jiff::Timestamp;

use crate::{
    backend::{Backend, on_a_sealed_database, on_every_backend, on_every_plain_backend},
    given::{self, at, but, person, record, say, submitted},
};

on_every_backend! {
    what_was_forgotten_or_removed_is_not_found,
    another_handle_and_a_later_one_find_the_same,
    a_page_goes_on_behind_a_job_that_is_gone,
}

on_a_sealed_database! {
    what_was_forgotten_or_removed_is_not_found,
    another_handle_and_a_later_one_find_the_same,
}

on_every_plain_backend! {
    a_job_is_found_by_label_caller_id_business_key_and_receipt,
    every_word_counts_and_its_beginning_is_enough,
    a_change_is_found_at_once_among_hundreds_that_follow,
}

async fn found(store: &dyn Store, text: &str) -> Vec<JobId> {
    let filter = JobFilter {
        text: Some(SearchText::new(text).unwrap()),
        ..JobFilter::default()
    };
    let (mut ids, mut after) = (Vec::new(), None);
    loop {
        let page = store.jobs(filter.clone(), after, 3).await.unwrap();
        ids.extend(page.jobs.iter().map(|job| job.id));
        after = page.next;
        if after.is_none() {
            return ids;
        }
    }
}

async fn filed(store: &dyn Store, case: &str, number: &str) -> Job {
    let job = given::crossed(store, case).await;
    let receipt = Receipt([("proposal".to_owned(), number.to_owned())].into());
    say(store, &job, JobEvent::Receive { receipt }).await
}

async fn cancelled(store: &dyn Store, case: &str) -> JobId {
    let id = submitted(store, record(case)).await;
    let reason = String::new();
    let cancel = store.apply(id, person(), JobEvent::Cancel { reason }, at(1));
    cancel.await.unwrap();
    id
}

async fn a_job_is_found_by_label_caller_id_business_key_and_receipt(backend: &dyn Backend) {
    let store = backend.open().await;
    let job = filed(&*store, "m4", "PROP/2026-0042").await;
    submitted(&*store, record("another")).await;
    let caller_id = job.caller_id.to_string();
    for text in [
        "m4",
        "asha m4",
        "chassis m4",
        &caller_id,
        "prop",
        "2026-0042",
        "prop m4 chass",
    ] {
        assert_eq!(found(&*store, text).await, [job.id], "{text}");
    }
    assert_eq!(found(&*store, "PROP/2026-0042").await, [job.id]);
    assert_eq!(found(&*store, "asha").await.len(), 2);
}

async fn every_word_counts_and_its_beginning_is_enough(backend: &dyn Backend) {
    let store = backend.open().await;
    let of = |label: &str| but(record(label), |job| label.clone_into(&mut job.label));
    let first = submitted(&*store, of("Meera Krishnamoorthy-Iyer")).await;
    let second = submitted(&*store, of("Meera Iyengar")).await;
    assert_eq!(found(&*store, "meera iye").await, [second, first]);
    assert_eq!(found(&*store, "iyer").await, [first]);
    assert_eq!(found(&*store, "KRISHNAMOORTH").await, [first]);
    assert_eq!(found(&*store, "krishnamoorthys").await, []);
    assert_eq!(found(&*store, "eera").await, []);
    assert_eq!(found(&*store, "m i").await, [second, first]);
}

async fn what_was_forgotten_or_removed_is_not_found(backend: &dyn Backend) {
    let store = backend.open().await;
    let job = filed(&*store, "old", "P-77").await;
    let event = JobEvent::Complete {
        optional_failure: None,
    };
    say(&*store, &job, event).await;
    let removed = cancelled(&*store, "old two").await;
    assert_eq!(found(&*store, "old").await, [removed, job.id]);
    let forgetting = store.apply(job.id, Writer::Queue, JobEvent::Forget, at(9));
    forgetting.await.unwrap();
    assert!(store.remove(removed, Timestamp::MAX, at(9)).await.unwrap());
    for text in ["old", "asha", "77", "chassis"] {
        assert_eq!(found(&*store, text).await, [], "{text}");
    }
    let exactly = JobFilter {
        caller_id: Some(job.caller_id.clone()),
        ..JobFilter::default()
    };
    let page = store.jobs(exactly, None, 5).await.unwrap();
    assert_eq!(page.jobs[0].id, job.id, "its keys stay");
}

async fn a_change_is_found_at_once_among_hundreds_that_follow(backend: &dyn Backend) {
    let store = backend.open().await;
    let early = filed(&*store, "early", "P-11").await;
    for case in 0..300 {
        submitted(&*store, record(&format!("crowd {case}"))).await;
    }
    assert_eq!(found(&*store, "early p 11").await, [early.id]);
    let event = JobEvent::Complete {
        optional_failure: None,
    };
    say(&*store, &early, event).await;
    let forgetting = store.apply(early.id, Writer::Queue, JobEvent::Forget, at(9));
    forgetting.await.unwrap();
    assert_eq!(found(&*store, "early").await, []);
    assert_eq!(found(&*store, "crowd").await.len(), 300);
    assert_eq!(found(&*store, "crowd 29").await.len(), 11);
}

async fn another_handle_and_a_later_one_find_the_same(backend: &dyn Backend) {
    let (one, other) = (backend.open().await, backend.open().await);
    let job = filed(&*one, "shared", "P-5").await;
    assert_eq!(found(&*other, "shared p").await, [job.id]);
    one.close().await.unwrap();
    other.close().await.unwrap();
    let later = backend.open().await;
    assert_eq!(found(&*later, "shared p").await, [job.id]);
}

async fn a_page_goes_on_behind_a_job_that_is_gone(backend: &dyn Backend) {
    let store = backend.open().await;
    let mut ids = Vec::new();
    for case in 0..4 {
        ids.push(cancelled(&*store, &format!("paged {case}")).await);
    }
    let filter = JobFilter {
        text: Some(SearchText::new("paged").unwrap()),
        ..JobFilter::default()
    };
    let first = store.jobs(filter.clone(), None, 2).await.unwrap();
    assert!(store.remove(ids[2], Timestamp::MAX, at(9)).await.unwrap());
    let rest = store.jobs(filter, first.next, 2).await.unwrap();
    let rest: Vec<JobId> = rest.jobs.iter().map(|job| job.id).collect();
    assert_eq!(rest, [ids[1], ids[0]]);
}
