//! Nothing that is written of a job, but its record and its label, holds a value of a field that is not public: looked
//! for in all of it, by a search that is shown to find them where they are.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use formhand_domain::{Outcome, Status};
use formhand_practice::{Fault, FaultName};
use formhand_testkit::{Customer, chassis};

use crate::crash::support::{Scene, SceneOptions, stands};

/// What is looked for, in small letters.
const PLANTED: [&str; 7] = [
    "quintessa",
    "zephyrine",
    "9876501234",
    "marmalade crescent",
    "tangerine hollow",
    "14-03-1991",
    "testchassis",
];

/// The portal's words when it refuses customer 1.
const WORDS: &str = "Dear QUINTESSA Zephyrine of Marmalade  Crescent, Tangerine Hollow, born 14/03/1991: \
    we could not reach you at 98765-01234 about TESTCHASSIS000001";

/// A step that says a name to the portal where logs of requests and consoles show it.
const LOOK_ABOUT: &str = r#"    steps:
      - name: look about
        optional: true
        goto: "/Policy/Of/{{ record.firstName }}?mobile={{ record.mobile }}"
        timeout: 5s
      # The only native dialog of this path [D]."#;

#[expect(clippy::needless_pass_by_value, reason = "a scene gives it away")]
fn talkative(shipped: String) -> String {
    let place = "    steps:\n      # The only native dialog of this path [D].";
    assert!(shipped.contains(place));
    shipped.replace(place, LOOK_ABOUT)
}

/// The same where all that is planted is public.
fn all_public(shipped: String) -> String {
    let mut text = talkative(shipped);
    for field in [
        "firstName: &name\n          type: string",
        "dob:\n          type: string",
        "flatNo: &address\n          type: string",
        "mobile:\n          type: string",
        "engineNumber: &number\n          type: string",
    ] {
        assert!(text.contains(field), "{field}");
        text = text.replace(field, &format!("{field}\n          public: true"));
    }
    text
}

fn record(number: u32) -> serde_json::Value {
    Customer::number(number)
        .with("firstName", "Quintessa")
        .with("lastName", "Zephyrine")
        .with("mobile", "9876501234")
        .with("road", "Marmalade Crescent")
        .with("areaAndLocality", "Tangerine Hollow")
        .record()
}

/// All that two jobs left: by a name, what was written.
struct Left {
    texts: Vec<(String, String)>,
}

impl Left {
    /// Where a planted value is.
    fn found(&self) -> Vec<(&'static str, &str)> {
        let mut found = Vec::new();
        for (name, text) in &self.texts {
            let plain = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let plain = plain.to_lowercase();
            let bare = folded(&plain);
            for value in PLANTED {
                if plain.contains(value) || bare.contains(&folded(value)) {
                    found.push((value, name.as_str()));
                }
            }
        }
        found
    }

    /// The kinds of places with a value, and the values.
    fn kinds(&self) -> (BTreeSet<&str>, BTreeSet<&'static str>) {
        let found = self.found();
        let kinds = found.iter().filter_map(|(_, name)| name.rsplit('/').next());
        (
            kinds.collect(),
            found.iter().map(|(value, _)| *value).collect(),
        )
    }
}

/// Letters and digits alone, so that no way of putting a value hides it.
fn folded(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Lets one customer be refused at the premium and another one be filed, and gathers all that was written.
async fn two_jobs(definition: fn(String) -> String) -> Left {
    let refused = Fault::new(FaultName::CalculateRefused)
        .chassis(chassis(1))
        .text(WORDS);
    let scene = Scene::new(SceneOptions {
        faults: vec![refused],
        on_success: "all",
        log: "info,formhand=debug,formhand_server=debug,formhand_engine=debug,formhand_browser=debug,formhand_store=debug",
        definition,
        ..SceneOptions::default()
    })
    .await;
    let server = scene.serve().await;
    let mut texts = Vec::new();
    for (number, expected) in [
        (1, (Status::FailedLoginForm, Outcome::NotSubmitted)),
        (2, (Status::Completed, Outcome::Submitted)),
    ] {
        let job = server
            .api
            .submit_record(number, record(number))
            .await
            .unwrap();
        let job = server.end_of(&job.id.to_string()).await;
        assert_eq!(stands(&job), expected, "{}", server.log().tail());
        let failures: Vec<String> = job
            .error_logs
            .iter()
            .flatten()
            .map(|log| log.message.clone())
            .collect();
        if !failures.is_empty() {
            texts.push(("failure".to_owned(), failures.concat()));
        }
    }
    let events = server
        .api
        .text_until("/api/events?after=0", "\"complete\"")
        .await;
    texts.push(("events".to_owned(), events.unwrap()));
    texts.push(("log".to_owned(), server.log().all()));
    let verified = scene.formhand(&["evidence", "verify", "C-2"]).await;
    assert!(
        verified.contains("filed.png") && !verified.contains("CHANGED"),
        "{verified}"
    );
    server.stop().await;
    gather(&scene.data().join("evidence"), &mut texts);
    let names: Vec<String> = texts.iter().map(|(name, _)| name.clone()).collect();
    texts.push(("file names".to_owned(), names.join("\n")));
    scene.practice.shutdown().await;
    Left { texts }
}

fn gather(folder: &Path, texts: &mut Vec<(String, String)>) {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            gather(&path, texts);
            continue;
        }
        let mut text = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
        if path.extension().is_some_and(|ending| ending == "png") {
            text = read_picture(&path);
        }
        texts.push((path.display().to_string(), text));
    }
}

/// What a person could read in a picture.
fn read_picture(path: &Path) -> String {
    let output = Command::new("tesseract")
        .arg(path)
        .args(["-", "--psm", "11"])
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn kf43_no_planted_value_is_in_anything_that_is_written_of_a_job() {
    let left = two_jobs(talkative).await;
    assert_eq!(left.found(), []);
    // All of it was there to be searched.
    let names: BTreeSet<&str> = left
        .texts
        .iter()
        .filter_map(|(name, _)| name.rsplit('/').next())
        .collect();
    for kept in [
        "failure.png",
        "filed.png",
        "page.html",
        "console.json",
        "network.json",
        "timeline.json",
        "receipt.json",
        "events",
        "log",
        "failure",
    ] {
        assert!(names.contains(kept), "{kept}: {names:?}");
    }
    for (name, text) in &left.texts {
        assert!(!text.trim().is_empty(), "{name} is empty");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn kf43_the_same_search_finds_them_where_the_fields_are_public() {
    let left = two_jobs(all_public).await;
    let (kinds, values) = left.kinds();
    for kind in [
        "failure.png",
        "page.html",
        "network.json",
        "events",
        "failure",
    ] {
        assert!(kinds.contains(kind), "{kind}: {kinds:?}");
    }
    assert_eq!(values, BTreeSet::from(PLANTED));
}
