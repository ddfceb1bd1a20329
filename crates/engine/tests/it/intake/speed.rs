//! How fast documents become jobs. The figures are printed:
//! `cargo test --release -p formhand-engine --test it intake:: -- --ignored --nocapture`

use std::time::{Duration, Instant};

use formhand_engine::{Existing, SourceSetup};
use formhand_mongod::ReplicaSet;

use super::{
    scene::{Scene, by_mapping, customer, until_within},
    server::Server,
};

const LIMIT: Duration = Duration::from_mins(5);

async fn until(scene: &Scene, count: u64) {
    let what = format!("there are {count} jobs");
    until_within(LIMIT, &what, &mut || async { scene.total().await >= count }).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "it takes a minute"]
async fn a_document_alone_and_many_at_once() {
    const MANY: u32 = 10_000;
    let folder = tempfile::tempdir().unwrap();
    let database = ReplicaSet::start(folder.path()).await.unwrap();
    let url = |name: &str| database.url().replace("/?", &format!("/{name}?"));
    let scene = Scene::at(&url("alone")).await;
    let server = Server::start(&scene, "node-a", by_mapping()).await;
    scene.until_watched().await;
    let mut changes = scene.store.changes();
    let mut times = Vec::new();
    for number in 0..100 {
        let begun = Instant::now();
        scene.insert(customer(number)).await;
        while !matches!(changes.recv().await, Ok(formhand_store::Change::Job(_))) {}
        times.push(begun.elapsed());
    }
    times.sort();
    println!(
        "a document alone, from before its insert until its job is told: half within {:.0} ms, 95 of 100 within {:.0} ms",
        times[50].as_secs_f64() * 1e3,
        times[95].as_secs_f64() * 1e3,
    );
    server.stop().await;
    scene.insert_many(100..100 + MANY).await;
    let begun = Instant::now();
    let server = Server::start(&scene, "node-a", by_mapping()).await;
    until(&scene, u64::from(100 + MANY)).await;
    let per_second = f64::from(MANY) / begun.elapsed().as_secs_f64();
    println!("of changes that wait: {per_second:.0} documents a second");
    server.stop().await;

    let scene = Scene::at(&url("many")).await;
    scene.insert_many(0..MANY).await;
    let source = SourceSetup {
        existing: Existing::Take,
        ..by_mapping()
    };
    let begun = Instant::now();
    let server = Server::start(&scene, "node-a", source).await;
    until(&scene, u64::from(MANY)).await;
    let per_second = f64::from(MANY) / begun.elapsed().as_secs_f64();
    println!("of a scan: {per_second:.0} documents a second");
    server.stop().await;
}
