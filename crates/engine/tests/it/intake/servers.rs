//! Several servers, one of which watches.

use formhand_domain::NodeId;
use formhand_engine::SourceState;

use super::{
    scene::{Scene, by_mapping, customer, name, until},
    server::Server,
};

async fn owner(scene: &Scene) -> Option<NodeId> {
    scene.saved().await.lease.map(|lease| lease.owner)
}

#[tokio::test(flavor = "multi_thread")]
async fn one_server_watches_and_another_takes_over_when_it_stops_or_dies() {
    let scene = Scene::new().await;
    let a = Server::start(&scene, "node-a", by_mapping()).await;
    scene.until_watched().await;
    let b = Server::start(&scene, "node-b", by_mapping()).await;
    scene.insert_many(0..20).await;
    scene.until_jobs(20).await;
    let node = |text| Some(NodeId::new(text).unwrap());
    assert_eq!(owner(&scene).await, node("node-a"));
    let status = b.desk.show(&name()).await.unwrap();
    assert_eq!(
        (status.state, status.node),
        (SourceState::Watching, node("node-a"))
    );
    // One that stops gives the right back.
    a.stop().await;
    scene.insert_many(20..40).await;
    scene.until_jobs(40).await;
    assert_eq!(owner(&scene).await, node("node-b"));
    // One that dies gives nothing back, and its right ends.
    let a = Server::start(&scene, "node-a", by_mapping()).await;
    b.drop_dead().await;
    scene.insert_many(40..60).await;
    scene.until_jobs(60).await;
    assert_eq!(owner(&scene).await, node("node-a"));
    scene.assert_one_job_each(0..60).await;
    a.stop().await;
    until("nobody watches it", || async {
        owner(&scene).await.is_none()
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_servers_that_both_take_themselves_for_the_watcher_take_nothing_twice() {
    let scene = Scene::new().await;
    // Of one name, so that each takes the right from the other at once.
    let a = Server::start(&scene, "node-a", by_mapping()).await;
    scene.until_watched().await;
    let mut servers = vec![a];
    for round in 0..5 {
        scene.insert_many(round * 40..round * 40 + 20).await;
        servers.push(Server::start(&scene, "node-a", by_mapping()).await);
        scene.insert_many(round * 40 + 20..round * 40 + 40).await;
    }
    scene.until_jobs(200).await;
    scene.assert_one_job_each(0..200).await;
    for server in servers {
        server.stop().await;
    }
    assert_eq!(scene.saved().await.counts.taken, 200);
    let _ = customer(0);
}
