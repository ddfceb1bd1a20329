//! `formhand store copy` and `formhand migrate`, in words.

use std::path::Path;

use formhand_domain::{
    AccountName, CallerId, FencingToken, FlowName, Job, JobId, JobState, NewJob, PortalName,
};
use formhand_mongod::ReplicaSet;
use formhand_store::{SqliteStore, Store};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::support::{Place, Ran};

/// A data folder with one job.
async fn filled(place: &Place) {
    let store = SqliteStore::open(place.path("data/formhand.db")).unwrap();
    store.submit(new_job(1)).await.unwrap();
    store.close().await.unwrap();
}

/// A job of nobody's portal.
pub(super) fn new_job(number: u128) -> NewJob {
    let at: Timestamp = "2026-01-05T09:00:00Z".parse().unwrap();
    let job = Job {
        id: JobId::new(at, number),
        portal: PortalName::new("garden").unwrap(),
        flow: FlowName::new("plant").unwrap(),
        account: AccountName::new("main").unwrap(),
        caller_id: CallerId::new(format!("471{number}")).unwrap(),
        business_key: None,
        label: "Asha Example".into(),
        record: json!({ "firstName": "Asha" }),
        created_at: at,
        attempts: 0,
        fence: FencingToken::default(),
        state: JobState::Pending { due_at: at },
    };
    let idempotency_key = None;
    NewJob {
        job,
        idempotency_key,
    }
}

async fn server(place: &Place) -> ReplicaSet {
    ReplicaSet::start(&place.path("mongodb")).await.unwrap()
}

fn url(server: &ReplicaSet) -> String {
    server.url().replace("/?", "/formhand?")
}

/// With the names of things that differ from run to run left out.
fn plain(text: &str, place: &Place, server: &ReplicaSet) -> String {
    let url = url(server);
    let host = url.trim_start_matches("mongodb://").split('/').next();
    let folder = place.path("data").canonicalize().unwrap();
    let text = text.replace(host.unwrap(), "HOST");
    let text = text.replace(&folder.display().to_string(), "DATA");
    let Some((before, after)) = text.split_once(" on 20") else {
        return text;
    };
    let rest = after.split_once('Z').map_or("", |(_, rest)| rest);
    format!("{before} on WHEN{rest}")
}

