//! A collection that holds submissions.

use formhand_engine::{SourceKind, SourceSetup};
use mongodb::bson::{DateTime, doc};

use super::{
    scene::{Scene, by_mapping, until},
    server::Server,
};

fn queue() -> SourceSetup {
    SourceSetup {
        kind: SourceKind::Queue,
        ..by_mapping()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_is_a_submission_as_the_api_takes_it() {
    let scene = Scene::new().await;
    let server = Server::start(&scene, "node-a", queue()).await;
    scene.until_watched().await;
    let record = |tree: &str| doc! { "name": "Asha Example", "tree": tree, "height": 3.0 };
    scene
        .insert(doc! { "_id": 1, "account": "main", "captchaId": "case-1", "record": record("T1") })
        .await;
    scene
        .insert(doc! { "_id": "case-2", "portal": "garden", "flow": null, "account": "chennai", "record": record("T2") })
        .await;
    scene.until_jobs(2).await;
    let jobs = scene.jobs().await;
    let shown: Vec<String> = jobs
        .iter()
        .map(|job| format!("{} {} {}", job.caller_id, job.account_key(), job.record))
        .collect();
    insta::assert_snapshot!(shown.join("\n"), @r#"
    case-1 garden/main {"name":"Asha Example","tree":"T1","height":3}
    case-2 garden/chennai {"name":"Asha Example","tree":"T2","height":3}
    "#);
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_cannot_be_taken_is_told_what_is_wrong_and_is_taken_when_it_is_right() {
    let scene = Scene::new().await;
    let server = Server::start(&scene, "node-a", queue()).await;
    scene.until_watched().await;
    let record = doc! { "name": "Asha Example", "tree": "T1", "planted": DateTime::from_millis(0) };
    scene
        .insert(doc! { "_id": 1, "account": "delhi", "record": record })
        .await;
    until("it is in the quarantine", || async {
        scene.saved().await.quarantined == 1
    })
    .await;
    let said = |page: formhand_store::QuarantinePage| {
        let problems = page.entries.into_iter().flat_map(|entry| entry.problems);
        let lines: Vec<String> = problems
            .map(|problem| format!("{}: {}", problem.path, problem.message))
            .collect();
        lines.join("\n")
    };
    let page = |desk: formhand_engine::SourceDesk| async move {
        desk.quarantine(&super::scene::name(), None, 10)
            .await
            .unwrap()
    };
    insta::assert_snapshot!(said(page(server.desk.clone()).await), @"record.planted: is of a kind that a record has no place for, such as a date; expected a text");
    let update = |fields| {
        let update = doc! { "$set": fields, "$unset": { "record.planted": "" } };
        scene.customers.update_one(doc! { "_id": 1 }, update)
    };
    update(doc! { "note": "seen" }).await.unwrap();
    until("another thing is wrong", || async {
        page(server.desk.clone()).await.entries[0].seen == 2
    })
    .await;
    insta::assert_snapshot!(said(page(server.desk.clone()).await), @"note: is not known; expected one of portal, flow, account, captchaId, record");
    let update = doc! { "$set": { "account": "main" }, "$unset": { "note": "" } };
    scene
        .customers
        .update_one(doc! { "_id": 1 }, update)
        .await
        .unwrap();
    scene.until_jobs(1).await;
    assert_eq!(scene.saved().await.quarantined, 0);
    server.stop().await;
}
