//! A session lives so long from its login, whatever it does.

use formhand_practice::{Event, Options, Practice, SessionLife, StartError, start};
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::browserless::{Visitor, options, portal};

const SHORT: SessionLife = SessionLife::Exponential { mean_ms: 20 };

#[tokio::test]
async fn a_life_is_over_at_its_time_and_the_ledger_says_so_at_once() {
    let portal = living(SessionLife::Fixed { ms: 80 }).await;
    let visitor = Visitor::logged_in(&portal).await;
    let ended = portal.when_session_ends(0).await;
    assert_eq!(lived(&ended.event), Some(80));
    assert_eq!(portal.sessions_live(), 0);
    assert_eq!(visitor.get("/Home/Home").await.status(), StatusCode::FOUND);
    assert_eq!(portal.session_ends().len(), 1);
}

#[tokio::test]
async fn the_nth_login_lives_equally_long_whatever_else_was_drawn() {
    let (plain, busy) = (living(SHORT).await, living(SHORT).await);
    let visitor = Visitor::new(&busy);
    for _ in 0..3 {
        visitor.captcha_id().await;
    }
    assert_eq!(three_lives(&plain).await, three_lives(&busy).await);
}

#[tokio::test]
async fn a_life_that_is_set_counts_from_the_next_login_on() {
    let portal = portal().await;
    let old = Visitor::logged_in(&portal).await;
    portal
        .set_session_life(Some(SessionLife::Fixed { ms: 30 }))
        .unwrap();
    Visitor::logged_in(&portal).await;
    let ended = portal.when_session_ends(0).await;
    assert_eq!(lived(&ended.event), Some(30));
    assert_eq!(old.get("/Home/Home").await.status(), StatusCode::OK);
    assert_eq!(portal.sessions_live(), 1);
    portal.reset();
    Visitor::logged_in(&portal).await;
    assert_eq!((portal.logins(), portal.session_ends().len()), (1, 0));
}

#[tokio::test]
async fn the_admin_api_sets_it_and_refuses_what_makes_no_sense() {
    let portal = portal().await;
    let url = format!("{}/session-life", portal.admin_url());
    let client = Visitor::new(&portal).client;
    let put = async |body: Value| client.put(&url).json(&body).send().await.unwrap();
    let weibull = json!({"shape": "weibull", "scale_ms": 30, "power": 3.0});
    assert_eq!(put(weibull.clone()).await.status(), StatusCode::OK);
    let shown = client.get(&url).send().await.unwrap();
    assert_eq!(shown.json::<Value>().await.unwrap(), weibull);
    Visitor::logged_in(&portal).await;
    portal.when_session_ends(0).await;
    for (body, words) in [
        (json!({"shape": "fixed", "ms": 0}), "must be above 0"),
        (
            json!({"shape": "fixed", "mean_ms": 5}),
            "unknown field `mean_ms`",
        ),
        (
            json!({"shape": "normal", "ms": 5}),
            "expected one of `fixed`",
        ),
    ] {
        let answer = put(body).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let error = answer.text().await.unwrap();
        assert!(error.contains(words), "{error}");
    }
    assert_eq!(put(Value::Null).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn a_portal_does_not_start_with_a_life_of_nothing() {
    let json = json!({"session_life": {"shape": "exponential", "mean_ms": 0}});
    let options: Options = serde_json::from_value(json).unwrap();
    let error = start(options).await.err().unwrap();
    assert!(matches!(error, StartError::Option(_)), "{error}");
}

async fn living(life: SessionLife) -> Practice {
    let session_life = Some(life);
    start(Options {
        session_life,
        ..options()
    })
    .await
    .unwrap()
}

/// One after the other, so that the ends are in the order of the logins.
async fn three_lives(portal: &Practice) -> Vec<u64> {
    let mut lives = Vec::new();
    for _ in 0..3 {
        let mark = portal.mark();
        Visitor::logged_in(portal).await;
        let ended = portal.when_session_ends(mark).await;
        lives.extend(lived(&ended.event));
    }
    assert_eq!(lives.len(), 3);
    assert_ne!(lives[0], lives[1], "each login draws a life of its own");
    lives
}

fn lived(event: &Event) -> Option<u64> {
    match event {
        Event::SessionEnded(end) => Some(end.lived_ms),
        _ => None,
    }
}
