//! Small texts that the servers of a store write down for one another.

use formhand_store::{Slate, Store};

use crate::backend::{Backend, on_every_backend};

on_every_backend! {
    what_was_written_is_read_by_every_server,
    what_somebody_else_has_written_meanwhile_is_not_written_over,
    of_many_that_write_at_once_one_is_heard,
}

async fn read(store: &dyn Store, name: &str) -> Option<Slate> {
    store.slate(name).await.unwrap()
}

fn slate(revision: u64, text: &str) -> Slate {
    let text = text.to_owned();
    Slate { revision, text }
}

async fn what_was_written_is_read_by_every_server(backend: &dyn Backend) {
    let (one, other) = (backend.open().await, backend.open().await);
    assert_eq!(read(&*one, "alerts").await, None);
    assert!(one.write_slate("alerts", 0, "one").await.unwrap());
    assert!(one.write_slate("disk", 0, "full").await.unwrap());
    assert!(other.write_slate("alerts", 1, "two \"é\"").await.unwrap());
    for store in [one, other] {
        assert_eq!(read(&*store, "alerts").await, Some(slate(2, "two \"é\"")));
        assert_eq!(read(&*store, "disk").await, Some(slate(1, "full")));
    }
}

async fn what_somebody_else_has_written_meanwhile_is_not_written_over(backend: &dyn Backend) {
    let (one, other) = (backend.open().await, backend.open().await);
    assert!(!one.write_slate("alerts", 1, "early").await.unwrap());
    assert!(one.write_slate("alerts", 0, "first").await.unwrap());
    assert!(!other.write_slate("alerts", 0, "late").await.unwrap());
    assert!(one.write_slate("alerts", 1, "second").await.unwrap());
    assert!(!other.write_slate("alerts", 1, "late").await.unwrap());
    assert_eq!(read(&*other, "alerts").await, Some(slate(2, "second")));
}

async fn of_many_that_write_at_once_one_is_heard(backend: &dyn Backend) {
    let handles = [backend.open().await, backend.open().await];
    for was in 0..3_u64 {
        let mut servers = tokio::task::JoinSet::new();
        for server in 0..8_usize {
            let store = handles[server % 2].clone();
            servers.spawn(async move {
                let text = format!("of {server}");
                store.write_slate("alerts", was, &text).await.unwrap()
            });
        }
        let heard = servers.join_all().await;
        assert_eq!(heard.iter().filter(|heard| **heard).count(), 1);
        let found = read(&*handles[0], "alerts").await.unwrap();
        assert_eq!(found.revision, was + 1);
    }
}
