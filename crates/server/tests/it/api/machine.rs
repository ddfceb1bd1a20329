//! Browsers that run, those in excess, and memory.

use std::{
    os::unix::process::CommandExt as _,
    process::{Child, Command, Stdio},
};

use serde_json::{Value, json};

use super::support::Api;

/// Something that looks like a browser of the server's folder, and that no session and no clone knows of.
fn stray(api: &Api, profile: &str) -> Child {
    let profile = api.folder.path().join("profiles").join(profile);
    Command::new("sh")
        .args(["-c", "read line", "sh"])
        .arg(format!("--user-data-dir={}", profile.display()))
        .stdin(Stdio::piped())
        .process_group(0)
        .spawn()
        .unwrap()
}

async fn browsers(api: &Api) -> Value {
    let answer = api.get("/api/browsers").await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.json()
}

#[tokio::test]
async fn a_browser_that_nobody_knows_of_is_in_excess_until_it_is_gone() {
    let api = Api::new();
    let none = browsers(&api).await;
    assert_eq!(
        (&none["server"], &none["inExcess"]),
        (&json!("node-1"), &json!(0))
    );
    let own = none["serverMemoryBytes"].as_u64().unwrap();
    assert!(own > 1_000_000, "{none}");
    assert_eq!(none["memoryBytes"].as_u64(), Some(own));

    let mut stray = stray(&api, "worker-7");
    // Until it is the shell, it is still this test's program.
    let one = loop {
        let seen = browsers(&api).await;
        if seen["inExcess"] != 0 {
            break seen;
        }
    };
    assert_eq!(one["inExcess"], 1);
    let kinds = one["kinds"].as_array().unwrap();
    assert_eq!(
        (&kinds[0]["kind"], &kinds[0]["running"]),
        (&json!("master"), &json!(0))
    );
    assert_eq!(
        (&kinds[1]["kind"], &kinds[1]["inExcess"]),
        (&json!("worker"), &json!(1))
    );
    let of_all = one["memoryBytes"].as_u64().unwrap();
    let of_browsers = kinds[1]["memoryBytes"].as_u64().unwrap();
    assert_eq!(
        of_all - of_browsers,
        one["serverMemoryBytes"].as_u64().unwrap()
    );
    let page = api.get("/analytics").await.body;
    assert!(
        page.contains("<b>1</b><span>browsers in excess</span>"),
        "{page}"
    );

    stray.kill().unwrap();
    stray.wait().unwrap();
    assert_eq!(browsers(&api).await["inExcess"], 0);
}
