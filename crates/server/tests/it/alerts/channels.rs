//! What becomes of messages when channels and servers come and go.

use std::sync::atomic::Ordering;

use serde_json::json;

use super::{
    hooks::Hooks,
    scene::{ROOM, Scene, mail, plain},
    smtpd::Smtpd,
};

/// The disk is full, and it is time to tell it.
async fn full_disk(scene: &mut Scene) {
    scene.free.store(1, Ordering::SeqCst);
    scene.watch().await;
}

#[tokio::test]
async fn a_channel_that_is_down_for_a_while_gets_the_same_message_later() {
    let hooks = Hooks::start().await;
    let mut scene = Scene::new(vec![plain(&hooks)]);
    hooks.set_down(true);
    full_disk(&mut scene).await;
    let written: serde_json::Value = serde_json::from_str(&scene.written().await).unwrap();
    let channel = &written["channels"]["pager"];
    assert_eq!(
        channel["failing"]["said"],
        json!("it answered 503 Service Unavailable")
    );
    let id = channel["outgoing"]["message"]["id"].as_str().unwrap();
    // What is over before it could be told is told all the same, and then that it is over.
    scene.free.store(ROOM, Ordering::SeqCst);
    scene.wait(11);
    scene.watcher.round().await.unwrap();
    hooks.set_down(false);
    scene.wait(21);
    scene.watcher.round().await.unwrap();
    let first = hooks.take_plain();
    assert_eq!((first.len(), first[0].id.as_str()), (1, id));
    assert_eq!(first[0].timestamp, scene.now().as_second());
    assert_eq!(first[0].rules("new"), ["disk_full"]);
    scene.watch().await;
    assert_eq!(hooks.take_plain()[0].rules("resolved"), ["disk_full"]);
    assert!(scene.written().await.contains(r#""failing":null"#));
}

#[tokio::test]
async fn one_channel_that_does_not_work_keeps_no_message_from_the_others() {
    let (smtpd, hooks) = tokio::join!(Smtpd::start(), Hooks::start());
    hooks.set_down(true);
    let mut scene = Scene::new(vec![plain(&hooks), mail(smtpd.port())]);
    full_disk(&mut scene).await;
    let mail = smtpd.next().await;
    assert_eq!(mail.subject, "[Formhand] 1 new: disk_full node-a");
    insta::assert_snapshot!(mail.text.replace("\r\n", "\n"), @"
    NEW

    disk_full: a disk is nearly full (critical, since 2026-01-05T09:00:00Z)
      node-a: less than 2048 MiB are free on the disk of its data folder. With less than 200 MiB it is not ready, and with none nothing can be recorded, so nothing is filed. Make room; `[retention]` lets old evidence go by itself.

    What each of them means and what to do: docs/ALERTS.md. `formhand alert list` shows all, `formhand alert silence` keeps one from being told.
    ");
}

#[tokio::test]
async fn a_restart_forgets_nothing_and_tells_nothing_twice() {
    let hooks = Hooks::start().await;
    let mut scene = Scene::new(vec![plain(&hooks)]);
    full_disk(&mut scene).await;
    assert_eq!(hooks.take_plain().len(), 1);
    scene.watcher = scene.another("node-a");
    scene.watch().await;
    assert_eq!(hooks.take_plain().len(), 0);
    scene.watcher = scene.another("node-a");
    scene.free.store(ROOM, Ordering::SeqCst);
    scene.watch().await;
    let told = hooks.take_plain();
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].rules("resolved"), ["disk_full"]);
}

#[tokio::test]
async fn a_message_that_a_dead_server_was_about_to_send_is_sent_by_its_next_process() {
    let hooks = Hooks::start().await;
    let mut scene = Scene::new(vec![plain(&hooks)]);
    hooks.set_down(true);
    full_disk(&mut scene).await;
    scene.watcher = scene.another("node-a");
    hooks.set_down(false);
    scene.wait(10);
    scene.watcher.round().await.unwrap();
    assert_eq!(hooks.take_plain()[0].rules("new"), ["disk_full"]);
}

#[tokio::test]
async fn of_several_servers_one_watches_and_another_goes_on_when_it_is_gone() {
    let hooks = Hooks::start().await;
    let mut scene = Scene::new(vec![plain(&hooks)]);
    full_disk(&mut scene).await;
    assert_eq!(hooks.take_plain().len(), 1);
    let mut other = scene.another("node-b");
    scene.announce("node-a").await;
    scene.free.store(ROOM, Ordering::SeqCst);
    scene.wait(10);
    other.round().await.unwrap();
    scene.wait(50);
    other.round().await.unwrap();
    assert_eq!(hooks.take_plain().len(), 0, "the first one watches");
    // It says no more that it watches, and the other one has room on its disk.
    scene.wait(91);
    other.round().await.unwrap();
    scene.wait(301);
    other.round().await.unwrap();
    let told = hooks.take_plain();
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].rules("resolved"), ["disk_full"]);
    assert_eq!(told[0].rules("new"), ["server_silent"]);
}

#[tokio::test]
async fn a_server_that_ends_in_order_lets_another_watch_at_once() {
    let hooks = Hooks::start().await;
    let mut scene = Scene::new(vec![plain(&hooks)]);
    scene.watcher.round().await.unwrap();
    scene.watcher.give_back().await.unwrap();
    let mut other = scene.another("node-b");
    other.round().await.unwrap();
    assert!(scene.written().await.contains(r#""node":"node-b""#));
}

#[tokio::test]
async fn the_disk_of_a_server_that_does_not_watch_is_watched_too() {
    let hooks = Hooks::start().await;
    let mut scene = Scene::new(vec![plain(&hooks)]);
    scene.watcher.round().await.unwrap();
    let mut other = scene.another("node-b");
    scene.announce("node-b").await;
    scene.free.store(1, Ordering::SeqCst);
    other.round().await.unwrap();
    scene.free.store(ROOM, Ordering::SeqCst);
    scene.watcher.round().await.unwrap();
    scene.wait(31);
    scene.watcher.round().await.unwrap();
    let told = hooks.take_plain()[0].json();
    assert_eq!(told["data"]["new"][0]["server"], json!("node-b"));
}

#[tokio::test]
async fn a_mail_server_that_is_not_there_is_told_by_its_reason() {
    // Nobody listens there: the port was free a moment ago.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let mut scene = Scene::new(vec![mail(port)]);
    full_disk(&mut scene).await;
    assert!(scene.written().await.contains("Connection refused"));
}
