//! How a session ends, and who notices.

use formhand_practice::{Event, Fault, FaultName, Options, Step, start};
use reqwest::StatusCode;

use crate::browserless::{Visitor, options, portal};

#[tokio::test]
async fn an_expired_session_redirects_pages_and_answers_401_to_calls() {
    let portal = portal().await;
    let visitor = Visitor::logged_in(&portal).await;
    assert_eq!(visitor.get("/Home/Home").await.status(), StatusCode::OK);
    assert_eq!(portal.expire_sessions(), 1);
    let page = visitor.get("/Home/Home").await;
    assert_eq!(page.status(), StatusCode::FOUND);
    assert_eq!(page.headers()["location"], "/Login/IMDLogin");
    assert_eq!(
        visitor.save("C1").send().await.unwrap().status(),
        StatusCode::UNAUTHORIZED
    );
    assert!(portal.saves().is_empty());
}

#[tokio::test]
async fn a_second_login_ends_the_first_session_in_single_session_mode() {
    let portal = start(Options {
        single_session: true,
        ..options()
    })
    .await
    .unwrap();
    let first = Visitor::logged_in(&portal).await;
    let second = Visitor::logged_in(&portal).await;
    assert_eq!(first.get("/Home/Home").await.status(), StatusCode::FOUND);
    assert_eq!(second.get("/Home/Home").await.status(), StatusCode::OK);
}

#[tokio::test]
async fn a_session_can_end_at_the_nth_request_to_a_step() {
    let portal = portal().await;
    let fault = Fault::new(FaultName::ExpireAt)
        .step(Step::Dashboard)
        .nth(2)
        .once();
    portal.set_faults(vec![fault]).unwrap();
    let visitor = Visitor::logged_in(&portal).await;
    assert_eq!(visitor.get("/Home/Home").await.status(), StatusCode::OK);
    assert_eq!(visitor.get("/Home/Home").await.status(), StatusCode::FOUND);
    assert!(portal.faults().is_empty());
}

#[tokio::test]
async fn logout_ends_the_session() {
    let portal = portal().await;
    let visitor = Visitor::logged_in(&portal).await;
    assert!(
        visitor
            .page("/Home/Logout")
            .await
            .contains("sessionStorage.clear()")
    );
    assert_eq!(visitor.get("/Home/Home").await.status(), StatusCode::FOUND);
}

#[tokio::test]
async fn the_ledger_never_shows_a_session_id() {
    let portal = portal().await;
    let visitor = Visitor::logged_in(&portal).await;
    visitor.get("/Home/Home").await;
    let home =
        |event: &Event| matches!(event, Event::Answered { path, .. } if path == "/Home/Home");
    let entry = portal.when(|entry| home(&entry.event)).await;
    assert_eq!(entry.session.map(|hash| hash.len()), Some(8));
}
