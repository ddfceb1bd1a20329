//! The servers that work on one store.

use formhand_store::{Change, Node, NodeEntry, Store};

use crate::{
    backend::{Backend, on_every_backend},
    given::{at, node},
    told::Listener,
};

on_every_backend! {
    a_server_is_listed_as_it_last_said,
    servers_are_listed_in_the_order_of_their_names,
    what_is_wanted_of_a_server_is_told_to_it_until_it_is_taken_back,
    an_unknown_server_is_asked_for_nothing,
    a_server_that_was_forgotten_is_not_listed_and_nothing_is_wanted_of_it,
    servers_that_were_not_seen_for_a_week_are_forgotten,
    what_is_wanted_of_a_server_that_was_away_for_long_is_not_forgotten,
    what_many_servers_say_at_once_is_all_kept,
    that_a_server_comes_or_goes_or_is_asked_for_something_is_told_and_nothing_else,
}

const WEEK: i64 = 7 * 24 * 3600;

pub(crate) fn entry(name: &str, second: i64) -> NodeEntry {
    NodeEntry {
        id: node(name),
        version: "1.2.3".into(),
        schema: 5,
        workers: 8,
        at_work: 3,
        started_at: at(0),
        seen_at: at(second),
    }
}

async fn announce(store: &dyn Store, entry: NodeEntry) -> Node {
    store.announce_node(entry).await.unwrap()
}

async fn drain(store: &dyn Store, name: &str, drain: bool) -> bool {
    store.drain_node(&node(name), drain).await.unwrap()
}

async fn names(store: &dyn Store) -> Vec<String> {
    let nodes = store.nodes().await.unwrap();
    let names = nodes.iter().map(|node| node.entry.id.as_str().to_owned());
    names.collect()
}

async fn a_server_is_listed_as_it_last_said(backend: &dyn Backend) {
    let store = backend.open().await;
    assert!(store.nodes().await.unwrap().is_empty());
    let first = entry("node-a", 1);
    let later = NodeEntry {
        version: "1.3.0".into(),
        schema: store.schema(),
        workers: 4,
        at_work: 0,
        started_at: at(5),
        ..entry("node-a", 6)
    };
    for entry in [first, later] {
        let said = Node {
            entry: entry.clone(),
            drain: false,
        };
        assert_eq!(announce(&*store, entry).await, said);
        assert_eq!(backend.open().await.nodes().await.unwrap(), [said]);
    }
}

async fn servers_are_listed_in_the_order_of_their_names(backend: &dyn Backend) {
    let store = backend.open().await;
    for name in ["west", "east", "north"] {
        announce(&*store, entry(name, 1)).await;
    }
    assert_eq!(names(&*store).await, ["east", "north", "west"]);
}

async fn what_is_wanted_of_a_server_is_told_to_it_until_it_is_taken_back(backend: &dyn Backend) {
    let store = backend.open().await;
    for name in ["node-a", "node-b"] {
        announce(&*store, entry(name, 1)).await;
    }
    let person = backend.open().await;
    for _ in 0..2 {
        assert!(drain(&*person, "node-a", true).await);
    }
    let next_process = NodeEntry {
        started_at: at(3),
        ..entry("node-a", 3)
    };
    for entry in [entry("node-a", 2), next_process] {
        assert!(announce(&*store, entry).await.drain);
    }
    assert!(!announce(&*store, entry("node-b", 2)).await.drain);
    let wanted = store.nodes().await.unwrap();
    assert!(wanted[0].drain && !wanted[1].drain);
    assert!(drain(&*person, "node-a", false).await);
    assert!(!announce(&*store, entry("node-a", 4)).await.drain);
}

async fn an_unknown_server_is_asked_for_nothing(backend: &dyn Backend) {
    let store = backend.open().await;
    assert!(!drain(&*store, "node-a", true).await);
    assert!(store.nodes().await.unwrap().is_empty());
    assert!(!announce(&*store, entry("node-a", 1)).await.drain);
}

async fn a_server_that_was_forgotten_is_not_listed_and_nothing_is_wanted_of_it(
    backend: &dyn Backend,
) {
    let store = backend.open().await;
    for name in ["node-a", "node-b"] {
        announce(&*store, entry(name, 1)).await;
    }
    drain(&*store, "node-a", true).await;
    for _ in 0..2 {
        store.forget_node(&node("node-a")).await.unwrap();
        assert_eq!(names(&*store).await, ["node-b"]);
    }
    assert!(!drain(&*store, "node-a", true).await);
    assert!(!announce(&*store, entry("node-a", 2)).await.drain);
}

async fn servers_that_were_not_seen_for_a_week_are_forgotten(backend: &dyn Backend) {
    let store = backend.open().await;
    announce(&*store, entry("node-a", 0)).await;
    announce(&*store, entry("node-b", 1)).await;
    announce(&*store, entry("node-c", WEEK)).await;
    assert_eq!(names(&*store).await, ["node-a", "node-b", "node-c"]);
    announce(&*store, entry("node-c", WEEK + 1)).await;
    assert_eq!(names(&*store).await, ["node-b", "node-c"]);
}

async fn what_is_wanted_of_a_server_that_was_away_for_long_is_not_forgotten(backend: &dyn Backend) {
    let store = backend.open().await;
    announce(&*store, entry("node-a", 0)).await;
    drain(&*store, "node-a", true).await;
    assert!(announce(&*store, entry("node-a", 2 * WEEK)).await.drain);
}

async fn what_many_servers_say_at_once_is_all_kept(backend: &dyn Backend) {
    let handles = [backend.open().await, backend.open().await];
    let mut servers = tokio::task::JoinSet::new();
    for server in 0..20_usize {
        let store = handles[server % 2].clone();
        servers.spawn(async move {
            // Every name twice: once new, once known.
            announce(&*store, entry(&format!("node-{}", server / 2), 1)).await;
        });
    }
    servers.join_all().await;
    assert_eq!(names(&*handles[0]).await.len(), 10);
}

async fn that_a_server_comes_or_goes_or_is_asked_for_something_is_told_and_nothing_else(
    backend: &dyn Backend,
) {
    let store = backend.open().await;
    let mut listener = Listener::of(&*store);
    let nothing: &[Change] = &[];
    let once = &[Change::Node][..];
    let next_process = NodeEntry {
        started_at: at(3),
        ..entry("node-a", 3)
    };
    let other_figures = NodeEntry {
        at_work: 8,
        seen_at: at(4),
        ..next_process.clone()
    };
    for (entry, news) in [
        (entry("node-a", 1), once),
        (entry("node-a", 2), nothing),
        (next_process, once),
        (other_figures, nothing),
    ] {
        announce(&*store, entry).await;
        assert_eq!(listener.heard().await, news);
    }
    for (wanted, news) in [
        (false, nothing),
        (true, once),
        (true, nothing),
        (false, once),
    ] {
        drain(&*store, "node-a", wanted).await;
        assert_eq!(listener.heard().await, news);
    }
    for news in [once, nothing] {
        store.forget_node(&node("node-a")).await.unwrap();
        assert_eq!(listener.heard().await, news);
    }
    drain(&*store, "node-a", true).await;
    assert_eq!(listener.heard().await, nothing);
}
