//! A portal that punishes those who copy a session without the rest.

use formhand_practice::{EndReason, Event, Options, Practice, start};
use reqwest::StatusCode;

use crate::browserless::{NAME, PASSWORD, Visitor, cookies_of, options, portal, shown};

#[tokio::test]
async fn the_first_visit_makes_a_device_that_lasts() {
    let portal = bound().await;
    let visitor = Visitor::new(&portal);
    let cookies = cookies_of(&visitor.get("/Login/IMDLogin").await);
    assert_eq!(cookies.len(), 1);
    assert!(cookies[0].starts_with("IMD_DeviceId=") && cookies[0].contains("; Max-Age=31536000"));
    assert_eq!(
        cookies_of(&visitor.get("/Login/IMDLogin").await),
        Vec::<String>::new()
    );
}

#[tokio::test]
async fn a_session_shown_without_its_device_is_ended_at_once() {
    for with in ["", "; IMD_DeviceId=another"] {
        let portal = bound().await;
        let (visitor, session, _) = logged_in(&portal).await;
        assert_eq!(visitor.get("/Home/Home").await.status(), StatusCode::OK);
        let copy = Visitor::with_cookies(&portal, &format!("{session}{with}"));
        assert_eq!(copy.get("/Home/Home").await.status(), StatusCode::FOUND);
        let ended = portal.when_session_ends(0).await;
        let reason = EndReason::OtherDevice;
        assert!(matches!(ended.event, Event::SessionEnded(end) if end.reason == reason));
        assert_eq!(visitor.get("/Home/Home").await.status(), StatusCode::FOUND);
        assert_eq!(portal.sessions_live(), 0);
    }
}

#[tokio::test]
async fn a_whole_copy_is_as_good_as_the_browser_of_the_login() {
    let portal = bound().await;
    let (visitor, session, device) = logged_in(&portal).await;
    let copy = Visitor::with_cookies(&portal, &format!("{session}; {device}"));
    for anyone in [&copy, &visitor] {
        assert_eq!(anyone.get("/Home/Home").await.status(), StatusCode::OK);
    }
}

#[tokio::test]
async fn no_device_is_asked_for_where_sessions_are_not_bound() {
    let portal = portal().await;
    let cookies = cookies_of(&Visitor::new(&portal).get("/Login/IMDLogin").await);
    assert_eq!(cookies, Vec::<String>::new());
}

async fn bound() -> Practice {
    start(Options {
        device_bound: true,
        ..options()
    })
    .await
    .unwrap()
}

/// A visitor with the cookies that it got: of the session and of the device.
async fn logged_in(portal: &Practice) -> (Visitor, String, String) {
    let visitor = Visitor::new(portal);
    let first = cookies_of(&visitor.get("/Login/IMDLogin").await);
    let login = cookies_of(&visitor.log_in(portal, NAME, PASSWORD).await);
    let (session, device) = (shown(&login[0]).to_owned(), shown(&first[0]).to_owned());
    (visitor, session, device)
}
