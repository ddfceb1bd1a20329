//! From the start to the end.

use std::{os::unix::fs::PermissionsExt as _, time::Duration};

use formhand_mongod::{MongodError, ReplicaSet};

use crate::support::{LONG, case, cases, count, start};

#[tokio::test]
async fn takes_writes_when_it_has_started_and_stops_in_order() {
    let running = start().await;
    let cases = cases(&running.set, "test").await;
    cases.insert_one(case("a")).await.unwrap();
    assert_eq!(count(&cases).await, 1);
    let pid = running.set.pid();
    assert!(running.set.stop().await);
    assert!(!is_there(pid));
}

#[tokio::test]
async fn what_was_written_is_there_after_a_kill() {
    let mut running = start().await;
    let cases = cases(&running.set, "test").await;
    for round in 0..3 {
        cases.insert_one(case(&format!("{round}"))).await.unwrap();
        let (pid, url) = (running.set.pid(), running.set.url().to_owned());
        running.set.kill().await;
        assert!(!is_there(pid));
        running.set.restart().await.unwrap();
        assert_eq!(running.set.url(), url);
        assert_ne!(running.set.pid(), pid);
        // The client is the one from before.
        assert_eq!(count(&cases).await, round + 1);
    }
}

#[tokio::test]
async fn a_paused_one_answers_when_it_goes_on() {
    let running = start().await;
    let cases = cases(&running.set, "test").await;
    assert_eq!(count(&cases).await, 0);
    running.set.pause().unwrap();
    let asked = tokio::spawn(async move { count(&cases).await });
    let mut asked = std::pin::pin!(asked);
    // That nothing comes can only be told by time.
    let early = tokio::time::timeout(Duration::from_millis(300), &mut asked).await;
    assert!(early.is_err());
    running.set.resume().unwrap();
    let late = tokio::time::timeout(LONG, asked).await;
    assert_eq!(late.expect("it goes on").unwrap(), 0);
}

#[tokio::test]
async fn a_paused_one_can_be_paused_again_and_stopped_in_order() {
    let running = start().await;
    running.set.pause().unwrap();
    running.set.resume().unwrap();
    running.set.pause().unwrap();
    running.set.pause().unwrap();
    assert!(running.set.stop().await);
}

#[tokio::test]
async fn one_that_is_gone_takes_no_signal() {
    let mut running = start().await;
    running.set.kill().await;
    assert!(matches!(
        running.set.pause(),
        Err(MongodError::Signal { .. })
    ));
    assert!(matches!(
        running.set.resume(),
        Err(MongodError::Signal { .. })
    ));
    assert!(!running.set.stop().await);
}

#[tokio::test]
async fn a_dropped_one_is_gone_and_its_folder_can_be_removed() {
    let running = start().await;
    let pid = running.set.pid();
    drop(running.set);
    assert!(!is_there(pid));
    running.folder.close().unwrap();
}

#[tokio::test]
async fn two_run_at_once_and_know_nothing_of_each_other() {
    let (one, other) = tokio::join!(start(), start());
    let (in_one, in_other) = (
        cases(&one.set, "test").await,
        cases(&other.set, "test").await,
    );
    in_one.insert_one(case("a")).await.unwrap();
    assert_eq!(count(&in_other).await, 0);
    drop(one);
    in_other.insert_one(case("a")).await.unwrap();
}

#[tokio::test]
async fn its_files_are_for_its_owner_only() {
    let running = start().await;
    let mode = |name: &str| {
        let path = running.folder.path().join(name);
        path.metadata().unwrap().permissions().mode() & 0o777
    };
    assert_eq!((mode("data"), mode("mongod.log")), (0o700, 0o600));
}

#[tokio::test]
async fn a_folder_that_is_in_use_is_refused() {
    let running = start().await;
    let error = ReplicaSet::start(running.folder.path()).await.unwrap_err();
    assert!(matches!(error, MongodError::Folder { .. }), "{error}");
}

#[tokio::test]
async fn one_that_dies_while_it_starts_says_why() {
    let mut running = start().await;
    running.set.kill().await;
    let data = running.folder.path().join("data");
    std::fs::write(data.join("WiredTiger.turtle"), "no such thing").unwrap();
    let error = running.set.restart().await.unwrap_err();
    assert!(matches!(error, MongodError::Died { .. }), "{error}");
    let told = error.to_string();
    assert!(told.contains("WiredTiger"), "{told}");
}

/// A process that has ended shows until its parent has taken note of it; its command line is empty at once.
fn is_there(pid: u32) -> bool {
    std::fs::read(format!("/proc/{pid}/cmdline")).is_ok_and(|line| !line.is_empty())
}
