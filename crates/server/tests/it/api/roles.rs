//! Who may do what, over the whole table of routes.

use std::fmt::Write as _;

use formhand_server::{
    access::Role,
    http::{Need, Route, table},
};
use jiff::SignedDuration;
use reqwest::Response;

use super::{
    callers::token_of,
    served::{Served, brief},
    support::Api,
};

/// What came of a request, as far as roles are concerned.
#[derive(Debug, PartialEq, Eq)]
enum Verdict {
    Unknown,
    Forbidden { needs: String },
    Passed,
}

/// A path with something in place of what differs.
fn filled(route: &Route) -> String {
    let part = |part: &str| {
        if part.starts_with('{') {
            "x".to_owned()
        } else {
            part.to_owned()
        }
    };
    route
        .path
        .split('/')
        .map(part)
        .collect::<Vec<_>>()
        .join("/")
}

async fn verdict(answer: Response) -> Verdict {
    let status = answer.status().as_u16();
    let kind = answer.headers().get("content-type");
    let is_problem = kind.is_some_and(|kind| kind == "application/problem+json");
    if !is_problem {
        return Verdict::Passed;
    }
    let problem: serde_json::Value = answer.json().await.unwrap();
    match (status, problem["code"].as_str().unwrap()) {
        (401, "unauthorized") => Verdict::Unknown,
        (403, "forbidden") => Verdict::Forbidden {
            needs: problem["detail"].as_str().unwrap().to_owned(),
        },
        (401 | 403 | 405 | 429, code) | (_, code @ "route_not_found") => {
            panic!("{status} {code}: that is no answer of a route")
        }
        _ => Verdict::Passed,
    }
}

async fn ask(served: &Served, route: &Route, name: Option<&str>) -> Verdict {
    let mut request = served.ask(route.method.as_str(), &filled(route));
    if let Some(name) = name {
        request = request.bearer_auth(token_of(name));
    }
    if route.method != "GET" {
        request = request
            .header("content-type", "application/json")
            .body("{}");
    }
    verdict(request.send().await.unwrap()).await
}

#[tokio::test]
async fn every_route_asks_for_its_role_and_no_more() {
    let served = Served::new().await;
    served.api.clock.advance(SignedDuration::from_hours(1));
    for route in table() {
        let what = format!("{} {}", route.method, route.path);
        for (name, role) in [
            (None, None),
            (Some("eve"), None),
            (Some("anna"), Some(Role::Viewer)),
            (Some("ben"), Some(Role::Operator)),
            (Some("carla"), Some(Role::Admin)),
        ] {
            let expected = match (route.need, role) {
                (Need::AtLeast(_), None) => Verdict::Unknown,
                (Need::AtLeast(needed), Some(role)) if role < needed => {
                    let name = name.unwrap();
                    let needs =
                        format!("this needs the role {needed}, and {name} has the role {role}");
                    Verdict::Forbidden { needs }
                }
                (Need::AtLeast(_), Some(_)) | (Need::Everyone, _) => Verdict::Passed,
            };
            assert_eq!(
                ask(&served, &route, name).await,
                expected,
                "{what} as {name:?}"
            );
        }
    }
}

