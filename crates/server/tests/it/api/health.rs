//! Is it alive, is it ready, and what it says where nothing is.

use super::support::Api;

#[tokio::test]
async fn probes_need_no_token_and_say_why_not() {
    let api = Api::with(false, Some("no browser can be started"));
    let live = api.raw("GET", "/livez", &[("host", "localhost")], "").await;
    insta::assert_snapshot!(live.shown(), @"");
    let ready = api
        .raw("GET", "/readyz", &[("host", "localhost")], "")
        .await;
    insta::assert_snapshot!(ready.shown(), @"");
}

#[tokio::test]
async fn a_server_that_stops_is_not_ready() {
    let api = Api::new();
    assert_eq!(api.get("/readyz").await.status, 200);
    api.stop.cancel();
    insta::assert_snapshot!(api.get("/readyz").await.shown(), @"");
}

#[tokio::test]
async fn a_server_whose_store_is_gone_is_alive_and_not_ready() {
    let api = Api::new();
    api.store.close().await.unwrap();
    assert_eq!(api.get("/livez").await.status, 200);
    insta::assert_snapshot!(api.get("/readyz").await.shown(), @"");
    insta::assert_snapshot!(api.get("/api/jobs").await.shown(), @"");
}

#[tokio::test]
async fn every_error_is_a_problem() {
    let api = Api::new();
    insta::assert_snapshot!(api.get("/api/job").await.shown(), @"");
    let answer = api.post("/api/jobs/stats", "application/json", "{}").await;
    assert_eq!(answer.headers["allow"], "GET,HEAD");
    insta::assert_snapshot!(answer.shown(), @"");
}

#[tokio::test]
async fn a_body_without_end_is_cut_off() {
    let api = Api::new();
    let answer = api
        .post("/api/jobs", "text/csv", vec![b'a'; 17 * 1024 * 1024])
        .await;
    insta::assert_snapshot!(answer.shown(), @"");
}
