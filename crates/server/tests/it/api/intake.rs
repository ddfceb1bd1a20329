//! Sources of records, where there are none: the rest needs a MongoDB and is in `cli/intake.rs`.

use super::support::Api;

#[tokio::test]
async fn a_store_that_can_have_no_source_lists_none_and_knows_none() {
    let api = Api::new();
    insta::assert_snapshot!(api.get("/api/intake").await.shown(), @r#"
    200 {
      "sources": []
    }
    "#);
    insta::assert_snapshot!(api.get("/api/intake/bikes").await.brief(), @r#"404 "source_not_found": "there is no source bikes""#);
    insta::assert_snapshot!(api.get("/api/intake/bikes/quarantine").await.brief(), @r#"404 "source_not_found": "there is no source bikes""#);
    let json = "application/json";
    let drop = "/api/intake/bikes/quarantine/drop";
    insta::assert_snapshot!(api.post(drop, json, r#"{"all": true}"#).await.brief(), @r#"404 "source_not_found": "there is no source bikes""#);
    let retry = "/api/intake/bikes/quarantine/retry";
    insta::assert_snapshot!(api.post(retry, json, "{}").await.brief(), @r#"404 "source_not_found": "there is no source bikes""#);
}

#[tokio::test]
async fn what_cannot_be_read_is_the_clients_mistake() {
    let api = Api::new();
    insta::assert_snapshot!(api.get("/api/intake/Bikes%20").await.brief(), @r#"400 "malformed_id": "source \"Bikes \" is not valid: expected 1 to 64 lower-case letters, digits and hyphens""#);
    insta::assert_snapshot!(api.get("/api/intake?state=failing").await.brief(), @r#"400 "unknown_parameter": "\"state\" is no parameter here; valid: none""#);
    insta::assert_snapshot!(api.get("/api/intake/bikes/quarantine?limit=0").await.brief(), @r#"400 "invalid_parameter": "limit 0 is out of range: expected 1 to 500""#);
    let json = "application/json";
    let drop = "/api/intake/bikes/quarantine/drop";
    for body in ["{}", r#"{"document": "1", "all": true}"#] {
        let answer = api.post(drop, json, body).await;
        insta::allow_duplicates! {
            insta::assert_snapshot!(answer.brief(), @r#"400 "malformed_body": "say which: {\"document\": \"ID\"} or {\"all\": true}""#);
        }
    }
}
