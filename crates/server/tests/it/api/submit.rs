//! Handing records in.

use std::fmt::Write as _;

use serde_json::json;

use super::support::Api;

const JSON: &str = "application/json";

#[tokio::test]
async fn a_good_record_becomes_a_job() {
    let api = Api::new();
    let body = json!({"captchaId": "A-1", "record": {"name": "Asha", "tree": "T1"}}).to_string();
    let answer = api.post("/api/jobs", JSON, body).await;
    let place = answer.headers["location"].to_str().unwrap().to_owned();
    assert_eq!(
        place,
        format!("/api/jobs/{}", answer.json()["id"].as_str().unwrap())
    );
    insta::assert_snapshot!(answer.shown(), @r#"
    201 {
      "id": "[job 1]",
      "captchaId": "A-1",
      "portal": "garden",
      "flow": "plant",
      "account": "main",
      "label": "Asha",
      "businessKey": "T1",
      "status": "pending",
      "stage": null,
      "outcome": "not_submitted",
      "failureType": null,
      "failure": null,
      "attempts": 0,
      "fencingToken": 0,
      "retryAt": null,
      "receipt": null,
      "createdAt": "2026-01-02T03:04:05Z",
      "finishedAt": null
    }
    "#);
}

#[tokio::test]
async fn kf37_a_repeated_call_gets_the_first_answer_again() {
    let api = Api::new();
    let key = [("content-type", JSON), ("idempotency-key", "call-1")];
    let body = json!({"record": {"name": "Asha", "tree": "T1"}}).to_string();
    let first = api.post_with("/api/jobs", &key, body.clone()).await;
    let again = api.post_with("/api/jobs", &key, body).await;
    assert_eq!((first.status, again.status), (201, 200));
    assert_eq!(again.headers["idempotency-replayed"], "true");
    assert_eq!(first.json()["id"], again.json()["id"]);
    assert_eq!(api.get("/api/jobs").await.json()["total"], 1);
}

#[tokio::test]
async fn kf37_a_repeated_call_with_many_records_repeats_each() {
    let api = Api::new();
    let key = [("content-type", "text/csv"), ("idempotency-key", "file-1")];
    let body = "captchaId,name,tree\nA,Asha,T1\nB,Ravi,T2\n";
    let first = api.post_with("/api/jobs", &key, body).await.json();
    let again = api.post_with("/api/jobs", &key, body).await.json();
    for index in 0..2 {
        assert_eq!(first["results"][index]["result"], "created");
        assert_eq!(again["results"][index]["result"], "replayed");
        assert_eq!(
            first["results"][index]["job"]["id"],
            again["results"][index]["job"]["id"]
        );
    }
}

#[tokio::test]
async fn kf09_the_same_business_case_is_refused_and_points_to_the_other_job() {
    let api = Api::new();
    let first = api.plant("A-1", "T1").await;
    let body = json!({"captchaId": "A-2", "record": {"name": "Asha", "tree": "T1"}}).to_string();
    let answer = api.post("/api/jobs", JSON, body).await;
    assert_eq!(answer.json()["duplicateOf"], first.to_string());
    insta::assert_snapshot!(answer.shown(), @r#"
    409 {
      "type": "urn:formhand:problem:duplicate_key",
      "title": "Conflict",
      "status": 409,
      "code": "duplicate_key",
      "detail": "job [job 1] has the same business key or caller id, and it is alive or filed",
      "jobId": "[job 2]",
      "duplicateOf": "[job 1]"
    }
    "#);
}

#[tokio::test]
async fn kf11_a_bad_record_is_refused_with_a_pointer_to_each_field() {
    let api = Api::new();
    let body = json!({"record": {"name": "", "height": "tall"}}).to_string();
    let answer = api.post("/api/jobs", JSON, body).await;
    insta::assert_snapshot!(answer.shown(), @r#"
    422 {
      "type": "urn:formhand:problem:invalid_record",
      "title": "Unprocessable Entity",
      "status": 422,
      "code": "invalid_record",
      "detail": "3 fields are not as the flow's record must be",
      "errors": [
        {
          "pointer": "/name",
          "detail": "must not be empty"
        },
        {
          "pointer": "/tree",
          "detail": "is missing; expected a text"
        },
        {
          "pointer": "/height",
          "detail": "must be a whole number"
        }
      ],
      "jobId": "[job 1]"
    }
    "#);
    let jobs = api.get("/api/jobs?status=failed_validation").await.json();
    assert_eq!(jobs["total"], 1);
}

#[tokio::test]
async fn many_records_have_a_result_each() {
    let api = Api::new();
    let body = "{\"captchaId\":\"A\",\"record\":{\"name\":\"Asha\",\"tree\":\"T1\"}}\n\
                \n\
                {\"captchaId\":\"B\",\"record\":{\"name\":\"Asha\",\"tree\":\"T1\"}}\n\
                {\"captchaId\":\"C\",\"record\":{\"name\":\"Ravi\"}}\n\
                {\"portal\":\"forest\",\"record\":{}}\n";
    let answer = api.post("/api/jobs", "application/x-ndjson", body).await;
    let mut results = answer.json();
    for result in results["results"].as_array_mut().unwrap() {
        if let Some(job) = result.get("job") {
            result["job"] = job["status"].clone();
        }
    }
    let shown = serde_json::to_string_pretty(&results).unwrap();
    insta::assert_snapshot!(super::support::without_ids(&shown), @r#"
    {
      "results": [
        {
          "record": 1,
          "line": 1,
          "result": "created",
          "job": "pending"
        },
        {
          "record": 2,
          "line": 3,
          "result": "duplicate",
          "problem": {
            "type": "urn:formhand:problem:duplicate_key",
            "title": "Conflict",
            "status": 409,
            "code": "duplicate_key",
            "detail": "job [job 1] has the same business key or caller id, and it is alive or filed",
            "jobId": "[job 2]",
            "duplicateOf": "[job 1]"
          }
        },
        {
          "record": 3,
          "line": 4,
          "result": "invalid",
          "problem": {
            "type": "urn:formhand:problem:invalid_record",
            "title": "Unprocessable Entity",
            "status": 422,
            "code": "invalid_record",
            "detail": "1 field is not as the flow's record must be",
            "errors": [
              {
                "pointer": "/tree",
                "detail": "is missing; expected a text"
              }
            ],
            "jobId": "[job 3]"
          }
        },
        {
          "record": 4,
          "line": 5,
          "result": "refused",
          "problem": {
            "type": "urn:formhand:problem:unknown_portal",
            "title": "Unprocessable Entity",
            "status": 422,
            "code": "unknown_portal",
            "detail": "there is no portal \"forest\"; there is garden"
          }
        }
      ]
    }
    "#);
}

#[tokio::test]
async fn cells_of_a_table_become_what_the_flow_says() {
    let api = Api::new();
    let body = "name,tree,height,captchaId\nAsha,T1,3,A\nRavi,T2,,B\nMina,T3,tall,C\n";
    let answer = api
        .post(
            "/api/jobs?portal=garden&flow=plant",
            "text/csv; charset=utf-8",
            body,
        )
        .await;
    let results = answer.json();
    let words: Vec<&str> = (0..3)
        .map(|index| results["results"][index]["result"].as_str().unwrap())
        .collect();
    assert_eq!(words, ["created", "created", "invalid"], "{}", answer.body);
    assert_eq!(results["results"][2]["line"], 4);
}

#[tokio::test]
async fn what_cannot_be_read_is_refused_as_a_whole() {
    let api = Api::new();
    let cases = [
        (JSON, "{"),
        (JSON, "[{\"record\":{}},{\"recrod\":{}}]"),
        (JSON, "{\"record\":{},\"account\":\"Main Account\"}"),
        (
            "application/x-ndjson",
            "{\"record\":{}}\n{\"record\":7}\nnonsense\n",
        ),
        ("text/csv", "name,name\na,b\n"),
        ("text/csv", "name,tree\nAsha\nRavi,T2,3\n"),
        ("text/plain", "Asha"),
    ];
    let mut shown = String::new();
    for (kind, body) in cases {
        let answer = api.post("/api/jobs", kind, body).await;
        shown.push_str(&answer.brief());
        for error in answer.json()["errors"].as_array().into_iter().flatten() {
            writeln!(shown, "    {}", error["detail"]).unwrap();
        }
    }
    assert_eq!(api.get("/api/jobs").await.json()["total"], 0);
    insta::assert_snapshot!(shown, @r#"
    400 "malformed_body": "the records cannot be read; none of them was taken"
        "line 1, column 1: the JSON ends too early: EOF while parsing an object"
    400 "malformed_body": "the records cannot be read; none of them was taken"
        "line 1, column 24: unknown field `recrod`, expected one of `portal`, `flow`, `account`, `captchaId`, `record`; the record itself goes under \"record\""
    400 "malformed_body": "the records cannot be read; none of them was taken"
        "line 1, column 38: account \"Main Account\" is not valid: expected 1 to 64 lower-case letters, digits and hyphens"
    400 "malformed_body": "the records cannot be read; none of them was taken"
        "line 2, column 11: invalid type: integer `7`, expected an object such as {\"firstName\": \"Asha\"}"
        "line 3, column 2: this is not JSON: expected ident"
    400 "malformed_body": "the records cannot be read; none of them was taken"
        "line 1: column \"name\" is there twice"
    400 "malformed_body": "the records cannot be read; none of them was taken"
        "line 2: 1 cell where the header has 2"
        "line 3: 3 cells where the header has 2"
    415 "unsupported_media_type": "the Content-Type must be application/json, application/x-ndjson or text/csv"
    "#);
}

#[tokio::test]
async fn names_that_are_not_there_are_answered_with_those_that_are() {
    let api = Api::new();
    let record = json!({"name": "Asha", "tree": "T1"});
    let mut shown = String::new();
    for target in [
        json!({"portal": "forest"}),
        json!({"flow": "fell"}),
        json!({"account": "other"}),
    ] {
        let mut body = target;
        body["record"] = record.clone();
        let answer = api.post("/api/jobs", JSON, body.to_string()).await;
        shown.push_str(&answer.brief());
    }
    insta::assert_snapshot!(shown, @r#"
    422 "unknown_portal": "there is no portal \"forest\"; there is garden"
    422 "unknown_flow": "portal garden has no flow `fell`; it has plant"
    422 "unknown_account": "there is no account garden/other; there is main"
    "#);
}

#[tokio::test]
async fn a_bad_idempotency_key_or_parameter_is_refused() {
    let api = Api::new();
    let headers = [("content-type", JSON), ("idempotency-key", "two words")];
    let answer = api
        .post_with("/api/jobs", &headers, "{\"record\":{}}")
        .await;
    insta::assert_snapshot!(answer.shown(), @r#"
    400 {
      "type": "urn:formhand:problem:malformed_id",
      "title": "Bad Request",
      "status": 400,
      "code": "malformed_id",
      "detail": "idempotency key \"two words\" is not valid: expected 1 to 128 visible ASCII characters without spaces"
    }
    "#);
    let answer = api
        .post("/api/jobs?portals=garden", JSON, "{\"record\":{}}")
        .await;
    insta::assert_snapshot!(answer.json()["detail"].as_str().unwrap(), @r#""portals" is no parameter here; valid: portal, flow, account"#);
}
