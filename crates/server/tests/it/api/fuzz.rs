//! A real server is asked for all that the description of its API allows, and for much that it forbids.

use std::process::Stdio;

use formhand_practice::{Fault, FaultName};
use formhand_testkit::{chassis, repository};
use tokio::process::Command;

use crate::crash::support::{Scene, SceneOptions};

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_found() {
    let scene = Scene::new(SceneOptions {
        faults: vec![Fault::new(FaultName::SaveRefused).chassis(chassis(2))],
        limits: "requests_per_second = 100000\nstrangers_per_second = 100000",
        ..SceneOptions::default()
    })
    .await;
    let server = scene.serve().await;
    for number in [1, 2] {
        let job = server.submit(number).await;
        server.end_of(&job).await;
    }
    let mut fuzzing = Command::new(repository().join("scripts/fuzz-api"));
    fuzzing.args([&server.api.address, server.api.token]);
    fuzzing.stdin(Stdio::null()).kill_on_drop(true);
    let found = fuzzing.output().await.expect("the script runs");
    let said = String::from_utf8_lossy(&found.stdout);
    let complaint = String::from_utf8_lossy(&found.stderr);
    assert!(found.status.success(), "{said}\n{complaint}");
    assert_eq!(server.stop().await, Some(0));
}
