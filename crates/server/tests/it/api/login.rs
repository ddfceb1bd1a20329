//! Logging in at a browser, and what comes by its cookie.

use std::fmt::Write as _;

use jiff::SignedDuration;

use super::{
    callers::token_of,
    served::{Served, brief},
};

/// What is sent: the headers, and the CSRF token.
type Case<'a> = (&'a str, Vec<(&'a str, &'a str)>, Option<&'a str>);

const HOUR: SignedDuration = SignedDuration::from_hours(1);

fn header<'a>(answer: &'a reqwest::Response, name: &str) -> &'a str {
    answer.headers()[name].to_str().unwrap()
}

#[tokio::test]
async fn a_login_gives_a_cookie_that_is_its_token() {
    let served = Served::new().await;
    let login = served.login(token_of("anna"), "/jobs?status=failed");
    let answer = login.send().await.unwrap();
    assert_eq!(answer.status(), 303);
    assert_eq!(header(&answer, "location"), "/jobs?status=failed");
    let cookie = header(&answer, "set-cookie");
    let (cookie, rest) = cookie.split_once(';').unwrap();
    assert_eq!(rest, " Path=/; Max-Age=43200; HttpOnly; SameSite=Strict");
    let (name, id) = cookie.split_once('=').unwrap();
    assert_eq!((name, id.len()), ("formhand-session", 64));

    let read = served.ask("GET", "/api/jobs").header("cookie", cookie);
    assert_eq!(read.send().await.unwrap().status(), 200);
    let csrf = served.csrf_of(cookie);
    let act = served
        .ask("POST", "/api/accounts/garden/main/forgive")
        .header("cookie", cookie)
        .header("origin", served.origin())
        .header("x-csrf-token", csrf);
    let refused = brief(act.send().await.unwrap()).await;
    assert_eq!(refused, "403 forbidden", "a viewer stays one");
}

#[tokio::test]
async fn a_login_over_https_gives_a_cookie_for_https_alone() {
    let served = Served::new().await;
    let secure = |request: reqwest::RequestBuilder| request.header("x-forwarded-proto", "https");
    let answer = secure(served.login(token_of("anna"), "/"))
        .send()
        .await
        .unwrap();
    let cookie = header(&answer, "set-cookie").to_owned();
    assert!(cookie.starts_with("__Host-formhand-session="), "{cookie}");
    assert!(cookie.ends_with("; Secure"), "{cookie}");
    let cookie = cookie.split(';').next().unwrap();
    let read = || served.ask("GET", "/api/jobs").header("cookie", cookie);
    assert_eq!(secure(read()).send().await.unwrap().status(), 200);
    assert_eq!(read().send().await.unwrap().status(), 401);
}

