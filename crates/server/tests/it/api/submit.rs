//! Handing records in.

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
    insta::assert_snapshot!(answer.shown(), @"");
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
    insta::assert_snapshot!(answer.shown(), @"");
}

#[tokio::test]
async fn kf11_a_bad_record_is_refused_with_a_pointer_to_each_field() {
    let api = Api::new();
    let body = json!({"record": {"name": "", "height": "tall"}}).to_string();
    let answer = api.post("/api/jobs", JSON, body).await;
    insta::assert_snapshot!(answer.shown(), @"");
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
    insta::assert_snapshot!(super::support::without_ids(&shown), @"");
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
        let problem = answer.json();
        shown.push_str(&format!(
            "{} {}: {}\n",
            answer.status, problem["code"], problem["detail"]
        ));
        for error in problem["errors"].as_array().into_iter().flatten() {
            shown.push_str(&format!("    {}\n", error["detail"]));
        }
    }
    assert_eq!(api.get("/api/jobs").await.json()["total"], 0);
    insta::assert_snapshot!(shown, @"");
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
        let problem = answer.json();
        shown.push_str(&format!(
            "{} {}: {}\n",
            answer.status, problem["code"], problem["detail"]
        ));
    }
    insta::assert_snapshot!(shown, @"");
}

#[tokio::test]
async fn a_bad_idempotency_key_or_parameter_is_refused() {
    let api = Api::new();
    let headers = [("content-type", JSON), ("idempotency-key", "two words")];
    let answer = api
        .post_with("/api/jobs", &headers, "{\"record\":{}}")
        .await;
    insta::assert_snapshot!(answer.shown(), @"");
    let answer = api
        .post("/api/jobs?portals=garden", JSON, "{\"record\":{}}")
        .await;
    insta::assert_snapshot!(answer.json()["detail"].as_str().unwrap(), @"");
}
