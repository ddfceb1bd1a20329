//! Commands that fail on purpose.

use std::time::Duration;

use formhand_mongod::{FailCommand, FailMode, Failure};
use mongodb::error::{Error, ErrorKind};

use crate::support::{case, cases, count, start};

fn refused() -> Failure {
    Failure::Error {
        code: 24,
        labels: Vec::new(),
    }
}

fn code(error: &Error) -> Option<i32> {
    match error.kind.as_ref() {
        ErrorKind::Command(error) => Some(error.code),
        _ => None,
    }
}

#[tokio::test]
async fn a_command_fails_until_it_is_healed() {
    let running = start().await;
    let cases = cases(&running.set, "test").await;
    let failing = FailCommand::new(["insert"], FailMode::Always, refused());
    running.set.fail_command(&failing).await.unwrap();
    for _ in 0..2 {
        let error = cases.insert_one(case("a")).await.unwrap_err();
        assert_eq!(code(&error), Some(24), "{error}");
    }
    assert_eq!(count(&cases).await, 0, "others do not fail");
    running.set.heal().await.unwrap();
    cases.insert_one(case("a")).await.unwrap();
}

#[tokio::test]
async fn a_command_fails_so_many_times() {
    let running = start().await;
    let cases = cases(&running.set, "test").await;
    let failing = FailCommand::new(["insert"], FailMode::Times(2), Failure::CloseConnection);
    running.set.fail_command(&failing).await.unwrap();
    for _ in 0..2 {
        let error = cases.insert_one(case("a")).await.unwrap_err();
        assert!(matches!(*error.kind, ErrorKind::Io(_)), "{error}");
    }
    cases.insert_one(case("a")).await.unwrap();
    let failing = FailCommand::new(["insert"], FailMode::AfterFirst(1), refused());
    running.set.fail_command(&failing).await.unwrap();
    cases.insert_one(case("b")).await.unwrap();
    cases.insert_one(case("c")).await.unwrap_err();
}

#[tokio::test]
async fn what_only_may_not_last_is_carried_out() {
    let running = start().await;
    let cases = cases(&running.set, "test").await;
    let label = "RetryableWriteError".to_owned();
    let failure = Failure::WriteConcernError {
        code: 64,
        labels: vec![label.clone()],
    };
    let failing = FailCommand::new(["insert"], FailMode::Times(1), failure);
    running.set.fail_command(&failing).await.unwrap();
    let error = cases.insert_one(case("a")).await.unwrap_err();
    assert!(error.contains_label(label), "{error}");
    assert_eq!(count(&cases).await, 1);
}

#[tokio::test]
async fn only_the_clients_of_a_name_are_met() {
    let running = start().await;
    let (met, other) = (
        cases(&running.set, "met").await,
        cases(&running.set, "other").await,
    );
    let failing = FailCommand::new(["insert"], FailMode::Always, refused()).only_of("met");
    running.set.fail_command(&failing).await.unwrap();
    other.insert_one(case("a")).await.unwrap();
    met.insert_one(case("b")).await.unwrap_err();
}

#[tokio::test]
async fn a_late_command_can_be_waited_for_and_dies_with_the_server() {
    let mut running = start().await;
    let cases = cases(&running.set, "test").await;
    for round in 0..2 {
        let hour = Duration::from_hours(1);
        let late = FailCommand::late(["insert"], FailMode::Times(1), hour);
        let failing = running.set.fail_command(&late).await.unwrap();
        let insert = tokio::spawn({
            let cases = cases.clone();
            async move { cases.insert_one(case("a")).await }
        });
        running.set.until_failed(failing, 1).await.unwrap();
        running.set.kill().await;
        insert.await.unwrap().unwrap_err();
        running.set.restart().await.unwrap();
        assert_eq!(count(&cases).await, 0, "in round {round}");
    }
}

#[tokio::test]
async fn fail_points_are_counted_from_when_they_are_set() {
    let running = start().await;
    let cases = cases(&running.set, "test").await;
    for name in ["a", "b"] {
        let failing = FailCommand::new(["insert"], FailMode::Times(2), refused());
        let failing = running.set.fail_command(&failing).await.unwrap();
        cases.insert_one(case(name)).await.unwrap_err();
        running.set.until_failed(failing, 1).await.unwrap();
        let mut both = Box::pin(running.set.until_failed(failing, 2));
        assert!(
            tokio::time::timeout(Duration::from_millis(100), &mut both)
                .await
                .is_err(),
            "only one has failed"
        );
        cases.insert_one(case(name)).await.unwrap_err();
        both.await.unwrap();
    }
}
