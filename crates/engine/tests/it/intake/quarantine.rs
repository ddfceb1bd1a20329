//! What cannot be taken, and what becomes of it.

use formhand_engine::{Retried, SourceDeskError};
use formhand_store::DocumentId;
use mongodb::bson::{Document, doc};

use super::{
    scene::{Scene, but, by_mapping, customer, name, until},
    server::Server,
};

fn without_a_name(number: u32) -> Document {
    but(
        customer(number),
        doc! { "customer": { "name": null }, "branch": "DEL" },
    )
}

fn id(document: &Document) -> DocumentId {
    DocumentId::parse(&document.get_object_id("_id").unwrap().to_hex())
}

async fn until_quarantined(scene: &Scene, count: u64) {
    until(&format!("{count} are in the quarantine"), || async {
        scene.saved().await.quarantined == count
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_told_with_each_place_and_the_others_go_on() {
    let scene = Scene::new().await;
    let server = Server::start(&scene, "node-a", by_mapping()).await;
    scene.until_watched().await;
    let broken = without_a_name(1);
    scene.insert(broken.clone()).await;
    scene.insert(customer(2)).await;
    scene.until_jobs(1).await;
    let page = server.desk.quarantine(&name(), None, 10).await.unwrap();
    assert_eq!((page.total, page.entries.len()), (1, 1));
    let entry = &page.entries[0];
    assert!(entry.document == id(&broken));
    let problems: Vec<String> = entry
        .problems
        .iter()
        .map(|problem| {
            format!(
                "{} (for {}): {}",
                problem.path, problem.field, problem.message
            )
        })
        .collect();
    insta::assert_snapshot!(problems.join("\n"), @r#"
    branch (for account): is no word that the mapping knows; expected one of "BLR", "CHN"
    customer.name (for /name): is missing; expected a text, a number, or true or false
    "#);
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_that_is_corrected_leaves_it_by_a_change_or_because_a_person_says_so() {
    let scene = Scene::new().await;
    let server = Server::start(&scene, "node-a", by_mapping()).await;
    scene.until_watched().await;
    let broken: Vec<Document> = (0..4).map(without_a_name).collect();
    scene.customers.insert_many(&broken).await.unwrap();
    until_quarantined(&scene, 4).await;
    let which = |index: usize| doc! { "_id": broken[index].get_object_id("_id").unwrap() };
    let right = doc! { "$set": { "customer.name": "Asha Example", "branch": "BLR" } };
    for index in 0..3 {
        scene
            .customers
            .update_one(which(index), right.clone())
            .await
            .unwrap();
    }
    // A change that the mapping is to be told of.
    let again = doc! { "$set": { "status": "ready", "touched": true } };
    scene
        .customers
        .update_one(which(0), doc! { "$set": { "status": "draft" } })
        .await
        .unwrap();
    scene.customers.update_one(which(0), again).await.unwrap();
    until_quarantined(&scene, 3).await;
    scene.until_jobs(1).await;
    // One by one.
    let retried = server.desk.retry(&name(), &id(&broken[1])).await.unwrap();
    assert_eq!(
        retried,
        Retried {
            taken: 1,
            ..Retried::default()
        }
    );
    let gone = server.desk.retry(&name(), &id(&broken[1])).await;
    assert_eq!(gone, Err(SourceDeskError::NotQuarantined(name())));
    // All of them.
    let retried = server.desk.retry_all(&name(), None).await.unwrap();
    assert_eq!(
        retried,
        Retried {
            taken: 1,
            broken: 1,
            ..Retried::default()
        }
    );
    scene.until_jobs(3).await;
    scene.customers.delete_one(which(3)).await.unwrap();
    let retried = server.desk.retry_all(&name(), None).await.unwrap();
    assert_eq!(
        retried,
        Retried {
            dropped: 1,
            ..Retried::default()
        }
    );
    assert_eq!(scene.saved().await.quarantined, 0);
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_may_forget_documents_and_is_told_where_one_cannot_be_looked_at() {
    let scene = Scene::new().await;
    let server = Server::start(&scene, "node-a", by_mapping()).await;
    scene.until_watched().await;
    let broken: Vec<Document> = (0..3).map(without_a_name).collect();
    scene.customers.insert_many(&broken).await.unwrap();
    until_quarantined(&scene, 3).await;
    assert_eq!(
        server.desk.drop(&name(), Some(&id(&broken[0]))).await,
        Ok(1)
    );
    assert_eq!(server.desk.drop(&name(), None).await, Ok(2));
    let unknown = formhand_domain::SourceName::new("bikes").unwrap();
    let refused = server.desk.drop(&unknown, None).await;
    assert_eq!(refused, Err(SourceDeskError::Unknown(unknown.clone())));
    let other = formhand_engine::SourceSetup {
        name: unknown,
        ..by_mapping()
    };
    let elsewhere = Server::start(&scene, "node-b", other).await;
    let refused = elsewhere.desk.retry_all(&name(), None).await;
    assert_eq!(refused, Err(SourceDeskError::Elsewhere(name())));
    elsewhere.stop().await;
    server.stop().await;
}

/// Old programs have written such.
#[tokio::test(flavor = "multi_thread")]
async fn a_document_that_nobody_can_read_does_not_keep_the_others_from_being_taken() {
    let scene = Scene::new().await;
    let server = Server::start(&scene, "node-a", by_mapping()).await;
    scene.until_watched().await;
    let mut bytes = doc! { "_id": 1, "status": "ready", "tree": "T?" }
        .to_vec()
        .unwrap();
    let place = bytes.windows(2).position(|pair| pair == b"T?").unwrap();
    bytes[place + 1] = 0xff;
    let raw = mongodb::bson::RawDocumentBuf::from_bytes(bytes).unwrap();
    let raws = scene
        .customers
        .clone_with_type::<mongodb::bson::RawDocumentBuf>();
    raws.insert_one(raw).await.unwrap();
    scene.insert(customer(2)).await;
    scene.until_jobs(1).await;
    let page = server.desk.quarantine(&name(), None, 10).await.unwrap();
    assert!(page.entries[0].problems[0].message.contains("no UTF-8"));
    server.stop().await;
}
