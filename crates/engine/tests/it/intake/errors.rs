//! A source that cannot be reached, or does not allow it.

use formhand_engine::{SourceSetup, SourceState};
use formhand_mongod::FailMode;
use formhand_store::SourcePlace;

use super::{
    scene::{Fault, Scene, by_mapping, customer, name, own_url, until},
    server::Server,
};

#[tokio::test(flavor = "multi_thread")]
async fn why_a_source_cannot_be_watched_is_told_and_nothing_is_lost_by_it() {
    let scene = Scene::new().await;
    let source = own_url(&scene.url, by_mapping(), "no-rights");
    let server = Server::start(&scene, "node-a", source).await;
    scene.until_watched().await;
    scene.insert(customer(1)).await;
    scene.until_jobs(1).await;
    let fault = Fault::new().await;
    // Not authorised: to follow, to open, and to read.
    for (command, number) in [("getMore", 2), ("aggregate", 3), ("find", 4)] {
        if command == "aggregate" {
            // It is opened again only when it has broken off.
            let broken = fault
                .set("getMore", FailMode::Times(1), 13, "no-rights")
                .await;
            fault.until_failed(broken, 1).await;
        }
        fault.set(command, FailMode::Always, 13, "no-rights").await;
        scene.insert(customer(number)).await;
        until("it is told", || async {
            scene.saved().await.trouble.is_some()
        })
        .await;
        let status = server.desk.show(&name()).await.unwrap();
        assert_eq!(status.state, SourceState::Failing, "{command}");
        let text = status.saved.unwrap().trouble.unwrap().text;
        assert_eq!(text, "Unauthorized (code 13)", "{command}");
        fault.heal().await;
        scene.until_jobs(u64::from(number)).await;
        until("it is over", || async {
            scene.saved().await.trouble.is_none()
        })
        .await;
    }
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_source_that_is_not_there_is_told_and_does_not_keep_others_from_trying() {
    let scene = Scene::new().await;
    let down = |url: &str| SourceSetup {
        place: SourcePlace {
            url: Some(url.to_owned()),
            ..by_mapping().place
        },
        ..by_mapping()
    };
    let url = "mongodb://127.0.0.1:1/crm?serverSelectionTimeoutMS=50";
    let server = Server::start(&scene, "node-a", down(url)).await;
    until("it is told", || async {
        let saved = scene.sources.source(&name()).await.unwrap();
        saved.is_some_and(|saved| saved.trouble.is_some())
    })
    .await;
    let text = scene.saved().await.trouble.unwrap().text;
    assert!(text.contains("Server selection timeout"), "{text}");
    server.stop().await;
    // The next server has a better configuration.
    let server = Server::start(&scene, "node-b", by_mapping()).await;
    scene.until_watched().await;
    assert_eq!(scene.saved().await.trouble, None);
    server.stop().await;
}
