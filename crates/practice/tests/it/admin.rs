//! The admin API.

use formhand_practice::{Event, Fault, FaultName};
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::browserless::{Visitor, portal};

#[tokio::test]
async fn faults_are_replaced_listed_and_counted_down() {
    let portal = portal().await;
    let visitor = Visitor::new(&portal);
    let faults = json!([{"fault": "server_error", "step": "login", "status": 502, "times": 2}]);
    let url = format!("{}/faults", portal.admin_url());
    let put = visitor.client.put(&url).json(&faults).send().await.unwrap();
    assert_eq!(put.json::<Value>().await.unwrap(), faults);
    assert_eq!(
        visitor.get("/Login/IMDLogin").await.status(),
        StatusCode::BAD_GATEWAY
    );
    let left: Value = visitor
        .client
        .get(&url)
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(left[0]["times"], 1);
}

#[tokio::test]
async fn an_unknown_fault_is_refused_with_the_valid_names() {
    let portal = portal().await;
    let visitor = Visitor::new(&portal);
    let url = format!("{}/faults", portal.admin_url());
    let answer = visitor
        .client
        .put(&url)
        .json(&json!([{"fault": "slwo"}]))
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let error: Value = answer.json().await.unwrap();
    let error = error["error"].as_str().unwrap();
    assert!(
        error.contains("unknown variant `slwo`") && error.contains("`cut_after`"),
        "{error}"
    );
}

#[tokio::test]
async fn the_ledger_is_served_and_a_reset_clears_it() {
    let portal = portal().await;
    let visitor = Visitor::logged_in(&portal).await;
    for _ in 0..2 {
        visitor.save("C1").send().await.unwrap();
    }
    let ledger: Value = serde_json::from_str(&visitor.page("/__practice/ledger").await).unwrap();
    assert_eq!(ledger["committed_count"], 2);
    assert_eq!(ledger["duplicates"], json!({"C1": 2}));
    visitor
        .client
        .post(format!("{}/reset", portal.admin_url()))
        .send()
        .await
        .unwrap();
    assert_eq!(visitor.get("/Home/Home").await.status(), StatusCode::FOUND);
    assert!(portal.saves().is_empty());
}

#[tokio::test]
async fn the_side_channel_knows_the_captcha() {
    let portal = portal().await;
    let visitor = Visitor::new(&portal);
    let id = visitor.captcha_id().await;
    let answer: Value =
        serde_json::from_str(&visitor.page(&format!("/__practice/captcha/{id}")).await).unwrap();
    assert_eq!(answer["text"].as_str().map(str::len), Some(4));
}

#[tokio::test]
async fn shutdown_ends_in_time_although_a_request_is_held() {
    let portal = portal().await;
    let visitor = Visitor::logged_in(&portal).await;
    portal.add_fault(Fault::new(FaultName::Hold)).unwrap();
    let save = tokio::spawn(visitor.save("C1").send());
    portal
        .when(|entry| matches!(entry.event, Event::Held { .. }))
        .await;
    let url = portal.url().to_owned();
    portal.shutdown().await;
    save.abort();
    assert!(visitor.client.get(url).send().await.is_err());
}