#[tokio::test]
async fn what_changes_something_by_cookie_must_come_from_a_page_of_ours() {
    let served = Served::new().await;
    let id = served.api.plant("A-1", "T1").await;
    let cookie = served.cookie_of("ben").await;
    let other = served.cookie_of("ben").await;
    let (csrf, others) = (served.csrf_of(&cookie), served.csrf_of(&other));
    let own = served.origin();
    let own = own.as_str();
    let evil = "http://evil.example";
    let origin = |origin: &'static str| ("origin", origin);
    let site = |site: &'static str| ("sec-fetch-site", site);
    let cases: [Case<'_>; 12] = [
        ("nothing at all", vec![], None),
        ("no csrf token", vec![("origin", own)], None),
        ("an empty csrf token", vec![("origin", own)], Some("")),
        (
            "that of another login",
            vec![("origin", own)],
            Some(&others),
        ),
        ("no origin", vec![], Some(&csrf)),
        ("another origin", vec![origin(evil)], Some(&csrf)),
        ("no origin that is said", vec![origin("null")], Some(&csrf)),
        ("another site", vec![site("cross-site")], Some(&csrf)),
        (
            "another site that lies",
            vec![("origin", own), site("cross-site")],
            Some(&csrf),
        ),
        ("a sibling", vec![site("same-site")], Some(&csrf)),
        ("our page", vec![("origin", own)], Some(&csrf)),
        (
            "our page, as browsers say",
            vec![site("same-origin")],
            Some(&csrf),
        ),
    ];
    let mut told = String::new();
    for (what, headers, csrf) in cases {
        let path = format!("/api/jobs/{id}/verify");
        let mut request = served.ask("POST", &path).header("cookie", &cookie);
        for (name, value) in headers {
            request = request.header(name, value);
        }
        if let Some(csrf) = csrf {
            request = request.header("x-csrf-token", csrf);
        }
        let got = brief(request.send().await.unwrap()).await;
        writeln!(told, "{what}: {got}").unwrap();
    }
    insta::assert_snapshot!(told, @"
    nothing at all: 403 foreign_origin
    no csrf token: 403 csrf
    an empty csrf token: 403 csrf
    that of another login: 403 csrf
    no origin: 403 foreign_origin
    another origin: 403 foreign_origin
    no origin that is said: 403 foreign_origin
    another site: 403 foreign_origin
    another site that lies: 403 foreign_origin
    a sibling: 403 foreign_origin
    our page: 409 no_search
    our page, as browsers say: 409 no_search
    ");
}

#[tokio::test]
async fn a_form_sends_its_csrf_token_as_a_field() {
    let served = Served::new().await;
    let cookie = served.cookie_of("ben").await;
    let csrf = served.csrf_of(&cookie);
    let leave = |csrf: &str| {
        let request = served.ask("POST", "/logout").header("cookie", &cookie);
        let request = request.header("origin", served.origin());
        request.form(&[("csrf", csrf)]).send()
    };
    assert_eq!(brief(leave("wrong").await.unwrap()).await, "403 csrf");
    let left = leave(&csrf).await.unwrap();
    assert_eq!(
        (left.status().as_u16(), header(&left, "location")),
        (303, "/login")
    );
    let gone = "formhand-session=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict";
    assert_eq!(header(&left, "set-cookie"), gone);
    let read = served.ask("GET", "/api/jobs").header("cookie", &cookie);
    assert_eq!(
        read.send().await.unwrap().status(),
        401,
        "wherever it is kept"
    );
}

#[tokio::test]
async fn reading_by_cookie_and_all_by_token_need_no_csrf_token() {
    let served = Served::new().await;
    let id = served.api.plant("A-1", "T1").await;
    let cookie = served.cookie_of("ben").await;
    let foreign = |request: reqwest::RequestBuilder| {
        let request = request.header("origin", "http://evil.example");
        request.header("sec-fetch-site", "cross-site")
    };
    let read = served.ask("GET", "/api/jobs").header("cookie", &cookie);
    let read = foreign(read).send().await.unwrap();
    assert_eq!(read.status(), 200);
    let invited = read.headers().get("access-control-allow-origin");
    assert!(invited.is_none(), "the other page sees nothing of it");
    let act = served.ask("POST", &format!("/api/jobs/{id}/hold"));
    let act = foreign(act.bearer_auth(token_of("ben"))).send();
    assert_eq!(act.await.unwrap().status(), 200);
    let wrong = served.ask("GET", "/api/jobs").header("cookie", &cookie);
    let wrong = wrong.bearer_auth("wrong").send().await.unwrap();
    assert_eq!(wrong.status(), 401, "a cookie makes no wrong token good");
}

#[tokio::test]
async fn no_other_site_logs_somebody_in() {
    let served = Served::new().await;
    let form = [("token", token_of("anna"))];
    for (name, value) in [
        ("origin", "http://evil.example"),
        ("sec-fetch-site", "cross-site"),
    ] {
        let login = served.ask("POST", "/login").header(name, value).form(&form);
        let answer = login.send().await.unwrap();
        assert!(!answer.headers().contains_key("set-cookie"));
        assert_eq!(brief(answer).await, "403 foreign_origin");
    }
}

#[tokio::test]
async fn a_page_without_a_login_leads_to_the_login_and_back() {
    let served = Served::new().await;
    let page = |path: &str| {
        served
            .ask("GET", path)
            .header("accept", "text/html,*/*;q=0.8")
    };
    let sent = page("/jobs?status=failed&q=a%26b").send().await.unwrap();
    assert_eq!(sent.status(), 303);
    let login = header(&sent, "location").to_owned();
    assert_eq!(login, "/login?next=%2Fjobs%3Fstatus%3Dfailed%26q%3Da%2526b");
    let text = page(&login).send().await.unwrap().text().await.unwrap();
    let hidden = "name=\"next\" value=\"/jobs?status=failed&amp;q=a%26b\"";
    assert!(text.contains(hidden), "{text}");
    let posted = served
        .ask("POST", "/jobs/x/retry")
        .header("accept", "text/html");
    let posted = posted.send().await.unwrap();
    assert_eq!(header(&posted, "location"), "/login");

    let cookie = served.cookie_of("anna").await;
    let again = page(&login).header("cookie", cookie).send().await.unwrap();
    assert_eq!(header(&again, "location"), "/jobs?status=failed&q=a%26b");
}

#[tokio::test]
async fn a_login_never_leads_to_another_server() {
    let served = Served::new().await;
    for next in [
        "//evil.example/",
        "/\\evil.example/",
        "/\t/evil.example/",
        "https://evil.example/",
        "javascript:alert(1)",
        "\" onfocus=\"alert(1)",
        "/x/..//evil.example",
    ] {
        let answer = served.login(token_of("anna"), next).send().await.unwrap();
        assert_eq!(header(&answer, "location"), "/", "{next:?}");
        let page = served.ask("GET", "/login").query(&[("next", next)]);
        let text = page.send().await.unwrap().text().await.unwrap();
        assert!(
            text.contains("name=\"next\" value=\"/\""),
            "{next:?}: {text}"
        );
    }
}

#[tokio::test]
async fn a_login_ends_with_its_token_and_when_it_is_left_alone() {
    let served = Served::new().await;
    let of_a_while = served.cookie_of("eve").await;
    let idle = served.cookie_of("anna").await;
    let status = async |cookie: &str| {
        let request = served.ask("GET", "/api/jobs").header("cookie", cookie);
        request.send().await.unwrap().status().as_u16()
    };
    assert_eq!(status(&of_a_while).await, 200);
    served.api.clock.advance(HOUR);
    assert_eq!(status(&of_a_while).await, 401);
    served.api.clock.advance(HOUR);
    assert_eq!(status(&idle).await, 401);
}

#[tokio::test]
async fn a_stream_of_events_ends_with_the_login_that_opened_it() {
    let served = Served::new().await;
    let cookie = served.cookie_of("anna").await;
    let events = served
        .ask("GET", "/api/events?after=0")
        .header("cookie", &cookie);
    let mut events = events.send().await.unwrap();
    served.api.plant("A-1", "T1").await;
    assert!(events.chunk().await.unwrap().is_some());
    let csrf = served.csrf_of(&cookie);
    let leave = served.ask("POST", "/logout").header("cookie", &cookie);
    let leave = leave
        .header("origin", served.origin())
        .form(&[("csrf", csrf)]);
    assert_eq!(leave.send().await.unwrap().status(), 303);
    served.api.plant("A-2", "T2").await;
    assert_eq!(events.chunk().await.unwrap(), None);
}

#[tokio::test]
async fn a_place_where_logins_fail_waits_and_others_log_in() {
    let served = Served::new().await;
    for _ in 0..5 {
        let wrong = served.login("wrong", "/").send().await.unwrap();
        assert_eq!(wrong.status(), 401);
        let text = wrong.text().await.unwrap();
        assert!(
            text.contains("This is not a token of this server."),
            "{text}"
        );
    }
    let right = || served.login(token_of("anna"), "/");
    let limited = right().send().await.unwrap();
    assert_eq!(
        limited.status(),
        429,
        "the right one cannot be told from others"
    );
    assert_eq!(header(&limited, "retry-after"), "30");
    let elsewhere = served.ask_from([127, 0, 0, 2], "POST", "/login");
    let elsewhere = elsewhere.form(&[("token", token_of("anna"))]);
    assert_eq!(elsewhere.send().await.unwrap().status(), 303);
    let program = served.ask("GET", "/api/jobs").bearer_auth(token_of("anna"));
    assert_eq!(program.send().await.unwrap().status(), 200);
    served.api.clock.advance(SignedDuration::from_secs(30));
    assert_eq!(right().send().await.unwrap().status(), 303);
}
