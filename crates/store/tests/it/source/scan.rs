//! Looking at all documents of a collection.

use formhand_store::{DocumentId, Scan};
use mongodb::bson::{Bson, doc, oid::ObjectId};

use super::support::{Scene, shown};

/// All ids of a scan, read in steps of so many.
async fn all(scene: &Scene, scan: Scan, step: u32) -> Vec<DocumentId> {
    let (present, _) = scene.origin.present().await.unwrap();
    let mut scan = scan;
    let mut read = Vec::new();
    loop {
        let ids = scene.origin.ids(&scan, step, &present).await.unwrap();
        assert!(ids.len() <= step as usize);
        let Some(last) = ids.last() else {
            return read;
        };
        scan.after = Some(last.clone());
        read.extend(ids);
    }
}

fn made(second: u32) -> Bson {
    Bson::ObjectId(ObjectId::from_parts(second, [1; 5], [0; 3]))
}

#[tokio::test(flavor = "multi_thread")]
async fn every_document_is_seen_once_whatever_kinds_of_ids_there_are() {
    let scene = Scene::new().await;
    assert_eq!(all(&scene, Scan::default(), 2).await.len(), 0);
    let ids: [Bson; 8] = [
        Bson::Int32(2),
        Bson::Double(1.5),
        Bson::Int64(1 << 60),
        "B".into(),
        "A".into(),
        doc! { "branch": "BLR" }.into(),
        made(1_700_000_000),
        true.into(),
    ];
    let documents = ids.map(|id| doc! { "_id": id, "name": "Asha Example" });
    scene.customers.insert_many(documents).await.unwrap();
    let whole = all(&scene, Scan::default(), 100).await;
    insta::assert_snapshot!(shown(&whole).join("\n"), @r#"
    1.5
    2
    1152921504606846976
    A
    B
    {"branch":"BLR"}
    6553f1000101010101000000
    true
    "#);
    for step in [1, 2, 3] {
        assert!(all(&scene, Scan::default(), step).await == whole, "{step}");
    }
    let (present, _) = scene.origin.present().await.unwrap();
    assert!(!scene.origin.ids_tell_time(&present).await.unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_scan_can_be_kept_to_the_documents_that_were_made_since() {
    let scene = Scene::new().await;
    let ids = [1_600_000_000, 1_700_000_000, 1_700_000_001, 1_800_000_000].map(made);
    let documents = ids.map(|id| doc! { "_id": id });
    scene.customers.insert_many(documents).await.unwrap();
    let (present, _) = scene.origin.present().await.unwrap();
    assert!(scene.origin.ids_tell_time(&present).await.unwrap());
    let since = Some(jiff::Timestamp::from_second(1_700_000_000).unwrap());
    let scan = Scan { since, after: None };
    assert_eq!(all(&scene, scan.clone(), 1).await.len(), 3);
    assert_eq!(all(&scene, scan, 100).await.len(), 3);
}
