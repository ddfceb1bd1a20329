//! Where a source is read from after a stop, and when its history is lost.

use formhand_engine::{Existing, SourceSetup};
use formhand_mongod::FailMode;
use jiff::SignedDuration;
use mongodb::bson::{Document, doc, oid::ObjectId};

use super::{
    scene::{Fault, Scene, but, by_mapping, customer, only_new, own_url, until},
    server::Server,
};

/// The code of a history that does not reach back so far.
const LOST: i32 = 286;

#[tokio::test(flavor = "multi_thread")]
async fn kf36_what_comes_while_the_server_is_down_is_taken_when_it_is_back() {
    let scene = Scene::new().await;
    let server = Server::start(&scene, "node-a", by_mapping()).await;
    scene.until_watched().await;
    scene.insert_many(0..5).await;
    scene.until_jobs(5).await;
    server.stop().await;
    scene.insert_many(5..250).await;
    let server = Server::start(&scene, "node-b", by_mapping()).await;
    scene.until_jobs(250).await;
    scene.insert_many(250..260).await;
    scene.until_jobs(260).await;
    scene.assert_one_job_each(0..260).await;
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn kf36_a_lost_history_costs_no_document_and_takes_none_twice() {
    let scene = Scene::new().await;
    let source = || own_url(&scene.url, by_mapping(), "lost-history");
    let server = Server::start(&scene, "node-a", source()).await;
    scene.until_watched().await;
    scene.insert_many(0..40).await;
    scene.until_jobs(40).await;
    server.stop().await;
    scene.insert_many(40..300).await;
    // Also a document that is older than all of them becomes ready meanwhile.
    let old = but(
        customer(300),
        doc! { "_id": ObjectId::from_parts(1, [0; 5], [0; 3]) },
    );
    scene.insert(old).await;
    let fault = Fault::new().await;
    let lost = fault
        .set("aggregate", FailMode::Times(1), LOST, "lost-history")
        .await;
    let server = Server::start(&scene, "node-a", source()).await;
    fault.until_failed(lost, 1).await;
    scene.until_jobs(301).await;
    scene.until_watched().await;
    scene.insert_many(301..310).await;
    scene.until_jobs(310).await;
    scene.assert_one_job_each(0..310).await;
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn kf36_a_history_that_is_lost_while_it_is_followed_costs_no_document_either() {
    let scene = Scene::new().await;
    let source = own_url(&scene.url, by_mapping(), "lost-following");
    let server = Server::start(&scene, "node-a", source).await;
    scene.until_watched().await;
    scene.insert_many(0..10).await;
    scene.until_jobs(10).await;
    let fault = Fault::new().await;
    let lost = fault
        .set("getMore", FailMode::Times(1), LOST, "lost-following")
        .await;
    scene.insert_many(10..20).await;
    fault.until_failed(lost, 1).await;
    scene.insert_many(20..30).await;
    scene.until_jobs(30).await;
    scene.assert_one_job_each(0..30).await;
    server.stop().await;
}

/// Where ids tell when they were made, and nothing but new documents matters.
#[tokio::test(flavor = "multi_thread")]
async fn after_a_lost_history_only_what_was_made_since_shortly_before_is_looked_at() {
    let scene = Scene::new().await;
    let source = || own_url(&scene.url, only_new(), "lost-bounded");
    let now = jiff::Timestamp::from_second(ObjectId::new().timestamp().timestamp_millis() / 1_000)
        .unwrap();
    let made = |hours: i64| {
        let at = now - SignedDuration::from_hours(hours);
        doc! { "_id": ObjectId::from_parts(u32::try_from(at.as_second()).unwrap(), [7; 5], [0; 3]) }
    };
    let server = Server::start(&scene, "node-a", source()).await;
    scene.until_watched().await;
    server.stop().await;
    scene.insert(but(customer(1), made(48))).await;
    scene.insert(but(customer(2), made(23))).await;
    scene.insert(customer(3)).await;
    let fault = Fault::new().await;
    fault
        .set("aggregate", FailMode::Times(1), LOST, "lost-bounded")
        .await;
    let server = Server::start(&scene, "node-a", source()).await;
    scene.until_jobs(2).await;
    scene.until_watched().await;
    server.stop().await;
    assert_eq!(scene.total().await, 2);
    // An id that tells nothing makes all of them be looked at.
    scene
        .insert(but(customer(4), doc! { "_id": "POL-4" }))
        .await;
    fault
        .set("aggregate", FailMode::Times(1), LOST, "lost-bounded")
        .await;
    let server = Server::start(&scene, "node-a", source()).await;
    scene.until_jobs(4).await;
    server.stop().await;
}

/// A scan goes on where it was, and nothing is taken twice by that.
#[tokio::test(flavor = "multi_thread")]
async fn a_scan_that_is_broken_off_goes_on_where_it_was() {
    let scene = Scene::new().await;
    scene.insert_many(0..2_500).await;
    let source = || SourceSetup {
        existing: Existing::Take,
        ..by_mapping()
    };
    let mut server = Server::start(&scene, "node-a", source()).await;
    for jobs in [100, 1_200] {
        until("the scan has come so far", || async {
            scene.total().await >= jobs
        })
        .await;
        server.drop_dead().await;
        scene
            .insert_many(2_500 + u32::try_from(jobs).unwrap()..2_510 + u32::try_from(jobs).unwrap())
            .await;
        server = Server::start(&scene, "node-a", source()).await;
    }
    scene.until_jobs(2_520).await;
    scene.until_watched().await;
    assert_eq!(scene.saved().await.counts.taken, 2_520);
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_collection_that_is_dropped_or_not_there_yet_is_watched_again() {
    let scene = Scene::new().await;
    let server = Server::start(&scene, "node-a", by_mapping()).await;
    scene.until_watched().await;
    scene.insert(customer(1)).await;
    scene.until_jobs(1).await;
    scene.customers.drop().await.unwrap();
    until("it is told", || async {
        scene.saved().await.trouble.is_some()
    })
    .await;
    scene.insert(customer(2)).await;
    scene.until_jobs(2).await;
    until("it is over", || async {
        scene.saved().await.trouble.is_none()
    })
    .await;
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn how_far_a_quiet_source_was_read_is_kept_from_time_to_time() {
    let scene = Scene::new().await;
    let server = Server::start(&scene, "node-a", by_mapping()).await;
    scene.until_watched().await;
    let first = scene.saved().await.reached.unwrap();
    let others = scene.database.collection::<Document>("others");
    others.insert_one(doc! { "a": 1 }).await.unwrap();
    until("the position moves on", || async {
        scene.saved().await.reached.unwrap().position != first.position
    })
    .await;
    server.stop().await;
}
