//! What happens in a collection.

use std::time::Duration;

use formhand_store::{
    Batch, DocumentChange, DocumentId, Feed, OriginError, Position, SourceEvent, SourcePlace,
};
use mongodb::bson::{Document, doc};

use super::support::{Fault, Scene, customer, place, shown};

/// The next so many changes, and the position behind them.
async fn changes(feed: &mut dyn Feed, count: usize) -> (Vec<SourceEvent>, Position) {
    let mut events = Vec::new();
    let all = async {
        loop {
            let batch = feed.next(100).await.unwrap();
            events.extend(batch.events);
            if events.len() >= count {
                return batch.position;
            }
        }
    };
    let told = tokio::time::timeout(Duration::from_secs(20), all).await;
    let Ok(position) = told else {
        panic!("only {} were told", events.len());
    };
    assert_eq!(events.len(), count);
    (events, position)
}

/// Why it breaks off.
async fn failure(feed: &mut dyn Feed) -> OriginError {
    let broken = async {
        loop {
            if let Err(error) = feed.next(100).await {
                return error;
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(20), broken)
        .await
        .expect("it breaks off")
}

fn told(events: &[SourceEvent]) -> Vec<String> {
    let word = |event: &SourceEvent| match &event.change {
        DocumentChange::Inserted => format!("{} inserted", event.document.shown()),
        DocumentChange::Replaced => format!("{} replaced", event.document.shown()),
        DocumentChange::Updated(places) => {
            format!("{} updated {}", event.document.shown(), places.join(" "))
        }
    };
    events.iter().map(word).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_happens_is_told_in_order_with_the_places_that_changed() {
    let scene = Scene::new().await;
    scene
        .customers
        .insert_one(customer("before"))
        .await
        .unwrap();
    let (present, _) = scene.origin.present().await.unwrap();
    let mut feed = scene.origin.follow(&present, true).await.unwrap();
    let c = &scene.customers;
    c.insert_one(customer("A")).await.unwrap();
    let update =
        doc! { "$set": { "status": "done", "address.city": "Chennai" }, "$unset": { "name": "" } };
    c.update_one(doc! { "_id": "before" }, update)
        .await
        .unwrap();
    c.replace_one(doc! { "_id": "A" }, doc! { "status": "new" })
        .await
        .unwrap();
    c.delete_one(doc! { "_id": "before" }).await.unwrap();
    c.insert_one(doc! { "_id": 7 }).await.unwrap();
    let (events, _) = changes(&mut *feed, 4).await;
    insta::assert_snapshot!(told(&events).join("\n"), @"
    A inserted
    before updated status address name
    A replaced
    7 inserted
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_updates_only_new_documents_are_told_of() {
    let scene = Scene::new().await;
    let (present, _) = scene.origin.present().await.unwrap();
    let mut feed = scene.origin.follow(&present, false).await.unwrap();
    let c = &scene.customers;
    c.insert_one(customer("A")).await.unwrap();
    c.update_one(doc! { "_id": "A" }, doc! { "$set": { "status": "done" } })
        .await
        .unwrap();
    c.replace_one(doc! { "_id": "A" }, customer("A"))
        .await
        .unwrap();
    c.insert_one(customer("B")).await.unwrap();
    let (events, _) = changes(&mut *feed, 2).await;
    assert_eq!(told(&events), ["A inserted", "B inserted"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn kf36_what_happened_while_nobody_looked_is_told_from_where_it_was_left() {
    let scene = Scene::new().await;
    let c = &scene.customers;
    let (present, at) = scene.origin.present().await.unwrap();
    assert!(at.as_second() > 1_700_000_000, "{at}");
    c.insert_one(customer("A")).await.unwrap();
    let mut feed = scene.origin.follow(&present, true).await.unwrap();
    let (events, position) = changes(&mut *feed, 1).await;
    assert_eq!(told(&events), ["A inserted"]);
    c.insert_many(["B", "C", "D"].map(customer)).await.unwrap();
    drop(feed);
    c.insert_one(customer("E")).await.unwrap();
    // Of what is there, no more is given at a time than is wanted, and the position is right behind that.
    let mut feed = scene.origin.follow(&position, true).await.unwrap();
    let mut batch = feed.next(2).await.unwrap();
    let mut seen = told(&batch.events);
    drop(feed);
    let mut feed = scene.origin.follow(&batch.position, true).await.unwrap();
    while seen.len() < 4 {
        batch = feed.next(2).await.unwrap();
        assert!(batch.events.len() <= 2);
        seen.extend(told(&batch.events));
    }
    assert_eq!(
        seen,
        ["B inserted", "C inserted", "D inserted", "E inserted"]
    );
    assert!(batch.at.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_position_moves_on_while_nothing_happens() {
    let scene = Scene::new().await;
    scene.customers.insert_one(customer("A")).await.unwrap();
    let (present, _) = scene.origin.present().await.unwrap();
    let mut feed = scene.origin.follow(&present, true).await.unwrap();
    let first: Batch = feed.next(100).await.unwrap();
    assert_eq!((first.events.len(), first.at), (0, None));
    // Something happens, elsewhere.
    let others = scene.database.collection("others");
    others.insert_one(doc! { "a": 1 }).await.unwrap();
    let mut last = first.position.clone();
    for _ in 0..5 {
        last = feed.next(100).await.unwrap().position;
    }
    assert!(last != first.position);
    scene.customers.insert_one(customer("B")).await.unwrap();
    let mut feed = scene.origin.follow(&last, true).await.unwrap();
    assert_eq!(told(&changes(&mut *feed, 1).await.0), ["B inserted"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_collection_that_is_not_there_yet_can_be_followed_and_one_that_was_dropped_again() {
    let scene = Scene::new().await;
    let (present, _) = scene.origin.present().await.unwrap();
    let mut feed = scene.origin.follow(&present, true).await.unwrap();
    scene.customers.insert_one(customer("A")).await.unwrap();
    let (_, mut position) = changes(&mut *feed, 1).await;
    scene.customers.drop().await.unwrap();
    let error = loop {
        match feed.next(100).await {
            Ok(batch) => position = batch.position,
            Err(error) => break error,
        }
    };
    assert_eq!(error.to_string(), "the collection was dropped or renamed");
    scene.customers.insert_one(customer("B")).await.unwrap();
    let mut feed = scene.origin.follow(&position, true).await.unwrap();
    assert_eq!(told(&changes(&mut *feed, 1).await.0), ["B inserted"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn kf36_a_history_that_is_lost_is_told_from_a_database_that_cannot_be_reached() {
    let scene = Scene::new().await;
    let own = SourcePlace {
        url: Some(format!("{}&appName=lost", scene.mongo.url())),
        ..place()
    };
    let origin = scene.sources.origin(&own).await.unwrap();
    let (present, _) = origin.present().await.unwrap();
    let fault = Fault::new().await;
    for (number, is_lost) in [(286, true), (280, true), (13, false)] {
        fault.set("aggregate", number, "lost").await;
        let opened = origin.follow(&present, true).await.err().unwrap();
        assert_eq!(matches!(opened, OriginError::Lost(_)), is_lost, "{opened}");
        fault.heal().await;
        let mut feed = origin.follow(&present, true).await.unwrap();
        fault.set("getMore", number, "lost").await;
        let broke = failure(&mut *feed).await;
        fault.heal().await;
        assert_eq!(matches!(broke, OriginError::Lost(_)), is_lost, "{broke}");
    }
    // A position that the database cannot read is lost as well.
    scene.watched().await;
    let sources = scene.database.collection::<Document>("sources");
    for token in ["zz", "8200"] {
        let update = doc! { "$set": { "reached.position.token": { "_data": token } } };
        sources.update_one(doc! {}, update).await.unwrap();
        let unreadable = scene.saved().await.reached.unwrap().position;
        let lost = scene.origin.follow(&unreadable, true).await.err().unwrap();
        assert!(matches!(lost, OriginError::Lost(_)), "{lost}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_a_source_is_refused_without_its_password() {
    let scene = Scene::new().await;
    let at = |url: Option<&str>, collection: &str| SourcePlace {
        url: url.map(str::to_owned),
        database: None,
        collection: collection.into(),
    };
    let refused = [
        at(None, "jobs"),
        at(None, "sources"),
        at(Some("mongodb://asha:correct horse@[h/x"), "customers"),
        at(Some("mongodb://127.0.0.1:1/"), "customers"),
    ];
    let mut said = Vec::new();
    for place in refused {
        said.push(
            scene
                .sources
                .origin(&place)
                .await
                .err()
                .unwrap()
                .to_string(),
        );
    }
    insta::assert_snapshot!(said.join("\n"), @r#"
    "jobs" is one of Formhand's own collections, not the business's
    "sources" is one of Formhand's own collections, not the business's
    its URL is none that can be used, or a name in it cannot be looked up
    neither the source nor its URL names a database: expected one of them to
    "#);
    let down = at(
        Some("mongodb://127.0.0.1:1/crm?serverSelectionTimeoutMS=50"),
        "customers",
    );
    let down = scene.sources.origin(&down).await.unwrap();
    let failed = tokio::time::timeout(Duration::from_secs(5), down.present())
        .await
        .unwrap();
    assert!(matches!(failed, Err(OriginError::Failed(_))), "{failed:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn documents_are_read_as_they_are_now() {
    let scene = Scene::new().await;
    let c = &scene.customers;
    c.insert_one(customer("A")).await.unwrap();
    c.insert_one(doc! { "_id": 7, "paid": 1.5, "count": 3_i64 })
        .await
        .unwrap();
    c.update_one(doc! { "_id": "A" }, doc! { "$set": { "status": "done" } })
        .await
        .unwrap();
    let (present, _) = scene.origin.present().await.unwrap();
    let ids = ["A", "7", "gone"].map(DocumentId::parse);
    let mut read = scene.origin.read(&ids, Some(&present)).await.unwrap();
    read.sort_by_key(|(id, _)| id.shown());
    assert_eq!(shown(read.iter().map(|(id, _)| id)), ["7", "A"]);
    assert_eq!(
        read[0].1,
        Some(serde_json::json!({ "_id": 7, "paid": 1.5, "count": 3 }))
    );
    assert_eq!(read[1].1.as_ref().unwrap()["status"], "done");
    assert_eq!(scene.origin.read(&[], None).await.unwrap().len(), 0);
}
