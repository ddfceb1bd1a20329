//! Is it alive, is it ready, and what it says where nothing is.

use super::support::Api;

#[tokio::test]
async fn probes_need_no_token_and_say_why_not() {
    let api = Api::with(false, Some("no browser can be started"));
    let live = api.raw("GET", "/livez", &[("host", "localhost")], "").await;
    insta::assert_snapshot!(live.shown(), @r#"
    200 {
      "status": "ok"
    }
    "#);
    let ready = api
        .raw("GET", "/readyz", &[("host", "localhost")], "")
        .await;
    insta::assert_snapshot!(ready.shown(), @r#"
    503 {
      "type": "urn:formhand:problem:not_ready",
      "title": "Service Unavailable",
      "status": 503,
      "code": "not_ready",
      "detail": "no browser can be started"
    }
    "#);
}

#[tokio::test]
async fn a_server_that_stops_is_not_ready() {
    let api = Api::new();
    assert_eq!(api.get("/readyz").await.status, 200);
    api.stop.cancel();
    insta::assert_snapshot!(api.get("/readyz").await.shown(), @r#"
    503 {
      "type": "urn:formhand:problem:not_ready",
      "title": "Service Unavailable",
      "status": 503,
      "code": "not_ready",
      "detail": "the server is stopping"
    }
    "#);
}

#[tokio::test]
async fn a_server_whose_store_is_gone_is_alive_and_not_ready() {
    let api = Api::new();
    api.store.close().await.unwrap();
    assert_eq!(api.get("/livez").await.status, 200);
    insta::assert_snapshot!(api.get("/readyz").await.shown(), @r#"
    503 {
      "type": "urn:formhand:problem:not_ready",
      "title": "Service Unavailable",
      "status": 503,
      "code": "not_ready",
      "detail": "the store does not answer"
    }
    "#);
    insta::assert_snapshot!(api.get("/api/jobs").await.shown(), @r#"
    503 {
      "type": "urn:formhand:problem:store_unavailable",
      "title": "Service Unavailable",
      "status": 503,
      "code": "store_unavailable",
      "detail": "the store cannot be written at present; nothing of this request was kept"
    }
    "#);
}

#[tokio::test]
async fn every_error_is_a_problem() {
    let api = Api::new();
    insta::assert_snapshot!(api.get("/api/job").await.shown(), @r#"
    404 {
      "type": "urn:formhand:problem:route_not_found",
      "title": "Not Found",
      "status": 404,
      "code": "route_not_found",
      "detail": "there is nothing at this address"
    }
    "#);
    let answer = api.post("/api/jobs/stats", "application/json", "{}").await;
    assert_eq!(answer.headers["allow"], "GET,HEAD");
    insta::assert_snapshot!(answer.shown(), @r#"
    405 {
      "type": "urn:formhand:problem:method_not_allowed",
      "title": "Method Not Allowed",
      "status": 405,
      "code": "method_not_allowed",
      "detail": "this address does not take this method; see the Allow header"
    }
    "#);
}

#[tokio::test]
async fn a_body_without_end_is_cut_off() {
    let api = Api::new();
    let answer = api
        .post("/api/jobs", "text/csv", vec![b'a'; 17 * 1024 * 1024])
        .await;
    insta::assert_snapshot!(answer.shown(), @r#"
    413 {
      "type": "urn:formhand:problem:too_large",
      "title": "Payload Too Large",
      "status": 413,
      "code": "too_large",
      "detail": "a request holds at most 16 MiB; send the records in several requests"
    }
    "#);
}
