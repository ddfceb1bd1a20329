//! What is read of a long history, and from which database.

use std::sync::Arc;

use formhand_domain::{
    FailureCode,
    account::{AttemptResult, RecoveryEnd, RecoveryLevel},
};
use formhand_mongod::ReplicaSet;
use formhand_server::alerts::RuleName;
use formhand_store::{MongoStore, Store};

use super::{
    hooks::Hooks,
    scene::{Scene, plain},
};

#[tokio::test]
async fn only_what_lies_within_the_window_is_read_of_a_long_history() {
    let hooks = Hooks::start().await;
    let mut scene = Scene::new(vec![plain(&hooks)]);
    for _ in 0..40 {
        scene.refuse().await;
    }
    scene.wait(2 * 3600);
    for _ in 0..3 {
        scene.file().await;
    }
    // A process that begins now knows nothing of what is too old.
    scene.watcher = scene.another("node-a");
    scene.watch().await;
    assert_eq!(hooks.take_plain().len(), 0);
    for _ in 0..7 {
        scene.refuse().await;
    }
    for mut watcher in [scene.another("node-a"), scene.another("node-a")] {
        watcher.round().await.unwrap();
        scene.wait(301);
        watcher.round().await.unwrap();
    }
    let told = hooks.take_plain();
    assert_eq!(told.len(), 1);
    let text = told[0].json()["data"]["new"][0]["text"].to_string();
    assert!(text.contains("3 of 10 (30 %)"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn servers_on_mongodb_share_what_is_known_of_alerts() {
    let (folder, hooks) = (tempfile::tempdir().unwrap(), Hooks::start().await);
    let database = ReplicaSet::start(folder.path()).await.unwrap();
    let url = database.url().replace("/?", "/formhand?");
    let mut scene = Scene::new(vec![plain(&hooks)]);
    let store = MongoStore::open(&url, scene.now()).await.unwrap();
    scene.store = Arc::new(store) as Arc<dyn Store>;
    scene.watcher = scene.another("node-a");
    for _ in 0..9 {
        scene.refuse().await;
    }
    scene.submit().await;
    let job = scene.claim().await;
    scene.fail(&job, FailureCode::UnknownMessage).await;
    let lost = scene.lose().await;
    scene
        .tries(RecoveryLevel::Soft, 5, AttemptResult::TimedOut)
        .await;
    scene.recovers(RecoveryEnd::Exhausted).await;
    scene.down().await;
    scene.ask().await;
    scene.announce("node-c").await;
    scene.wait(16 * 60);
    scene.watch().await;
    let mut rules = hooks.take_plain()[0].rules("new");
    rules.sort_unstable();
    let expected = [
        RuleName::AccountDown,
        RuleName::JobSuccess,
        RuleName::OutcomeUnknown,
        RuleName::QuestionWaiting,
        RuleName::RecoveryExhausted,
        RuleName::ServerSilent,
        RuleName::SoftRecoverySuccess,
        RuleName::UnknownWords,
    ];
    assert_eq!(rules, expected.map(RuleName::as_str));
    scene.settle(&lost).await;
    scene.log_in().await;
    // The first one is gone, and what it has told is known to the other.
    scene.wait(91);
    scene.watcher = scene.another("node-b");
    scene.watch().await;
    let told = hooks.take_plain();
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].rules("new"), [] as [&str; 0]);
    let mut rules = told[0].rules("resolved");
    rules.sort_unstable();
    assert_eq!(
        rules,
        ["account_down", "outcome_unknown", "recovery_exhausted"]
    );
    scene.store.close().await.unwrap();
    assert!(database.stop().await);
}