/// Standard output, and then standard error.
fn all(ran: &Ran) -> String {
    format!("exit {}\n{}--\n{}", ran.code(), ran.stdout(), ran.stderr())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_is_moved_and_the_file_is_history_then() {
    let place = Place::new();
    filled(&place).await;
    let server = server(&place).await;
    let url = url(&server);
    let copy = ["store", "copy", "--to-url", &url];
    insta::assert_snapshot!(plain(&all(&place.run(&copy)), &place, &server), @"
    exit 0
     WHAT            COPIED
     jobs            1
     audit entries   1
     sessions        0
     logins          0
     session events  0
     open questions  0
    --
      jobs
      the audit
      comparing

    moved to HOST/formhand; no server opens DATA/formhand.db any more
    name that database in `[store]` of the configuration before the next start
    ");
    insta::assert_snapshot!(plain(&place.run(&copy).complaint(), &place, &server), @"
    exit 5
    error: the store was moved to HOST/formhand on WHEN

    hint: `[store]` of the configuration says where jobs are kept: name that database there
    ");
    let serve = place.run(&["serve", "--listen", "127.0.0.1:0"]).stderr();
    insta::assert_snapshot!(plain(&serve, &place, &server), @"
    error: cannot open the store: the store was moved to HOST/formhand on WHEN, and nobody works in it any more

    hint: `[store]` of the configuration says where jobs are kept: name that database there
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_target_is_the_configured_store_and_the_answer_may_be_json() {
    let place = Place::new();
    filled(&place).await;
    let server = server(&place).await;
    let config = format!(
        "[store]\nurl = \"{}\"\nseal_key_env = \"KEY\"\n",
        url(&server)
    );
    place.file("formhand.toml", config);
    let check = place.run(&["migrate", "--check"]);
    insta::assert_snapshot!(all(&check), @"
    exit 1
    mongodb: new; the first start makes it, with schema 5
    --
    ");
    let copied = place.run(&["store", "copy", "--json"]);
    assert_eq!((copied.code(), copied.stderr().as_str()), (0, ""));
    let answer: Value = serde_json::from_str(&copied.stdout()).unwrap();
    assert_eq!(
        (&answer["jobs"], &answer["auditEntries"]),
        (&json!(1), &json!(1))
    );
    assert_eq!(answer["wasWhole"], false);
    let migrated = place.run(&["migrate"]);
    insta::assert_snapshot!(all(&migrated), @"
    exit 0
    mongodb: schema 5, up to date
    --
    ");
    let again = place.run(&["migrate", "--json"]);
    insta::assert_snapshot!(again.stdout(), @r#"
    {
      "store": "mongodb",
      "found": 5,
      "known": 5,
      "schema": 5,
      "upToDate": true
    }
    "#);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_url_with_a_password_comes_from_elsewhere_and_is_not_shown() {
    let place = Place::new();
    let url = "mongodb://me:correct-horse@127.0.0.1:9/formhand";
    let shown = place.run(&["store", "copy", "--to-url", url]).complaint();
    assert!(!shown.contains("horse"), "{shown}");
    insta::assert_snapshot!(shown, @"
    exit 2
    error: the URL holds a login, which everybody on this machine can see

    hint: use --to-url-env VARIABLE or --to-url-file FILE
    ");
    filled(&place).await;
    let limits = "?serverSelectionTimeoutMS=200";
    place.file("url", format!("{url}{limits}\n"));
    let shown = place.run(&["store", "copy", "--to-url-file", "url"]);
    assert_eq!(shown.code(), 4);
    assert!(!shown.stderr().contains("horse"), "{}", shown.stderr());
}

#[test]
fn what_is_missing_is_said() {
    let place = Place::new();
    insta::assert_snapshot!(place.run(&["store", "copy"]).complaint(), @"
    exit 2
    error: where to?

    hint: name a MongoDB database in `[store]` of the configuration, or with --to-url-env, --to-url-file or --to-url
    ");
    let url = "mongodb://127.0.0.1:9/formhand";
    insta::assert_snapshot!(place.run(&["store", "copy", "--to-url", url]).complaint(), @"
    exit 3
    error: there is no store at data/formhand.db

    hint: name the data folder with --data
    ");
    assert!(!Path::new(&place.path("data")).exists());
    insta::assert_snapshot!(place.run(&["store", "copy", "--to-url", "sqlite:x"]).complaint(), @"
    exit 3
    error: the target has a URL that is none: expected one that begins with mongodb:// or mongodb+srv://
    ");
    insta::assert_snapshot!(place.run(&["store", "copy", "--to-url-env", "NO_SUCH"]).complaint(), @"
    exit 3
    error: the target has no URL: the environment has no variable NO_SUCH, or it is empty
    ");
    insta::assert_snapshot!(place.run(&["store", "copy", "--to-url", url, "--to-url-env", "X"]).complaint(), @"
    exit 2
    error: the argument '--to-url <URL>' cannot be used with '--to-url-env <VARIABLE>'

    Usage: formhand store copy --to-url <URL>

    For more information, try '--help'.
    ");
}

#[test]
fn a_file_is_brought_up_to_date() {
    let place = Place::new();
    insta::assert_snapshot!(all(&place.run(&["migrate", "--check"])), @"
    exit 1
    sqlite: new; the first start makes it, with schema 12
    --
    ");
    assert!(!Path::new(&place.path("data")).exists());
    insta::assert_snapshot!(all(&place.run(&["migrate"])), @"
    exit 0
    sqlite: made, with schema 12
    --
    ");
    insta::assert_snapshot!(all(&place.run(&["migrate", "--check"])), @"
    exit 0
    sqlite: schema 12, up to date
    --
    ");
}

/// What the doctor says of the store.
fn examined(place: &Place, key: &str) -> Value {
    let mut command = place.command(&["doctor", "--json"]);
    let ran = Ran(command.env("KEY", key).output().unwrap());
    let said: Value = serde_json::from_str(&ran.stdout()).unwrap();
    let checks = said["checks"].as_array().unwrap();
    let of_store = |check: &&Value| check["name"] == "store";
    checks.iter().find(of_store).unwrap().clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_doctor_asks_the_store() {
    let place = Place::new();
    let key = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
    let new = json!({"name": "store", "level": "ok", "found": "a file of the data folder, new"});
    assert_eq!(examined(&place, key), new);
    filled(&place).await;
    assert_eq!(
        examined(&place, key)["found"],
        "a file of the data folder, schema 12"
    );
    let server = server(&place).await;
    let limits = "&serverSelectionTimeoutMS=500";
    let url = url(&server) + limits;
    let config = format!("[store]\nurl = \"{url}\"\nseal_key_env = \"KEY\"\n");
    place.file("formhand.toml", config);
    assert_eq!(examined(&place, key)["found"], "a MongoDB replica set, new");
    let no_key = examined(&place, "short");
    assert_eq!(no_key["level"], "fail");
    assert!(no_key["hint"].is_string(), "{no_key}");
    server.stop().await;
    let gone = examined(&place, key);
    assert_eq!(gone["level"], "fail");
    assert_eq!(
        gone["hint"],
        "is the database up, does the URL name all its members, and may its user read and write?"
    );
}
