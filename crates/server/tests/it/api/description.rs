//! The description of the API, as it is served, and the page that shows it.

use super::support::Api;

#[tokio::test]
async fn the_description_is_served_as_the_command_prints_it() {
    let api = Api::new();
    let answer = api.get("/api/openapi.json").await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.headers["content-type"], "application/json");
    assert_eq!(&answer.json(), formhand_server::http::api_document());
    assert_eq!(answer.json()["openapi"], "3.1.0");
}

#[tokio::test]
async fn nothing_of_an_installation_is_in_the_description() {
    let api = Api::new();
    let text = api.get("/api/openapi.json").await.body;
    for word in [
        "garden",
        super::support::TOKEN,
        "node-1\",\"state\":\"draining",
    ] {
        assert!(!text.contains(word), "{word}");
    }
}

#[tokio::test]
async fn what_changes_something_takes_no_parameter_that_is_not_described() {
    let api = Api::new();
    let id = api.plant("A-1", "T1").await;
    let answer = api
        .post(
            &format!("/api/jobs/{id}/hold?limit=1"),
            "application/json",
            "",
        )
        .await;
    insta::assert_snapshot!(answer.brief(), @r#"400 "unknown_parameter": "\"limit\" is no parameter here; valid: none""#);
    let status = api.get(&format!("/api/jobs/{id}")).await.json()["status"].take();
    assert_eq!(status, "pending");
}

#[tokio::test]
async fn a_page_shows_every_operation_and_finds_them_by_words() {
    let api = Api::new();
    let page = api.get("/api/docs").await;
    assert_eq!(page.status, 200);
    let document = formhand_server::http::api_document();
    let mut count = 0;
    for item in document["paths"].as_object().unwrap().values() {
        for operation in item.as_object().unwrap().values() {
            let id = operation["operationId"].as_str().unwrap();
            assert!(
                page.body
                    .contains(&format!("<section class=\"sheet operation\" id=\"{id}\"")),
                "{id}"
            );
            count += 1;
        }
    }
    for name in document["components"]["schemas"]
        .as_object()
        .unwrap()
        .keys()
    {
        assert!(
            page.body.contains(&format!("id=\"schema-{name}\"")),
            "{name}"
        );
    }
    let sections = |body: &str| body.matches("<section class=\"sheet operation\"").count();
    assert_eq!(sections(&page.body), count);
    let found = api.get("/api/docs?q=END+silence").await.body;
    assert_eq!(sections(&found), 1);
    assert!(found.contains("id=\"unsilenceAlerts\""));
    let none = api.get("/api/docs?q=%3Cscript%3Enothing").await.body;
    assert_eq!(sections(&none), 0);
    assert!(none.contains("No operation has all of these words."));
    assert!(!none.contains("<script>nothing"));
    assert_eq!(api.get("/api/docs?nonsense=1").await.status, 400);
}
