//! `formhand intake`, over one whole life of a server, and offline.

use std::{path::Path, time::Duration};

use formhand_domain::NodeId;
use formhand_mongod::ReplicaSet;
use formhand_store::{MongoStore, NodeEntry, Store as _};
use jiff::Timestamp;
use mongodb::{
    Client, Collection,
    bson::{Document, doc},
};
use serde_json::Value;

use super::{
    server::Running,
    support::{Place, Ran},
};

const MAPPING: &str = "formhand: 1
portal: garden
flow: plant
account: {from: branch, values: {BLR: main}}
when: [{path: status, is: ready}]
updates: [status]
record:
  name: customer.name
  tree: tree
";

fn shipped(name: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    root.join(name).display().to_string()
}

/// Standard output, and then standard error.
fn all(ran: &Ran) -> String {
    format!("exit {}\n{}--\n{}", ran.code(), ran.stdout(), ran.stderr())
}

#[test]
fn a_mapping_is_checked_and_a_document_is_mapped_without_a_server() {
    let place = Place::new();
    let mapping = shipped("examples/intake/two-wheeler.yaml");
    let check = |more: &[&str]| {
        let mut arguments = vec!["intake", "check", &mapping];
        arguments.extend(more);
        place.run(&arguments)
    };
    let portal = shipped("portals/practice.yaml");
    insta::assert_snapshot!(all(&check(&["--portal", &portal])), @"
    exit 0
    ok: documents become records of flow two-wheeler of portal practice
    --
    ");
    let document = shipped("examples/intake/document.json");
    let mapped = check(&["--document", &document]);
    insta::assert_snapshot!(format!("exit {}\n{}", mapped.code(), mapped.stderr()), @"
    exit 0
    65a1b2c3d4e5f60718293a4b for flow two-wheeler of portal practice, account main
    ");
    let record: Value = serde_json::from_str(&mapped.stdout()).unwrap();
    assert_eq!(record["idv"], 72_200);
    let mapped: Value =
        serde_json::from_str(&check(&["--json", "--document", &document]).stdout()).unwrap();
    assert_eq!(
        (&mapped["result"], &mapped["record"]),
        (&"mapped".into(), &record)
    );
}

#[test]
fn what_a_document_lacks_is_told_and_what_it_holds_is_not() {
    let place = Place::new();
    place.file("m.yaml", MAPPING);
    let ran = |document: &str, more: &[&str]| {
        place.file("d.json", document);
        let mut arguments = vec!["intake", "check", "m.yaml", "--document", "d.json"];
        arguments.extend(more);
        all(&place.run(&arguments))
    };
    insta::assert_snapshot!(ran(r#"{"_id": 7, "status": "draft"}"#, &[]), @r#"
    exit 1
    not ready: status must be "ready"
    --
    "#);
    let broken = r#"{"_id": 7, "status": "ready", "branch": "Asha", "tree": ["Asha"]}"#;
    insta::assert_snapshot!(ran(broken, &[]), @r#"
    exit 1
    it is ready and cannot be taken:
    branch (for account): is no word that the mapping knows; expected "BLR"
    customer.name (for /name): is missing; expected a text, a number, or true or false
    tree (for /tree): is a list; expected a text, a number, or true or false (the mapping may say `each`)
    --
    "#);
    insta::assert_snapshot!(ran(broken, &["--json"]), @r#"
    exit 1
    {
      "result": "broken",
      "problems": [
        {
          "path": "branch",
          "field": "account",
          "message": "is no word that the mapping knows; expected \"BLR\""
        },
        {
          "path": "customer.name",
          "field": "/name",
          "message": "is missing; expected a text, a number, or true or false"
        },
        {
          "path": "tree",
          "field": "/tree",
          "message": "is a list; expected a text, a number, or true or false (the mapping may say `each`)"
        }
      ]
    }
    --
    "#);
    insta::assert_snapshot!(ran(r#"{"name": Asha}"#, &[]), @"
    exit 3
    --
    error: d.json:1:10: this is not JSON
    ");
    place.file("m.yaml", MAPPING.replace("flow: plant", "flow: plnt"));
    place.file("portal.yaml", crate::api::PORTAL);
    let wrong = place.run(&["intake", "check", "m.yaml", "--portal", "portal.yaml"]);
    insta::assert_snapshot!(wrong.complaint(), @"
    exit 3
    error: the portal has no flow `plnt`
     --> m.yaml:3:7
      |
    3 | flow: plnt
      |       ^
      help: did you mean `plant`?
    ");
    insta::assert_snapshot!(place.run(&["intake", "check", "nowhere.yaml"]).complaint(), @"
    exit 3
    error: cannot read nowhere.yaml: No such file or directory (os error 2)
    ");
}

/// A server that watches a collection and works on nothing, so that no browser is needed.
async fn watching(place: &Place, database: &ReplicaSet) -> (Running, Collection<Document>) {
    let url = database.url().replace("/?", "/formhand?");
    place.file("portal.yaml", crate::api::PORTAL);
    place.file("m.yaml", MAPPING);
    place.file("password", "never used\n");
    place.file("seal", "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=\n");
    place.file(
        "formhand.toml",
        format!(
            "portals = [\"portal.yaml\"]\n[store]\nurl = \"{url}\"\nseal_key_file = \"seal\"\n\
             [[accounts]]\nportal = \"garden\"\nname = \"main\"\nuser = \"gardener\"\npassword_file = \"password\"\n\
             [[intake]]\nname = \"customers\"\ncollection = \"customers\"\ndatabase = \"crm\"\nmapping = \"m.yaml\"\n\
             write_back = {{ status = \"formhand.status\" }}\n"
        ),
    );
    std::fs::create_dir(place.path("data")).unwrap();
    place.file("data/node", "node-test");
    drain(&url).await;
    let running = Running::start(place);
    let client = Client::with_uri_str(&url).await.unwrap();
    (running, client.database("crm").collection("customers"))
}

/// Asks the server that is about to start to take no work.
async fn drain(url: &str) {
    let now: Timestamp = "2026-01-05T09:00:00Z".parse().unwrap();
    let store = MongoStore::open(url, now).await.unwrap();
    let id = NodeId::new("node-test").unwrap();
    let entry = NodeEntry {
        id: id.clone(),
        version: "0".into(),
        schema: store.schema(),
        workers: 0,
        at_work: 0,
        started_at: now,
        seen_at: now,
    };
    store.announce_node(entry).await.unwrap();
    assert!(store.drain_node(&id, true).await.unwrap());
    store.close().await.unwrap();
}

/// Runs a command until its answer is as it should be.
fn until(place: &Place, arguments: &[&str], holds: impl Fn(&Value) -> bool) -> Value {
    for _ in 0..300 {
        let ran = place.run(arguments);
        if let Ok(value) = serde_json::from_str(&ran.stdout())
            && holds(&value)
        {
            return value;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    panic!("in vain: {}", all(&place.run(arguments)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_source_is_seen_and_its_quarantine_is_worked_off() {
    let place = Place::new();
    let database = ReplicaSet::start(&place.path("mongodb")).await.unwrap();
    let (running, customers) = watching(&place, &database).await;
    let show = ["intake", "show", "customers", "--json"];
    until(&place, &show, |source| {
        source["state"] == "watching" && !source["readTo"].is_null()
    });
    let customer = |id: i32, tree: Option<&str>| {
        doc! { "_id": id, "status": "ready", "branch": "BLR", "customer": { "name": "Asha" }, "tree": tree }
    };
    customers
        .insert_many([
            customer(1, Some("T1")),
            customer(2, None),
            customer(3, None),
        ])
        .await
        .unwrap();
    let source = until(&place, &show, |source| {
        source["taken"] == 1 && source["quarantined"] == 2
    });
    assert_eq!(
        (&source["here"], &source["node"]),
        (&true.into(), &"node-test".into())
    );
    // Times differ from run to run.
    let shown = all(&place.run(&["intake", "show", "customers"]));
    let lines = shown.lines().map(|line| match line.split_once(" 20") {
        Some((before, _)) => format!("{before} WHEN"),
        None => line.to_owned(),
    });
    insta::assert_snapshot!(lines.collect::<Vec<_>>().join("\n"), @"
    exit 0
    source                 customers
    collection             customers (mapping)
    state                  watching
    watched by             node-test (this one)
    read to                WHEN
    taken                  1
    duplicates             0
    invalid                0
    quarantined            2
    --
    ");
    let list = place.run(&["intake", "list"]);
    assert!(list.stdout().contains("watching"), "{}", all(&list));
    let quarantine = place
        .run(&["intake", "quarantine", "list", "customers"])
        .stdout();
    let quarantine = quarantine
        .lines()
        .filter(|line| line.starts_with(' '))
        .collect::<Vec<_>>();
    insta::assert_snapshot!(quarantine.join("\n"), @"
    tree (for /tree): is missing; expected a text, a number, or true or false
    tree (for /tree): is missing; expected a text, a number, or true or false
    ");
    // One is corrected, and the document is told what became of it.
    let right = doc! { "$set": { "tree": "T2" } };
    customers
        .update_one(doc! { "_id": 2 }, right)
        .await
        .unwrap();
    let retried = place.run(&["intake", "quarantine", "retry", "customers"]);
    insta::assert_snapshot!(all(&retried), @"
    exit 1
    1 taken; 0 left out, which are gone, not ready, or taken before; 1 still cannot be taken
    --
    ");
    for _ in 0..300 {
        let told = customers
            .count_documents(doc! { "formhand.status": "pending" })
            .await
            .unwrap();
        if told == 2 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(
        customers
            .count_documents(doc! { "formhand.status": "pending" })
            .await
            .unwrap(),
        2
    );
    // The other is forgotten.
    insta::assert_snapshot!(all(&place.run(&["intake", "quarantine", "drop", "customers", "3"])), @"
    exit 0
    1 forgotten
    --
    ");
    insta::assert_snapshot!(place.run(&["intake", "quarantine", "drop", "customers", "3"]).complaint(), @"
    exit 5
    error: the source customers has no such document in its quarantine
    ");
    insta::assert_snapshot!(place.run(&["intake", "show", "bikes"]).complaint(), @"
    exit 5
    error: there is no source bikes
    ");
    assert_eq!(running.stop(), 0);
}

#[test]
fn a_source_that_cannot_be_right_is_refused_at_the_start() {
    let place = Place::new();
    place.file("portal.yaml", crate::api::PORTAL);
    place.file("password", "never used\n");
    let refused = |mapping: &str, more: &str| {
        place.file("m.yaml", mapping);
        place.file(
            "formhand.toml",
            format!(
                "portals = [\"portal.yaml\"]\n[store]\nurl = \"mongodb://127.0.0.1:1/x\"\nseal_key_env = \"KEY\"\n\
                 [[accounts]]\nportal = \"garden\"\nname = \"main\"\nuser = \"u\"\npassword_file = \"password\"\n\
                 [[intake]]\nname = \"customers\"\ncollection = \"customers\"\nmapping = \"m.yaml\"\n{more}\n"
            ),
        );
        place.run(&["serve"]).complaint()
    };
    let loops = "write_back = { status = \"status\" }";
    insta::assert_snapshot!(refused(MAPPING, loops), @r#"
    exit 3
    error: intake customers writes back to "status", which is read as well: expected a place of its own such as "formhand.status"

    hint: `[[intake]]` of the configuration lists the sources
    "#);
    let changes = "write_back = { status = \"customer.name.status\" }";
    insta::assert_snapshot!(refused(MAPPING, changes), @r#"
    exit 3
    error: intake customers writes back to "customer.name.status", which is read as well: expected a place of its own such as "formhand.status"

    hint: `[[intake]]` of the configuration lists the sources
    "#);
    insta::assert_snapshot!(refused(&MAPPING.replace("BLR: main", "BLR: chennai"), ""), @"
    exit 3
    error: intake customers takes records for account chennai of portal garden, which is not configured; there is main

    hint: `[[intake]]` of the configuration lists the sources
    ");
    insta::assert_snapshot!(refused(&MAPPING.replace("portal: garden", "portal: gaden"), ""), @r#"
    exit 3
    error: intake customers is of portal "gaden", which has no definition; there is garden

    hint: `portals` of the configuration lists the definitions
    "#);
    insta::assert_snapshot!(refused(&MAPPING.replace("  tree: tree\n", ""), ""), @"
    exit 3
    error: the flow needs `tree`, and it is never set
     --> m.yaml:7:1
      |
    7 | record:
      | ^
      help: such as `tree: a.path.of.the.document`

    hint: `formhand intake check FILE` checks a mapping by itself
    ");
    let doctor = place.run(&["doctor"]).stdout();
    let doctor: Vec<&str> = doctor
        .lines()
        .filter(|line| line.contains("intake"))
        .collect();
    assert!(!doctor.is_empty(), "the doctor sees it, too");
}
