//! The one-time code after the password.

use formhand_practice::{
    Event, Fault, FaultName, LoginOutcome, Options, Practice, StartError, User, UserState, start,
};
use reqwest::{Response, StatusCode};

use crate::browserless::{NAME, PASSWORD, Visitor, after, options, portal};

/// That of RFC 6238's own tests.
const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

#[tokio::test]
async fn the_page_has_the_ids_that_the_readme_gives_them() {
    let portal = with_totp().await;
    let page = asked(&portal, &Visitor::new(&portal)).await;
    assert!(page.contains("<input type=\"text\" id=\"txtOTP\" name=\"OTP\" maxlength=\"6\""));
    assert!(page.contains("<button type=\"submit\" id=\"btnOtp\""));
    assert!(page.contains(">Please enter the OTP sent to your registered mobile number</span>"));
    assert!(!page.contains("txtUserName"));
}

#[tokio::test]
async fn a_wrong_code_leads_back_to_the_login_page_which_says_so() {
    let portal = portal().await;
    portal
        .add_fault(Fault::new(FaultName::OtpDemanded).once())
        .unwrap();
    let visitor = Visitor::new(&portal);
    let ticket = ticket_of(&asked(&portal, &visitor).await);
    let page = send(&visitor, &ticket, "000000")
        .await
        .text()
        .await
        .unwrap();
    assert!(page.contains(">Invalid OTP</span>") && page.contains("id=\"txtUserName\""));
    let late = send(&visitor, &ticket, "246810")
        .await
        .text()
        .await
        .unwrap();
    assert!(late.contains(">OTP has expired. Please login again</span>"));
    assert_eq!(portal.logins(), 0);
    let outcomes = outcomes(&portal);
    assert_eq!(
        outcomes,
        [LoginOutcome::OtpDemanded, LoginOutcome::WrongOtp]
    );
}

#[tokio::test]
async fn a_code_of_the_time_lets_in_once() {
    let portal = with_totp().await;
    let code = portal.one_time_code(NAME).unwrap();
    for (again, accepted) in [(false, true), (true, false)] {
        let visitor = Visitor::new(&portal);
        let ticket = ticket_of(&asked(&portal, &visitor).await);
        let answer = send(&visitor, &ticket, &code).await;
        let status = answer.status();
        assert_eq!(status == StatusCode::FOUND, accepted, "again: {again}");
    }
    assert_eq!(portal.logins(), 1);
    assert_ne!(portal.one_time_code(NAME).unwrap(), code);
}

#[tokio::test]
async fn the_fixed_code_is_nothing_to_a_user_with_a_secret() {
    let portal = with_totp().await;
    let visitor = Visitor::new(&portal);
    let ticket = ticket_of(&asked(&portal, &visitor).await);
    let answer = send(&visitor, &ticket, &options().otp).await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(portal.logins(), 0);
}

#[tokio::test]
async fn the_code_that_is_told_is_the_one_that_is_asked_for() {
    let users = vec![User::new(NAME, PASSWORD).with_state(UserState::Otp)];
    let portal = start(Options { users, ..options() }).await.unwrap();
    assert_eq!(portal.one_time_code(NAME), Some(options().otp));
    assert_eq!(portal.one_time_code("nobody"), None);
}

#[tokio::test]
async fn a_portal_does_not_start_with_a_secret_that_is_none() {
    let users = vec![User::new(NAME, PASSWORD).with_totp("not base32!")];
    let error = start(Options { users, ..options() }).await.err().unwrap();
    let StartError::Option(error) = error else {
        panic!("{error}");
    };
    assert_eq!(
        error.to_string(),
        "`totp_secret` of user `practice.broker` is not base32"
    );
}

async fn with_totp() -> Practice {
    let users = vec![User::new(NAME, PASSWORD).with_totp(SECRET)];
    start(Options { users, ..options() }).await.unwrap()
}

/// The page that asks for the code.
async fn asked(portal: &Practice, visitor: &Visitor) -> String {
    let answer = visitor.log_in(portal, NAME, PASSWORD).await;
    answer.text().await.unwrap()
}

fn ticket_of(page: &str) -> String {
    after(page, "name=\"ticket\" value=\"")
}

async fn send(visitor: &Visitor, ticket: &str, code: &str) -> Response {
    let form = [("ticket", ticket), ("OTP", code)];
    let request = visitor.call("/Login/VerifyOTP", &form);
    request.send().await.unwrap()
}

fn outcomes(portal: &Practice) -> Vec<LoginOutcome> {
    let pick = |event| match event {
        Event::Login { outcome, .. } => Some(outcome),
        _ => None,
    };
    let entries = portal.ledger().into_iter();
    entries.filter_map(|entry| pick(entry.event)).collect()
}
