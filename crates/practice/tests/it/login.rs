//! Every way in which a login can end.

use formhand_practice::{Event, Fault, FaultName, LoginOutcome, Options, User, UserState, start};
use reqwest::StatusCode;

use crate::browserless::{NAME, PASSWORD, Visitor, after, options, portal};

#[tokio::test]
async fn a_right_login_shows_the_dashboard_and_the_login_page_is_left_at_once_afterwards() {
    let portal = portal().await;
    let visitor = Visitor::new(&portal);
    let answer = visitor.log_in(&portal, NAME, PASSWORD).await;
    let home = answer.headers()["location"].to_str().unwrap().to_owned();
    assert!(home.starts_with("/Home/Home?un=") && home.ends_with("&FromImdLogin=fromlogin"));
    assert!(visitor.page(&home).await.contains("id=\"divMainMotors\""));
    let again = visitor.get("/Login/IMDLogin").await;
    assert_eq!(again.status(), StatusCode::FOUND);
    assert!(
        again.headers()["location"]
            .to_str()
            .unwrap()
            .starts_with("/Home/Home?un=")
    );
}

#[tokio::test]
async fn a_wrong_captcha_says_so_and_brings_a_new_picture() {
    let portal = portal().await;
    let visitor = Visitor::new(&portal);
    let id = visitor.captcha_id().await;
    let page = visitor
        .send_login(NAME, PASSWORD, &id, "nope")
        .await
        .text()
        .await
        .unwrap();
    assert!(page.contains(">Captcha is not valid</span>"), "{page}");
    assert_ne!(after(&page, "name=\"CaptchaDeText\" value=\""), id);
    assert_eq!(
        portal.captcha_answer(&id),
        None,
        "a captcha is good for one answer"
    );
}

#[tokio::test]
async fn each_refusal_has_words_of_its_own() {
    let users = vec![
        User::new(NAME, PASSWORD),
        User::new("locked", "x").with_state(UserState::Locked),
        User::new("expired", "x").with_state(UserState::PasswordExpired),
        User::new("otp", "x").with_state(UserState::Otp),
    ];
    let portal = start(Options { users, ..options() }).await.unwrap();
    for (name, words) in [
        ("nobody", "Invalid user name or password"),
        ("locked", "User is locked"),
        ("expired", "Password has expired"),
        ("otp", "Please enter the OTP"),
    ] {
        let page = Visitor::new(&portal)
            .log_in(&portal, name, "x")
            .await
            .text()
            .await
            .unwrap();
        assert!(page.contains(words), "{name}: {page}");
    }
}

#[tokio::test]
async fn three_wrong_passwords_lock_the_user() {
    let portal = portal().await;
    let visitor = Visitor::new(&portal);
    for _ in 0..3 {
        visitor.log_in(&portal, NAME, "wrong").await;
    }
    let page = visitor
        .log_in(&portal, NAME, PASSWORD)
        .await
        .text()
        .await
        .unwrap();
    assert!(page.contains("User is locked"));
    assert_eq!(portal.login_tries(NAME), 4);
}

#[tokio::test]
async fn a_one_time_code_lets_in_when_it_is_right() {
    let portal = portal().await;
    portal
        .add_fault(Fault::new(FaultName::OtpDemanded).once())
        .unwrap();
    let visitor = Visitor::new(&portal);
    let page = visitor
        .log_in(&portal, NAME, PASSWORD)
        .await
        .text()
        .await
        .unwrap();
    let ticket = after(&page, "name=\"ticket\" value=\"");
    let answer = visitor.call(
        "/Login/VerifyOTP",
        &[("ticket", &ticket), ("OTP", "246810")],
    );
    assert_eq!(answer.send().await.unwrap().status(), StatusCode::FOUND);
    assert_eq!(portal.sessions_live(), 1);
}

#[tokio::test]
async fn a_silent_reject_says_nothing_and_the_ledger_knows() {
    let portal = portal().await;
    portal
        .add_fault(Fault::new(FaultName::LoginSilent).once())
        .unwrap();
    let visitor = Visitor::new(&portal);
    let page = visitor
        .log_in(&portal, NAME, PASSWORD)
        .await
        .text()
        .await
        .unwrap();
    assert!(page.contains("<div id=\"lblMessage\"></div>"));
    let silent = |event: &Event| {
        matches!(
            event,
            Event::Login {
                outcome: LoginOutcome::Silent,
                ..
            }
        )
    };
    assert!(portal.ledger().iter().any(|entry| silent(&entry.event)));
    assert_eq!(
        visitor.log_in(&portal, NAME, PASSWORD).await.status(),
        StatusCode::FOUND
    );
}

#[tokio::test]
async fn what_is_typed_is_never_markup() {
    let portal = portal().await;
    let visitor = Visitor::new(&portal);
    let page = visitor
        .log_in(&portal, "\"><script>alert(1)</script>", "x")
        .await
        .text()
        .await
        .unwrap();
    assert!(page.contains("value=\"&quot;&gt;&lt;script&gt;alert(1)"));
}
