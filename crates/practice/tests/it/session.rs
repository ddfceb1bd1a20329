//! How a session ends, and who notices.

use formhand_practice::{
    EndReason, Entry, Event, Fault, FaultName, LoginOutcome, Options, Step, start,
};
use reqwest::StatusCode;

use crate::browserless::{NAME, PASSWORD, Visitor, cookies_of, options, portal};

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
async fn every_end_of_a_session_is_in_the_ledger_with_its_reason() {
    let portal = portal().await;
    let home = || Fault::new(FaultName::ExpireAt).step(Step::Dashboard).once();
    for reason in [
        EndReason::Admin,
        EndReason::Fault,
        EndReason::Logout,
        EndReason::SecondLogin,
    ] {
        let mark = portal.mark();
        let visitor = Visitor::logged_in(&portal).await;
        let login = portal.when_after(mark, is_accepted).await;
        match reason {
            EndReason::Admin => assert_eq!(portal.expire_sessions(), 1),
            EndReason::Fault => {
                portal.add_fault(home()).unwrap();
                visitor.get("/Home/Home").await;
            }
            EndReason::Logout => drop(visitor.get("/Home/Logout").await),
            _ => {
                portal
                    .add_fault(Fault::new(FaultName::SingleSession).once())
                    .unwrap();
                Visitor::logged_in(&portal).await;
            }
        }
        let ended = portal.when_session_ends(mark).await;
        assert_eq!(why(&ended), Some(reason));
        assert_eq!((&ended.user, &ended.session), (&login.user, &login.session));
        assert!(ended.at >= login.at);
    }
    assert_eq!(portal.session_ends().len(), 4);
    assert_eq!((portal.logins(), portal.sessions_live()), (5, 1));
}

#[tokio::test]
async fn a_session_that_nobody_uses_ends_by_itself() {
    let portal = start(Options {
        session_idle_ms: 50,
        ..options()
    })
    .await
    .unwrap();
    let visitor = Visitor::logged_in(&portal).await;
    let ended = portal.when_session_ends(0).await;
    assert_eq!(why(&ended), Some(EndReason::Idle));
    assert_eq!(portal.sessions_live(), 0);
    assert_eq!(visitor.get("/Home/Home").await.status(), StatusCode::FOUND);
}

#[tokio::test]
async fn the_session_cookie_outlives_the_browser_only_where_it_is_told_to() {
    for persistent_cookie in [false, true] {
        let portal = start(Options {
            persistent_cookie,
            ..options()
        })
        .await
        .unwrap();
        let answer = Visitor::new(&portal).log_in(&portal, NAME, PASSWORD).await;
        let cookies = cookies_of(&answer);
        assert_eq!(cookies.len(), 1);
        assert!(cookies[0].starts_with("ASP.NET_SessionId="));
        assert_eq!(cookies[0].contains("; Max-Age="), persistent_cookie);
    }
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

fn is_accepted(entry: &Entry) -> bool {
    let accepted = LoginOutcome::Accepted;
    matches!(&entry.event, Event::Login { outcome, .. } if *outcome == accepted)
}

fn why(entry: &Entry) -> Option<EndReason> {
    match entry.event {
        Event::SessionEnded(end) => Some(end.reason),
        _ => None,
    }
}
