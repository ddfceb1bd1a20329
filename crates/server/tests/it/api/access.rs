//! Who may ask.

use super::support::{Api, bearer};

const ROUTES: &[(&str, &str)] = &[
    ("GET", "/api/jobs"),
    ("GET", "/api/jobs/stats"),
    ("GET", "/api/jobs/outcomes"),
    ("GET", "/api/jobs/01JD8Z7K3N5Q2V6W9X0Y1A2B3C"),
    ("GET", "/api/job-status/A-1"),
    ("GET", "/api/events"),
    ("GET", "/api/questions"),
    ("GET", "/api/questions/q/picture"),
    ("GET", "/api/accounts"),
    ("GET", "/nothing"),
    ("POST", "/api/jobs"),
    ("POST", "/api/jobs/01JD8Z7K3N5Q2V6W9X0Y1A2B3C/retry"),
    ("POST", "/api/jobs/01JD8Z7K3N5Q2V6W9X0Y1A2B3C/cancel"),
    ("POST", "/api/questions/q/answer"),
    ("POST", "/api/accounts/garden/main/forgive"),
];

#[tokio::test]
async fn kf42_nothing_is_open_without_the_token() {
    let api = Api::new();
    for (method, path) in ROUTES {
        let answer = api.raw(method, path, &[("host", "localhost")], "{}").await;
        assert_eq!(answer.status, 401, "{method} {path}");
        let wrong = [
            ("host", "localhost"),
            ("authorization", "Bearer another-token-here"),
        ];
        let answer = api.raw(method, path, &wrong, "{}").await;
        assert_eq!(answer.status, 401, "{method} {path}");
    }
    let answer = api
        .raw("GET", "/api/jobs", &[("host", "localhost")], "")
        .await;
    assert_eq!(
        answer.headers["www-authenticate"],
        "Bearer realm=\"formhand\""
    );
    insta::assert_snapshot!(answer.shown(), @r#"
    401 {
      "type": "urn:formhand:problem:unauthorized",
      "title": "Unauthorized",
      "status": 401,
      "code": "unauthorized",
      "detail": "send the server's token: Authorization: Bearer TOKEN"
    }
    "#);
}

#[tokio::test]
async fn open_reads_open_reading_and_nothing_else() {
    let api = Api::with(true, None);
    let read = api
        .raw("GET", "/api/jobs", &[("host", "localhost")], "")
        .await;
    assert_eq!(read.status, 200);
    let write = api
        .raw("POST", "/api/jobs", &[("host", "localhost")], "{}")
        .await;
    assert_eq!(write.status, 401);
}

#[tokio::test]
async fn a_page_that_was_rebound_to_this_server_gets_nothing() {
    let api = Api::with(true, None);
    let token = bearer();
    for host in ["evil.example", "127.0.0.1.evil.example:7070"] {
        let headers = [("host", host), ("authorization", token.as_str())];
        assert_eq!(
            api.raw("GET", "/api/jobs", &headers, "").await.status,
            421,
            "{host}"
        );
    }
    let answer = api
        .raw("GET", "/api/jobs", &[("host", "evil.example")], "")
        .await;
    insta::assert_snapshot!(answer.shown(), @r#"
    421 {
      "type": "urn:formhand:problem:unknown_host",
      "title": "Misdirected Request",
      "status": 421,
      "code": "unknown_host",
      "detail": "this server is not known by that name; add it to `hosts` in formhand.toml"
    }
    "#);
    for host in ["localhost:7070", "127.0.0.1", "[::1]:7070", "forms.example"] {
        assert_eq!(
            api.raw("GET", "/api/jobs", &[("host", host)], "")
                .await
                .status,
            200,
            "{host}"
        );
    }
    assert_eq!(api.raw("GET", "/api/jobs", &[], "").await.status, 400);
}

#[tokio::test]
async fn no_page_of_another_origin_is_invited() {
    let api = Api::new();
    let headers = [
        ("host", "localhost"),
        ("origin", "http://evil.example"),
        ("access-control-request-method", "POST"),
    ];
    let answer = api.raw("OPTIONS", "/api/jobs", &headers, "").await;
    assert_eq!(answer.status, 401);
    assert!(!answer.headers.contains_key("access-control-allow-origin"));
}

#[tokio::test]
async fn kf42_a_path_cannot_climb_out() {
    let api = Api::new();
    for path in [
        "/api/questions/..%2f..%2fetc%2fpasswd/picture",
        "/api/questions/%2e%2e/picture",
        "/../../etc/passwd",
        "/api/jobs/..%2f..%2fetc%2fpasswd",
        "/%2e%2e/%2e%2e/etc/passwd",
    ] {
        let answer = api.get(path).await;
        assert!(
            matches!(answer.status, 400 | 404),
            "{path}: {}",
            answer.status
        );
        assert_eq!(
            answer.headers["content-type"], "application/problem+json",
            "{path}"
        );
    }
}
