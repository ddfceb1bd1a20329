//! More than the cookie carries the login: what the portal asks of pages, as their scripts would answer.

use formhand_practice::{LoginCarrier, Options, Practice, start};
use reqwest::{RequestBuilder, StatusCode};
use serde_json::{Value, json};

use crate::browserless::{NAME, PASSWORD, Visitor, after, options, portal};

const CHECK: &str = "/Home/CheckCurrentUserTokenActiveOrNot";
const QUOTE: &str = "/Motor/MotorQuote";

#[tokio::test]
async fn the_carriers_have_the_names_that_the_readme_gives_them() {
    for (name, carrier) in [
        ("cookie", LoginCarrier::Cookie),
        ("local_storage", LoginCarrier::LocalStorage),
        ("session_storage", LoginCarrier::SessionStorage),
        ("indexed_db", LoginCarrier::IndexedDb),
        ("sealed_indexed_db", LoginCarrier::SealedIndexedDb),
    ] {
        let json = json!({"login_carried_by": name});
        let options: Options = serde_json::from_value(json).unwrap();
        assert_eq!(options.login_carried_by, carrier);
    }
}

#[tokio::test]
async fn a_page_may_call_only_after_it_has_shown_the_token() {
    let portal = carried(0).await;
    let visitor = Visitor::new(&portal);
    let token = logged_in(&portal, &visitor).await;
    let page = page_of(&visitor.page("/Home/Home").await);
    assert_eq!(call(&visitor, &page).await, StatusCode::UNAUTHORIZED);
    for wrong in ["", "0123"] {
        assert_eq!(show(&visitor, &page, wrong).await, json!({"active": false}));
        assert_eq!(call(&visitor, &page).await, StatusCode::UNAUTHORIZED);
    }
    assert_eq!(show(&visitor, &page, &token).await, json!({"active": true}));
    assert_eq!(call(&visitor, &page).await, StatusCode::OK);
    let next_page = page_of(&visitor.page("/Home/Home").await);
    assert_ne!(next_page, page);
    assert_eq!(call(&visitor, &next_page).await, StatusCode::UNAUTHORIZED);
    assert!(visitor.save("C1").send().await.unwrap().status() == StatusCode::UNAUTHORIZED);
    assert!(portal.saves().is_empty());
    assert_eq!(
        portal.sessions_live(),
        1,
        "a page that shows nothing ends nobody's session"
    );
}

#[tokio::test]
async fn a_page_is_out_of_sight_until_then_unless_the_check_is_delayed() {
    for (delay_ms, hidden) in [(0, true), (400, false)] {
        let portal = carried(delay_ms).await;
        let visitor = Visitor::new(&portal);
        logged_in(&portal, &visitor).await;
        let home = visitor.page("/Home/Home").await;
        assert!(home.contains("id=\"divLogout\""));
        assert_eq!(home.contains(" hidden>\n<header"), hidden, "{home}");
        assert!(home.contains(&format!("\"delay_ms\":{delay_ms}")));
    }
}

#[tokio::test]
async fn the_login_page_is_shown_to_a_cookie_alone() {
    let portal = carried(0).await;
    let visitor = Visitor::new(&portal);
    logged_in(&portal, &visitor).await;
    let page = visitor.page("/Login/IMDLogin").await;
    assert!(page.contains("id=\"txtUserName\"") && !page.contains(" hidden>"));
}

#[tokio::test]
async fn a_cookie_that_carries_the_login_needs_nothing_else() {
    let portal = portal().await;
    let visitor = Visitor::logged_in(&portal).await;
    let home = visitor.page("/Home/Home").await;
    assert!(home.contains("\"check\":null") && !home.contains(" hidden>"));
    assert_eq!(call(&visitor, "").await, StatusCode::OK);
    assert_eq!(show(&visitor, "", "").await, json!({"active": true}));
}

async fn carried(login_check_delay_ms: u64) -> Practice {
    start(Options {
        login_carried_by: LoginCarrier::LocalStorage,
        login_check_delay_ms,
        ..options()
    })
    .await
    .unwrap()
}

/// Logs in and gives the token that the page after it is to keep.
async fn logged_in(portal: &Practice, visitor: &Visitor) -> String {
    let answer = visitor.log_in(portal, NAME, PASSWORD).await;
    assert_eq!(answer.status(), StatusCode::OK);
    let page = answer.text().await.unwrap();
    assert!(page.contains("\"carrier\":\"local_storage\""), "{page}");
    after(&page, "\"token\":\"")
}

fn page_of(html: &str) -> String {
    after(html, "\"page\":\"")
}

async fn call(visitor: &Visitor, page: &str) -> StatusCode {
    let request = visitor.client.get(format!("{}{QUOTE}", visitor.url));
    let request = request.header("x-requested-with", "XMLHttpRequest");
    from_page(request, page).send().await.unwrap().status()
}

async fn show(visitor: &Visitor, page: &str, token: &str) -> Value {
    let request = visitor.call(CHECK, &[("token", token)]);
    let answer = from_page(request, page).send().await.unwrap();
    answer.json().await.unwrap()
}

fn from_page(request: RequestBuilder, page: &str) -> RequestBuilder {
    request.header("x-imd-page", page)
}
