//! What the chain says of a store that nobody has touched.

use formhand_domain::JobEvent;
use formhand_store::{Bond, Content, Deed, Kept, KeptHead, verify};
use jiff::Timestamp;
use tokio::task::JoinSet;

use super::support::{cancelled, forgiven, head, links, lived, proof, prove};
use crate::{
    backend::{Backend, on_every_backend},
    given::{self, at, person, record, submitted},
};

on_every_backend! {
    every_entry_and_act_is_a_link_and_all_of_them_hold,
    nothing_that_happened_is_an_empty_chain_that_holds,
    what_a_removed_job_said_is_gone_and_its_links_stay,
    a_head_that_was_kept_is_found_again_whatever_happens_later,
    several_writers_make_one_chain,
    a_page_of_links_is_no_longer_than_asked_for,
    acts_are_no_entries_of_jobs,
    a_job_that_changes_its_mind_is_not_removed,
}

async fn every_entry_and_act_is_a_link_and_all_of_them_hold(backend: &dyn Backend) {
    let store = backend.open().await;
    lived(&*store).await;
    let verified = proof(&*store).await.unwrap();
    assert_eq!(verified.head, store.head().await.unwrap());
    assert_eq!((verified.entries, verified.removed), (15, 2));
    assert_eq!(verified.begun_at, None);
    let links = links(&*store).await;
    assert!(links.iter().map(|link| link.seq).eq(1..=15));
    let told = store.audit_after(0, 100).await.unwrap();
    let jobs = links.iter().filter_map(|link| match &link.kept {
        Kept::Whole {
            content: Content::Job(entry),
            ..
        } => Some((**entry).clone()),
        _ => None,
    });
    assert_eq!(told, jobs.collect::<Vec<_>>());
}

async fn nothing_that_happened_is_an_empty_chain_that_holds(backend: &dyn Backend) {
    let store = backend.open().await;
    assert_eq!(store.head().await.unwrap(), None);
    let verified = proof(&*store).await.unwrap();
    assert_eq!((verified.head, verified.entries), (None, 0));
    assert!(store.links(0, 0).await.unwrap().is_empty());
}

async fn what_a_removed_job_said_is_gone_and_its_links_stay(backend: &dyn Backend) {
    let store = backend.open().await;
    let id = cancelled(&*store, "one").await;
    let before: Vec<Option<Bond>> = links(&*store).await.iter().map(|link| link.bond).collect();
    assert!(store.remove(id, Timestamp::MAX, at(9)).await.unwrap());
    let after = links(&*store).await;
    assert!(after[..2].iter().all(|link| link.kept == Kept::Removed));
    assert!(after[..2].iter().map(|link| link.bond).eq(before));
    let Kept::Whole {
        content: Content::Act(act),
        ..
    } = &after[2].kept
    else {
        panic!("{:?} is no act", after[2]);
    };
    assert_eq!(act.at, at(9));
    assert!(
        matches!(&act.deed, Deed::RemoveJob { job, entries } if *job == id && entries.to_string() == "1-2")
    );
    assert_eq!(proof(&*store).await.unwrap().removed, 2);
}

async fn a_head_that_was_kept_is_found_again_whatever_happens_later(backend: &dyn Backend) {
    let store = backend.open().await;
    let id = cancelled(&*store, "one").await;
    let kept = head(&*store).await;
    store.note(forgiven()).await.unwrap();
    assert!(store.remove(id, Timestamp::MAX, at(9)).await.unwrap());
    let text = kept.to_string();
    for text in [text.as_str(), text.split_once(':').unwrap().1] {
        let kept: KeptHead = text.parse().unwrap();
        assert!(prove(&*store, Some(kept)).await.is_ok(), "{text}");
    }
}

async fn several_writers_make_one_chain(backend: &dyn Backend) {
    let mut writers = JoinSet::new();
    for writer in 0..4 {
        let store = backend.open().await;
        writers.spawn(async move {
            for case in 0..8 {
                submitted(&*store, record(&format!("{writer}-{case}"))).await;
                store.note(forgiven()).await.unwrap();
            }
            store.close().await.unwrap();
        });
    }
    writers.join_all().await;
    let store = backend.open().await;
    assert_eq!(proof(&*store).await.unwrap().entries, 64);
}

async fn a_page_of_links_is_no_longer_than_asked_for(backend: &dyn Backend) {
    let store = backend.open().await;
    lived(&*store).await;
    let all = links(&*store).await;
    let mut read = Vec::new();
    loop {
        let last = read
            .last()
            .map_or(0, |link: &formhand_store::Link| link.seq);
        let page = store.links(last, 4).await.unwrap();
        assert!(page.len() <= 4);
        if page.is_empty() {
            break;
        }
        read.extend(page);
    }
    assert_eq!(read, all);
    let mut seen = 0;
    verify(&*store, None, |_| seen += 1).await.unwrap().unwrap();
    assert_eq!(seen, all.len());
}

async fn acts_are_no_entries_of_jobs(backend: &dyn Backend) {
    let store = backend.open().await;
    store.note(forgiven()).await.unwrap();
    let job = given::claimed(&*store, "one").await;
    store.note(forgiven()).await.unwrap();
    let numbers = |entries: Vec<formhand_store::AuditEntry>| -> Vec<u64> {
        entries.iter().map(|entry| entry.seq).collect()
    };
    assert_eq!(numbers(store.audit_after(0, 10).await.unwrap()), [2, 3]);
    assert_eq!(numbers(store.audit_before(None, 10).await.unwrap()), [3, 2]);
    assert_eq!(numbers(store.history(job.id, 10).await.unwrap()), [2, 3]);
    assert_eq!(store.stats().await.unwrap().total(), 1);
}

async fn a_job_that_changes_its_mind_is_not_removed(backend: &dyn Backend) {
    let store = backend.open().await;
    let id = cancelled(&*store, "one").await;
    let retry = store.apply(id, person(), JobEvent::Retry, at(3));
    retry.await.unwrap();
    let before = head(&*store).await;
    assert!(!store.remove(id, Timestamp::MAX, at(9)).await.unwrap());
    assert_eq!(head(&*store).await, before);
}
