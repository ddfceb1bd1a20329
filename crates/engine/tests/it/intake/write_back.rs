//! What documents are told of their jobs.

use formhand_domain::{JobEvent, Writer};
use formhand_engine::{SourceSetup, WriteBack};
use formhand_mongod::FailMode;
use mongodb::bson::{Document, doc, oid::ObjectId};

use super::{
    scene::{Fault, Scene, but, by_mapping, customer, own_url, until},
    server::Server,
};

fn told() -> SourceSetup {
    let path = |name: &str| Some(format!("formhand.{name}"));
    SourceSetup {
        write_back: WriteBack {
            status: path("status"),
            receipt: path("receipt"),
            job: path("job"),
            at: path("at"),
        },
        ..by_mapping()
    }
}

async fn formhand(scene: &Scene, id: ObjectId) -> Option<Document> {
    let found = scene
        .customers
        .find_one(doc! { "_id": id })
        .await
        .unwrap()
        .unwrap();
    found.get_document("formhand").ok().cloned()
}

async fn until_status(scene: &Scene, id: ObjectId, status: &str) {
    until(&format!("the document says {status}"), || async {
        let said = formhand(scene, id).await;
        said.is_some_and(|said| said.get_str("status").is_ok_and(|said| said == status))
    })
    .await;
}

fn id(document: &Document) -> ObjectId {
    document.get_object_id("_id").unwrap()
}

fn cancelled() -> JobEvent {
    JobEvent::Cancel {
        reason: "withdrawn".into(),
    }
}

fn person() -> Writer {
    Writer::Person {
        name: "Meera".into(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_is_told_what_became_of_it_and_nothing_comes_of_that() {
    let scene = Scene::new().await;
    let server = Server::start(&scene, "node-a", told()).await;
    scene.until_watched().await;
    let document = customer(1);
    scene.insert(document.clone()).await;
    until_status(&scene, id(&document), "pending").await;
    let job = scene.jobs().await.remove(0);
    let said = formhand(&scene, id(&document)).await.unwrap();
    assert_eq!(said.get_str("job").unwrap(), job.id.to_string());
    assert!(said.get_datetime("at").is_ok() && !said.contains_key("receipt"));
    // While nobody is there, too.
    server.stop().await;
    let now =
        jiff::Timestamp::from_millisecond(said.get_datetime("at").unwrap().timestamp_millis());
    scene
        .store
        .apply(job.id, person(), cancelled(), now.unwrap())
        .await
        .unwrap();
    let server = Server::start(&scene, "node-b", told()).await;
    until_status(&scene, id(&document), "cancelled").await;
    // Nothing but the note has changed, and it is no second job.
    let mut found = scene.customers.find_one(doc! {}).await.unwrap().unwrap();
    found.remove("formhand");
    assert_eq!(found, document);
    scene.insert(customer(2)).await;
    scene.until_jobs(2).await;
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_source_that_refuses_to_be_written_is_told_later_and_is_watched_all_the_same() {
    let scene = Scene::new().await;
    let server = Server::start(&scene, "node-a", own_url(&scene.url, told(), "no-writes")).await;
    scene.until_watched().await;
    let fault = Fault::new().await;
    fault.set("update", FailMode::Always, 13, "no-writes").await;
    let documents: Vec<Document> = (1..=3).map(customer).collect();
    scene.customers.insert_many(&documents).await.unwrap();
    scene.until_jobs(3).await;
    until("it is told", || async {
        scene.saved().await.telling_trouble.is_some()
    })
    .await;
    let saved = scene.saved().await;
    assert_eq!(
        (saved.trouble, saved.telling_trouble.unwrap().text.as_str()),
        (None, "Unauthorized (code 13)")
    );
    scene.insert(customer(4)).await;
    scene.until_jobs(4).await;
    fault.heal().await;
    for document in &documents {
        until_status(&scene, id(document), "pending").await;
    }
    until("it is over", || async {
        scene.saved().await.telling_trouble.is_none()
    })
    .await;
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_document_that_cannot_hold_the_note_keeps_no_other_from_it() {
    let scene = Scene::new().await;
    let server = Server::start(&scene, "node-a", told()).await;
    scene.until_watched().await;
    let stubborn = but(customer(1), doc! { "formhand": "a text is in the way" });
    let fine = customer(2);
    scene
        .customers
        .insert_many([stubborn, fine.clone()])
        .await
        .unwrap();
    until_status(&scene, id(&fine), "pending").await;
    until("it is counted", || async {
        scene.saved().await.refused == 1
    })
    .await;
    assert_eq!(scene.saved().await.telling_trouble, None);
    server.stop().await;
}
