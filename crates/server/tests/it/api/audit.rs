//! The audit and its proof, and what people do that is no change of a job.

use formhand_domain::{AccountKey, AccountName, Clock as _, NodeId, PortalName, QuestionId};
use formhand_store::{Chain as _, Content, Kept, NodeEntry, Question, QuestionKind, Store as _};
use jiff::SignedDuration;
use serde_json::{Value, json};

use super::support::Api;

const JSON: &str = "application/json";

fn key() -> AccountKey {
    AccountKey {
        portal: PortalName::new("garden").unwrap(),
        account: AccountName::new("main").unwrap(),
    }
}

/// What was noted of people, in the order of its numbers.
pub(crate) async fn acts(api: &Api) -> Vec<String> {
    let links = api.store.links(0, 1_000).await.unwrap();
    let acts = links.into_iter().filter_map(|link| match link.kept {
        Kept::Whole {
            content: Content::Act(act),
            ..
        } => Some(act),
        _ => None,
    });
    acts.map(|act| {
        let (name, about) = (act.deed.name(), act.deed.about());
        format!("{:?}: {name} {about}", act.writer)
    })
    .collect()
}

#[tokio::test]
async fn what_people_do_is_noted_with_their_name_and_no_value() {
    let api = Api::new();
    let now = api.clock.now();
    let node = NodeEntry {
        id: NodeId::new("node-2").unwrap(),
        version: "0.1.0".into(),
        schema: 1,
        workers: 1,
        at_work: 0,
        started_at: now,
        seen_at: now,
    };
    api.store.announce_node(node).await.unwrap();
    let asked = Question {
        id: QuestionId::new("q1").unwrap(),
        kind: QuestionKind::OneTimeCode,
        account: key(),
        picture: Vec::new(),
        asked_at: now,
        expires_at: now + SignedDuration::from_mins(3),
        answer: None,
    };
    api.store.ask(asked).await.unwrap();
    let silence = json!({ "rule": "disk_full", "for": "2h", "reason": "known", "by": "Mina" });
    let silenced = api
        .post("/api/alerts/silences", JSON, silence.to_string())
        .await;
    let id = silenced.json()["id"].as_str().unwrap().to_owned();
    for (path, body) in [
        ("/api/accounts/garden/main/forgive", ""),
        ("/api/sessions/garden/main/recover", ""),
        ("/api/sessions/garden/main/login", ""),
        ("/api/sessions/garden/main/logout", ""),
        ("/api/questions/q1/answer", r#"{"answer":"123456"}"#),
        ("/api/nodes/node-2/drain", ""),
        ("/api/nodes/node-2/resume", ""),
    ] {
        let answer = api.post(path, JSON, body).await;
        assert!(
            (200..300).contains(&answer.status),
            "{path}: {}",
            answer.shown()
        );
    }
    // What is refused is not noted.
    for (path, body) in [
        ("/api/nodes/node-9/drain", ""),
        ("/api/questions/q1/answer", r#"{"answer":"654321"}"#),
        ("/api/intake/nothing/quarantine/drop", r#"{"all":true}"#),
    ] {
        assert!(api.post(path, JSON, body).await.status >= 400, "{path}");
    }
    let told = acts(&api).await.join("\n");
    assert!(!told.contains("123456"));
    insta::assert_snapshot!(told.replace(&id, "SILENCE"), @r#"
    Person { name: "Mina" }: silence disk_full about everything
    Person { name: "server" }: forgive garden/main
    Person { name: "server" }: recover_session garden/main
    Person { name: "server" }: log_in_session garden/main
    Person { name: "server" }: log_out_session garden/main
    Person { name: "server" }: answer q1
    Person { name: "server" }: drain node-2
    Person { name: "server" }: resume node-2
    "#);
}

#[tokio::test]
async fn the_audit_is_proved_on_demand_and_its_verdict_is_kept() {
    let api = Api::new();
    api.plant("4711", "T1").await;
    let before = api.get("/api/audit/head").await.json();
    assert_eq!(
        (&before["seq"], &before["verdict"]),
        (&json!(1), &Value::Null)
    );
    let begun = api.post("/api/audit/verify", JSON, "").await;
    assert_eq!((begun.status, begun.body.as_str()), (202, ""));
    let head = loop {
        let head = api.get("/api/audit/head").await.json();
        if head["verdict"].is_object() && head["proving"] == false {
            break head;
        }
        tokio::task::yield_now().await;
    };
    let link = head["link"].as_str().unwrap();
    assert_eq!(head["verdict"]["head"], format!("1:{link}"));
    assert_eq!(
        (&head["verdict"]["broken"], &head["verdict"]["entries"]),
        (&Value::Null, &json!(1))
    );

    let page = api.get("/api/audit?after=0&limit=1").await.json();
    let entry = &page["links"][0];
    assert_eq!((&entry["seq"], &entry["link"]), (&json!(1), &head["link"]));
    assert_eq!(entry["fields"][3], "submit");
    assert_eq!(
        api.get("/api/audit?after=1").await.json()["links"],
        json!([])
    );
    assert_eq!(api.get("/api/audit?limit=0").await.status, 400);
}
