//! Documents become jobs as they come.

use formhand_domain::Status;
use formhand_engine::{Existing, SourceSetup};
use mongodb::bson::{Document, doc};

use super::{
    scene::{Scene, but, by_mapping, customer, only_new, submit, tree},
    server::Server,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_document_that_is_ready_becomes_a_job_of_the_account_that_it_tells() {
    let scene = Scene::new().await;
    let server = Server::start(&scene, "node-a", by_mapping()).await;
    scene.until_watched().await;
    let document = but(customer(1), doc! { "branch": "CHN" });
    let id = document.get_object_id("_id").unwrap().to_hex();
    scene.insert(document).await;
    scene.until_jobs(1).await;
    let job = scene.jobs().await.remove(0);
    assert_eq!(job.caller_id.as_str(), id);
    assert_eq!(job.account_key().to_string(), "garden/chennai");
    assert_eq!(job.status(), Status::Pending);
    let expected = serde_json::json!({ "name": "Asha Example 1", "tree": "T1", "height": 2 });
    assert_eq!(job.record, expected);
    assert!(
        job.record
            .as_object()
            .unwrap()
            .keys()
            .eq(["name", "tree", "height"])
    );
    server.stop().await;
}

/// Inserts the first customer's document, which is not ready, and gives the filter that finds it.
async fn insert_draft(scene: &Scene) -> Document {
    let draft = but(customer(1), doc! { "status": "draft" });
    let which = doc! { "_id": draft.get_object_id("_id").expect("a new id") };
    scene.insert(draft).await;
    which
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_is_taken_when_a_change_makes_it_ready_and_not_before() {
    let scene = Scene::new().await;
    let server = Server::start(&scene, "node-a", by_mapping()).await;
    scene.until_watched().await;
    let which = insert_draft(&scene).await;
    let update = |update| {
        scene
            .customers
            .update_one(which.clone(), doc! { "$set": update })
    };
    update(doc! { "customer.name": "Asha Invented" })
        .await
        .unwrap();
    update(doc! { "status": "ready" }).await.unwrap();
    scene.insert(customer(2)).await;
    scene.until_jobs(2).await;
    let names: Vec<_> = scene
        .jobs()
        .await
        .into_iter()
        .map(|job| job.record["name"].clone())
        .collect();
    assert_eq!(names, ["Asha Invented", "Asha Example 2"]);
    // A job's document may change as it likes.
    for status in ["draft", "ready", "done", "ready"] {
        update(doc! { "status": status }).await.unwrap();
    }
    let replaced = but(
        customer(9),
        doc! { "_id": which.get_object_id("_id").unwrap() },
    );
    scene
        .customers
        .replace_one(which.clone(), replaced)
        .await
        .unwrap();
    scene.insert(customer(3)).await;
    scene.until_jobs(3).await;
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_updates_only_new_documents_are_looked_at() {
    let scene = Scene::new().await;
    let server = Server::start(&scene, "node-a", only_new()).await;
    scene.until_watched().await;
    let which = insert_draft(&scene).await;
    let ready = doc! { "$set": { "status": "ready" } };
    // The draft is looked at first, for jobs come in the order of their documents.
    scene.insert(customer(2)).await;
    scene.until_jobs(1).await;
    scene.customers.update_one(which, ready).await.unwrap();
    scene.insert(customer(3)).await;
    scene.until_jobs(2).await;
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_there_before_is_left_alone_or_taken_as_the_configuration_says() {
    for (existing, count) in [(Existing::Skip, 1), (Existing::Take, 4)] {
        let scene = Scene::new().await;
        scene.insert_many(0..3).await;
        let source = SourceSetup {
            existing,
            ..by_mapping()
        };
        let server = Server::start(&scene, "node-a", source).await;
        scene.until_watched().await;
        scene.insert(customer(3)).await;
        scene.until_jobs(count).await;
        server.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_maps_is_one_job_also_if_its_record_is_bad_or_another_has_its_key() {
    let scene = Scene::new().await;
    let other = submit(&scene, 2, None).await;
    let server = Server::start(&scene, "node-a", by_mapping()).await;
    scene.until_watched().await;
    scene
        .insert(but(customer(1), doc! { "tree": "no tree" }))
        .await;
    scene.insert(customer(2)).await;
    scene.insert(customer(3)).await;
    scene.until_jobs(4).await;
    let statuses = [
        Status::Pending,
        Status::FailedValidation,
        Status::FailedDuplicate,
    ];
    assert_eq!(scene.count(statuses).await, [2, 1, 1]);
    let counts = scene.saved().await.counts;
    assert_eq!((counts.taken, counts.invalid, counts.duplicates), (3, 1, 1));
    let held = scene
        .jobs()
        .await
        .into_iter()
        .find(|job| job.record["tree"] == tree(2));
    assert_eq!(held.unwrap().id, other.id);
    server.stop().await;
}

/// What is filed is what the document says when it is looked at, not what it said when it was made.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_corrected_or_withdrawn_while_nobody_looked_is_taken_as_it_is_then() {
    let scene = Scene::new().await;
    let server = Server::start(&scene, "node-a", by_mapping()).await;
    scene.until_watched().await;
    server.stop().await;
    let ids: Vec<_> = (1..=4).map(customer).collect();
    scene.customers.insert_many(&ids).await.unwrap();
    let which = |index: usize| doc! { "_id": ids[index].get_object_id("_id").unwrap() };
    let name = doc! { "$set": { "customer.name": "Asha Corrected" } };
    scene.customers.update_one(which(0), name).await.unwrap();
    let withdrawn = doc! { "$set": { "status": "withdrawn" } };
    scene
        .customers
        .update_one(which(1), withdrawn)
        .await
        .unwrap();
    scene.customers.delete_one(which(2)).await.unwrap();
    let server = Server::start(&scene, "node-a", by_mapping()).await;
    scene.until_jobs(2).await;
    let names: Vec<_> = scene
        .jobs()
        .await
        .into_iter()
        .map(|job| job.record["name"].clone())
        .collect();
    assert_eq!(names, ["Asha Corrected", "Asha Example 4"]);
    server.stop().await;
}
