//! What every answer forbids the browser that shows it.

use std::fmt::Write as _;

use reqwest::Response;

use super::{callers::token_of, served::Served};

const STRICT: [&str; 7] = [
    "cache-control",
    "content-security-policy",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
    "referrer-policy",
    "x-content-type-options",
    "x-frame-options",
];

fn strict(answer: &Response) -> String {
    let mut lines = String::new();
    for name in STRICT {
        let value = answer
            .headers()
            .get(name)
            .map(|value| value.to_str().unwrap());
        writeln!(lines, "{name}: {}", value.unwrap_or("-")).unwrap();
    }
    lines
}

#[tokio::test]
async fn data_is_no_page_and_a_page_has_only_what_is_ours() {
    let served = Served::new().await;
    let page = served.ask("GET", "/login").send().await.unwrap();
    insta::assert_snapshot!(strict(&page), @"
    cache-control: no-store
    content-security-policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'
    cross-origin-opener-policy: same-origin
    cross-origin-resource-policy: same-origin
    referrer-policy: same-origin
    x-content-type-options: nosniff
    x-frame-options: DENY
    ");
    let data = served.ask("GET", "/api/jobs").bearer_auth(token_of("anna"));
    insta::assert_snapshot!(strict(&data.send().await.unwrap()), @"
    cache-control: no-store
    content-security-policy: default-src 'none'; frame-ancestors 'none'
    cross-origin-opener-policy: same-origin
    cross-origin-resource-policy: same-origin
    referrer-policy: no-referrer
    x-content-type-options: nosniff
    x-frame-options: DENY
    ");
}

#[tokio::test]
async fn no_answer_lacks_them() {
    let served = Served::new().await;
    let data = strict(&served.ask("GET", "/livez").send().await.unwrap());
    let nobody = |path: &str| served.ask("GET", path);
    let anna = |path: &str| served.ask("GET", path).bearer_auth(token_of("anna"));
    for (status, request) in [
        (401, nobody("/api/jobs")),
        (404, anna("/nothing")),
        (303, nobody("/jobs").header("accept", "text/html")),
        (421, nobody("/livez").header("host", "evil.example")),
        (405, anna("/api/jobs/x/retry")),
        (200, anna("/api/events")),
        (200, nobody("/login.css")),
    ] {
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), status);
        assert_eq!(strict(&answer), data, "{status}");
    }
    let failed = served.login("wrong", "/").send().await.unwrap();
    let page = strict(&served.ask("GET", "/login").send().await.unwrap());
    assert_eq!(strict(&failed), page);
}

#[tokio::test]
async fn the_login_page_has_nothing_that_its_own_policy_forbids() {
    let served = Served::new().await;
    let page = served.ask("GET", "/login").send().await.unwrap();
    let text = page.text().await.unwrap();
    for inline in ["<script", "<style", "style=", " on", "javascript:"] {
        assert!(!text.contains(inline), "{inline} is in the page: {text}");
    }
}
