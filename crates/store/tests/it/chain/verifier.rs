//! The proof itself, over chains of all kinds.

use formhand_store::{
    Chain as _, Deeds as _, Kept, KeptHead, Link, SqliteStore, Store as _, Verifier,
};
use proptest::prelude::*;

use super::support::{cancelled, forgiven, lived};
use crate::{backend::Sqlite, given::at};

/// A long chain of every kind of entry.
fn chain() -> Vec<Link> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.unwrap().block_on(async {
        let place = Sqlite::new();
        let store = SqliteStore::open(place.path()).unwrap();
        lived(&store).await;
        for case in 0..6 {
            let id = cancelled(&store, &format!("case {case}")).await;
            store.note(forgiven()).await.unwrap();
            if case % 2 == 0 {
                assert!(store.remove(id, jiff::Timestamp::MAX, at(9)).await.unwrap());
            }
        }
        store.links(0, 1_000).await.unwrap()
    })
}

fn holds(links: &[Link], kept: Option<KeptHead>) -> bool {
    let mut verifier = Verifier::new(kept);
    links.iter().all(|link| verifier.take(link).is_ok()) && verifier.finish().is_ok()
}

fn head(links: &[Link]) -> KeptHead {
    let last = links.last().unwrap();
    KeptHead {
        seq: Some(last.seq),
        link: last.bond.unwrap().link,
    }
}

/// One change of a chain.
#[derive(Debug, Clone)]
enum Change {
    Remove(usize),
    Swap(usize, usize),
    Repeat(usize),
    Empty(usize),
    Unbind(usize),
    OtherContent(usize, usize),
    OtherBond(usize, usize),
    Cut(usize),
}

fn change(length: usize) -> impl Strategy<Value = Change> {
    let at = || 0..length;
    prop_oneof![
        at().prop_map(Change::Remove),
        (at(), at()).prop_map(|(one, other)| Change::Swap(one, other)),
        at().prop_map(Change::Repeat),
        at().prop_map(Change::Empty),
        at().prop_map(Change::Unbind),
        (at(), at()).prop_map(|(one, other)| Change::OtherContent(one, other)),
        (at(), at()).prop_map(|(one, other)| Change::OtherBond(one, other)),
        at().prop_map(Change::Cut),
    ]
}

fn make(links: &mut Vec<Link>, change: &Change) {
    match *change {
        Change::Remove(at) => drop(links.remove(at)),
        Change::Swap(one, other) => {
            let (first, second) = (links[one].seq, links[other].seq);
            links.swap(one, other);
            (links[one].seq, links[other].seq) = (first, second);
        }
        Change::Repeat(at) => links.insert(at, links[at].clone()),
        Change::Empty(at) => links[at].kept = Kept::Removed,
        Change::Unbind(at) => links[at].bond = None,
        Change::OtherContent(at, of) => links[at].kept = links[of].kept.clone(),
        Change::OtherBond(at, of) => links[at].bond = links[of].bond,
        Change::Cut(at) => links.truncate(at),
    }
}

#[test]
fn every_change_of_a_chain_is_found_beside_its_head() {
    let chain = chain();
    let kept = head(&chain);
    assert!(holds(&chain, Some(kept)));
    let changes = prop::collection::vec(change(chain.len() - 4), 1..4);
    let mut runner = proptest::test_runner::TestRunner::default();
    let ran = runner.run(&changes, |changes| {
        let mut links = chain.clone();
        for change in &changes {
            if !links.is_empty() && fits(change, links.len()) {
                make(&mut links, change);
            }
        }
        prop_assert_eq!(holds(&links, Some(kept)), links == chain);
        Ok(())
    });
    ran.unwrap();
}

fn fits(change: &Change, length: usize) -> bool {
    match *change {
        Change::Remove(at)
        | Change::Repeat(at)
        | Change::Empty(at)
        | Change::Unbind(at)
        | Change::Cut(at) => at < length,
        Change::Swap(one, other)
        | Change::OtherContent(one, other)
        | Change::OtherBond(one, other) => one < length && other < length,
    }
}