#[test]
#[expect(clippy::too_many_lines, reason = "a line for each route")]
fn who_may_do_what_is_known() {
    let mut lines = String::new();
    for need in [
        Need::Everyone,
        Role::Viewer.into(),
        Role::Operator.into(),
        Role::Admin.into(),
    ] {
        let mut of_need: Vec<String> = table()
            .iter()
            .filter(|route| route.need == need)
            .map(|route| format!("{} {}", route.method, route.path))
            .collect();
        of_need.sort();
        writeln!(lines, "{need:?}\n  {}", of_need.join("\n  ")).unwrap();
    }
    insta::assert_snapshot!(lines, @"
    Everyone
      GET /assets/{name}
      GET /livez
      GET /login
      GET /login.css
      GET /readyz
      POST /login
    AtLeast(Viewer)
      GET /
      GET /alerts
      GET /analytics
      GET /api/accounts
      GET /api/alerts
      GET /api/alerts/silences
      GET /api/audit
      GET /api/audit/head
      GET /api/browsers
      GET /api/docs
      GET /api/events
      GET /api/intake
      GET /api/intake/{name}
      GET /api/intake/{name}/quarantine
      GET /api/job-status/{captchaId}
      GET /api/jobs
      GET /api/jobs/outcomes
      GET /api/jobs/stats
      GET /api/jobs/{id}
      GET /api/jobs/{id}/evidence
      GET /api/jobs/{id}/evidence/{attempt}/documents/{name}
      GET /api/jobs/{id}/evidence/{attempt}/{name}
      GET /api/jobs/{id}/sight
      GET /api/jobs/{id}/take-over
      GET /api/nodes
      GET /api/openapi.json
      GET /api/questions
      GET /api/questions/{id}/picture
      GET /api/session/recovery-history
      GET /api/session/status
      GET /api/sessions
      GET /api/sessions/{portal}/{name}
      GET /api/webhooks
      GET /api/webhooks/{name}
      GET /api/webhooks/{name}/deliveries
      GET /api/webhooks/{name}/deliveries/{id}
      GET /audit
      GET /intake
      GET /jobs
      GET /jobs/{id}
      GET /jobs/{id}/take-over
      GET /metrics
      GET /questions
      GET /servers
      GET /sessions
      GET /sessions/{portal}/{name}
      GET /webhooks
      POST /logout
    AtLeast(Operator)
      DELETE /api/alerts/silences/{id}
      POST /alerts/{wish}
      POST /api/alerts/silences
      POST /api/alerts/test
      POST /api/audit/verify
      POST /api/intake/{name}/quarantine/retry
      POST /api/jobs
      POST /api/jobs/cancel
      POST /api/jobs/hold
      POST /api/jobs/release
      POST /api/jobs/resolve
      POST /api/jobs/retry
      POST /api/jobs/{id}/cancel
      POST /api/jobs/{id}/hold
      POST /api/jobs/{id}/release
      POST /api/jobs/{id}/resolve
      POST /api/jobs/{id}/retry
      POST /api/jobs/{id}/take-over
      POST /api/jobs/{id}/take-over/act
      POST /api/jobs/{id}/take-over/end
      POST /api/jobs/{id}/verify
      POST /api/questions/{id}/answer
      POST /api/sessions/{portal}/{name}/login
      POST /api/sessions/{portal}/{name}/logout
      POST /api/sessions/{portal}/{name}/recover
      POST /api/webhooks/{name}/deliveries/{id}/replay
      POST /api/webhooks/{name}/replay
      POST /api/webhooks/{name}/test
      POST /audit/prove
      POST /jobs/many
      POST /jobs/many/{wish}
      POST /jobs/{id}/take-over/{wish}
      POST /jobs/{id}/{wish}
      POST /questions/{id}/answer
      POST /sessions/{portal}/{name}/{wish}
      POST /webhooks/{name}/{wish}
    AtLeast(Admin)
      POST /api/accounts/{portal}/{name}/forgive
      POST /api/intake/{name}/quarantine/drop
      POST /api/nodes/{id}/drain
      POST /api/nodes/{id}/resume
      POST /api/webhooks/{name}/enable
      POST /servers/{id}/{wish}
      POST /sessions/{portal}/{name}/forgive
      POST /webhooks/{name}/enable
    ");
}

#[tokio::test]
async fn what_is_no_route_is_told_to_those_who_may_read() {
    let served = Served::new().await;
    let mut told = String::new();
    for (method, path) in [
        ("GET", "/nothing"),
        ("POST", "/nothing"),
        ("DELETE", "/api/jobs"),
        ("OPTIONS", "/api/jobs"),
        ("GET", "/login/"),
    ] {
        let nobody = served.ask(method, path).send().await.unwrap();
        let viewer = served.ask(method, path).bearer_auth(token_of("anna"));
        let viewer = viewer.send().await.unwrap();
        let (nobody, viewer) = (brief(nobody).await, brief(viewer).await);
        writeln!(told, "{method} {path}: {nobody}; {viewer}").unwrap();
    }
    insta::assert_snapshot!(told, @"
    GET /nothing: 401 unauthorized; 404 route_not_found
    POST /nothing: 401 unauthorized; 404 route_not_found
    DELETE /api/jobs: 401 unauthorized; 405 method_not_allowed
    OPTIONS /api/jobs: 401 unauthorized; 405 method_not_allowed
    GET /login/: 401 unauthorized; 404 route_not_found
    ");
}

#[tokio::test]
async fn a_token_that_has_expired_says_so_to_its_holder_alone() {
    let served = Served::new().await;
    let ask = || served.ask("GET", "/api/jobs");
    let before = ask().bearer_auth(token_of("eve")).send().await.unwrap();
    assert_eq!(before.status(), 200);
    served.api.clock.advance(SignedDuration::from_hours(1));
    let after = ask().bearer_auth(token_of("eve")).send().await.unwrap();
    let problem: serde_json::Value = after.json().await.unwrap();
    assert_eq!(problem["detail"], "the time of token eve is over");
    let other = ask().bearer_auth("expired-token-for-tests-onlY");
    let problem: serde_json::Value = other.send().await.unwrap().json().await.unwrap();
    assert_eq!(problem["detail"], "this is not the server's token");
}

#[tokio::test]
async fn what_a_person_does_is_audited_under_the_name_of_the_token() {
    let served = Served::new().await;
    let id = served.api.plant("A-1", "T1").await;
    let act = |verb: &str, body: &'static str| {
        let request = served.ask("POST", &format!("/api/jobs/{id}/{verb}"));
        request.bearer_auth(token_of("ben")).body(body).send()
    };
    assert_eq!(act("hold", "").await.unwrap().status(), 200);
    let job = act("release", r#"{"by":"Mina"}"#).await.unwrap();
    let job: serde_json::Value = job.json().await.unwrap();
    let history = job["statusHistory"].as_array().unwrap();
    let by: Vec<&str> = history
        .iter()
        .map(|change| change["by"].as_str().unwrap())
        .collect();
    assert_eq!(by, ["queue", "ben", "Mina (ben)"]);
}

#[tokio::test]
async fn open_reads_make_a_viewer_of_everyone_here_and_no_more() {
    let api = Api::with(true, None);
    for route in table() {
        if route.need == Need::Everyone || route.path == "/api/events" {
            continue;
        }
        let host = [("host", "localhost")];
        let answer = api
            .raw(route.method.as_str(), &filled(&route), &host, "{}")
            .await;
        let passed = answer.status != 401;
        let may = route.need == Need::AtLeast(Role::Viewer) && route.method == "GET";
        assert_eq!(passed, may, "{} {}", route.method, route.path);
    }
    assert_eq!(api.get("/api/jobs").await.status, 200, "with a token, too");
}
