//! A login in real Chromium: what browsers send by themselves, and what they refuse.

use std::time::Duration;

use axum::{Router, response::Html};
use formhand_browser::{
    Action, ActionKind, Condition, ContextOptions, Deadline, Kind, Launch, Page, Profile, Target,
    TextMatch, Typing,
};
use tokio::net::TcpListener;

use super::{callers::token_of, served::Served};

fn soon() -> Deadline {
    Deadline::after(Duration::from_secs(10))
}

async fn act(page: &Page, selector: &str, kind: ActionKind) {
    let action = Action {
        target: Target::css(selector),
        kind,
        label: selector.to_owned(),
        timeout: None,
    };
    page.main().act(&[action], soon()).await.unwrap();
}

/// Waits until the page shows this.
async fn shows(page: &Page, text: &str) {
    let seen = Condition::Text {
        target: Target::css("body"),
        matches: TextMatch::Contains(text.to_owned()),
    };
    page.main().first_of(&[seen], soon()).await.unwrap();
}

/// A page of another server, with forms that want to reach this one. Another port is the same site to a browser: it
/// sends even a strict cookie along.
async fn hostile(target: &str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let form = |id: &str, path: &str, name: &str| {
        format!(
            "<form method=post action='{target}{path}'><input name={name} value=x><button id={id}>{id}</button></form>"
        )
    };
    let forms = form("login", "/login", "token") + &form("logout", "/logout", "csrf");
    let router = Router::new().fallback(async move || Html(forms.clone()));
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_logs_in_and_no_page_of_another_server_acts_in_their_name() {
    let served = Served::new().await;
    let hostile = hostile(&served.origin()).await;
    let launch = Launch {
        kind: Kind::StillShell,
        executable: None,
        profile: Profile::Temporary,
        headless: true,
    };
    let browser = launch.start().await.unwrap();
    let options = ContextOptions {
        origins: vec![served.origin(), hostile.clone()],
        ..ContextOptions::default()
    };
    let context = browser.context(options).await.unwrap();
    let page = context.page().await.unwrap();
    let stats = format!("{}/api/jobs/stats", served.origin());

    page.goto(&stats, soon()).await.unwrap();
    let fill = ActionKind::Fill {
        value: token_of("anna").to_owned(),
        keys: Typing::Paste,
    };
    act(&page, "#token", fill).await;
    act(&page, "button", ActionKind::Click).await;
    shows(&page, "successRate").await;

    for form in ["#login", "#logout"] {
        page.goto(&hostile, soon()).await.unwrap();
        act(&page, form, ActionKind::Click).await;
        shows(&page, "foreign_origin").await;
    }
    page.goto(&stats, soon()).await.unwrap();
    shows(&page, "successRate").await;
}
