//! The right to watch a source.

use std::time::Duration;

use formhand_domain::Status;
use formhand_store::{Keeping, SourceError, SourceTask};
use mongodb::{Client, bson::doc};
use tokio::time::{Instant, timeout};

use super::support::{Scene, customers, fit, keep, kept};
use crate::given::{LEASE, at, node, start};

#[tokio::test(flavor = "multi_thread")]
async fn one_server_watches_a_source_until_its_right_ends_or_is_given_back() {
    let scene = Scene::new().await;
    let (a, b) = (&*scene.sources, &*scene.other().await);
    let first = kept(a, "node-a", 0).await;
    let Keeping::Others(lease) = keep(b, "node-b", 59).await else {
        panic!("two servers watch one source");
    };
    assert_eq!((lease.owner, lease.token), (node("node-a"), first));
    assert!(
        a.renew_source(&customers(), first, at(30), at(30) + LEASE)
            .await
            .unwrap()
    );
    assert!(matches!(keep(b, "node-b", 61).await, Keeping::Others(_)));

    let second = kept(b, "node-b", 90).await;
    assert!(second > first);
    assert!(
        !a.renew_source(&customers(), first, at(91), at(99))
            .await
            .unwrap()
    );
    // Who lost it gives nothing back.
    a.release_source(&customers(), first, at(91)).await.unwrap();
    assert!(matches!(keep(a, "node-a", 92).await, Keeping::Others(_)));
    b.release_source(&customers(), second, at(93))
        .await
        .unwrap();
    assert!(kept(a, "node-a", 93).await > second);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_next_process_of_a_server_watches_at_once_and_its_former_one_writes_nothing() {
    let scene = Scene::new().await;
    let former = scene.watched().await;
    let next = kept(&*scene.other().await, "node-a", 1).await;
    assert!(next > former);
    let refused = || SourceError::NotKeeper(customers());
    let (source, present) = (customers(), scene.present().await);
    let looked = vec![fit("1", "one")];
    let taken = scene
        .sources
        .take(&source, former, looked, Some(&present), start())
        .await;
    assert_eq!(taken, Err(refused()));
    let set = scene.sources.set_out(&source, former, &present).await;
    assert_eq!(set, Err(refused()));
    let said = scene
        .sources
        .set_trouble(&source, former, SourceTask::Watching, Some("down"), start())
        .await;
    assert_eq!(said, Err(refused()));
    assert_eq!(scene.jobs([Status::Pending]).await, [0]);
    assert_eq!(scene.saved().await.trouble, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_dead_server_left_open_holds_nobody_up() {
    let scene = Scene::new().await;
    let keeper = scene.watched().await;
    scene.take(keeper, vec![fit("1", "one")]).await;
    // As a server that was killed between two commands: nobody ends the transaction.
    let client = Client::with_uri_str(scene.mongo.url()).await.unwrap();
    let mut session = client.start_session().await.unwrap();
    let source = scene
        .database
        .collection::<mongodb::bson::Document>("sources");
    let noted = doc! { "$set": { "session": session.id().clone() } };
    source
        .update_one(doc! { "_id": "customers" }, noted)
        .await
        .unwrap();
    session.start_transaction().await.unwrap();
    let sources = client
        .default_database()
        .unwrap()
        .collection::<mongodb::bson::Document>("sources");
    let write = doc! { "$inc": { "steps": 1_i64 } };
    sources
        .update_one(doc! { "_id": "customers" }, write)
        .session(&mut session)
        .await
        .unwrap();

    let begun = Instant::now();
    let other = scene.other().await;
    let next = timeout(Duration::from_secs(5), kept(&*other, "node-b", 100)).await;
    let next = next.expect("it does not wait for the dead");
    let looked = vec![fit("2", "two")];
    let taken = other
        .take(&customers(), next, looked, None, start())
        .await
        .unwrap();
    assert_eq!(taken.jobs, 1);
    assert!(begun.elapsed() < Duration::from_secs(5));
}
