//! The proof of a failed attempt is there, and shows nobody's data.

use std::process::Command;

use formhand_engine::{Keeping, OnSuccess};
use formhand_evidence::Bundle;
use formhand_practice::{FaultName, Step};
use formhand_testkit::{Customer, World, WorldOptions};
use serde_json::Value;

use crate::last_steps::FILED;
use crate::support::{hits, stands};

/// What a person could read in a picture.
fn read(path: &std::path::Path) -> String {
    let output = Command::new("tesseract")
        .arg(path)
        .args(["-", "--psm", "11"])
        .output()
        .expect("tesseract runs");
    assert!(output.status.success(), "{output:?}");
    String::from_utf8_lossy(&output.stdout).to_lowercase()
}

#[tokio::test(flavor = "multi_thread")]
async fn kf43_a_failed_attempt_keeps_a_picture_that_shows_no_personal_data() {
    let world = World::faulty([hits(FaultName::ValueAltered, 1)
        .step(Step::Calculate)
        .alters("EngineNumberVehicle", "X99")])
    .await;
    let record = Customer::number(1)
        .with("firstName", "Quintessa")
        .with("lastName", "Zephyrine")
        .with("email", "quintessa@zephyrine.example")
        .with("mobile", "9876501234")
        .with("road", "Marmalade Crescent")
        .record();
    let job = world.file(record).await;
    let evidence = &job.failure().expect("it failed").evidence;
    let picture = evidence
        .iter()
        .find(|path| path.contains("failure"))
        .expect("there is a picture");
    assert_eq!(*picture, format!("{}/1/failure.png", job.id));

    let path = world.evidence().join(picture);
    let text = read(&path);
    // The page itself can be read, so what is not read is not there.
    assert!(
        text.contains("premium") || text.contains("calculate") || text.contains("vehicle"),
        "{text}"
    );
    for planted in [
        "quintessa",
        "zephyrine",
        "9876501234",
        "marmalade",
        "testengine",
        "testchassis",
        "14-03-1991",
    ] {
        assert!(!text.contains(planted), "{planted} can be read: {text}");
    }
    let pixels = image::open(&path).expect("it is a picture").into_rgb8();
    let painted = pixels
        .pixels()
        .filter(|pixel| pixel.0 == [55, 65, 81])
        .count();
    assert!(painted > 1000, "only {painted} pixels are painted over");
    world.end().await;
}

/// What is kept of a job, below its folder.
async fn kept(world: &World, job: &formhand_domain::Job) -> Vec<String> {
    let evidence = formhand_evidence::Evidence::at(world.evidence());
    let kept = evidence.of(job.id).await.expect("it can be read");
    let below = format!("{}/", job.id);
    let within = |path: &String| path.strip_prefix(&below).map(str::to_owned);
    kept.iter().filter_map(within).collect()
}

fn json(world: &World, job: &formhand_domain::Job, name: &str) -> Value {
    let path = world
        .evidence()
        .join(format!("{}/{}/{name}", job.id, job.attempts));
    let text = std::fs::read(path).expect("it is there");
    serde_json::from_slice(&text).expect("it is JSON")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_attempt_keeps_its_page_its_logs_and_the_course_of_its_steps() {
    let refused = hits(FaultName::CalculateRefused, 1).text("not today");
    let world = World::faulty([refused]).await;
    let job = world.file(Customer::number(1).record()).await;
    let names = [
        "failure.png",
        "page.html",
        "console.json",
        "network.json",
        "timeline.json",
    ];
    let evidence = &job.failure().expect("it failed").evidence;
    assert_eq!(
        *evidence,
        names.map(|name| format!("{}/{}/{name}", job.id, job.attempts))
    );

    let timeline = json(&world, &job, "timeline.json");
    let steps = timeline["steps"].as_array().expect("a list");
    let result = |name: &str| {
        let step = steps.iter().find(|step| step["step"] == name);
        step.map_or(Value::Null, |step| step["result"].clone())
    };
    assert_eq!(result("Form 60"), "done", "{timeline}");
    assert_eq!(
        result("the middle name is the record's"),
        "skipped",
        "{timeline}"
    );
    let failed: Vec<&Value> = steps
        .iter()
        .filter(|step| step["result"] == "failed")
        .collect();
    assert!(!failed.is_empty(), "{timeline}");
    assert!(
        failed
            .iter()
            .all(|step| step["code"].is_string() && step["durationMs"].is_u64())
    );

    let network = json(&world, &job, "network.json").to_string();
    assert!(
        network.contains("\"POST\"") && !network.contains('?'),
        "{network}"
    );
    let page = world
        .evidence()
        .join(format!("{}/{}/page.html", job.id, job.attempts));
    let page = std::fs::read_to_string(page).expect("it is text");
    assert!(
        page.contains("not today") && !page.contains("<script"),
        "{page}"
    );
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_filed_job_has_a_receipt_that_holds_together_and_masks_what_is_not_public() {
    let world = World::new().await;
    let job = world.file(Customer::number(1).record()).await;
    assert_eq!(stands(&job), FILED, "{}", world.story(job.id).await);
    assert_eq!(
        kept(&world, &job).await,
        ["1/receipt.json", "1/timeline.json"]
    );
    let path = world.evidence().join(format!("{}/1/receipt.json", job.id));
    let bundle = Bundle::read(&std::fs::read(path).expect("it is there")).expect("it holds");
    let parts: Vec<&str> = bundle.parts.iter().map(|part| part.path.as_str()).collect();
    assert_eq!(parts, [format!("{}/1/timeline.json", job.id)]);
    let said = &bundle.statement;
    assert_eq!(said["job"], job.id.to_string());
    assert_eq!(said["fencingToken"], job.fence.0);
    let number = &job.receipt().expect("there is a receipt").0["proposalNumber"];
    assert_eq!(said["receipt"]["proposalNumber"], number.as_str());
    assert_eq!(said["definition"].as_str().map(str::len), Some(64));
    let fields = said["readBack"]["fields"].as_array().expect("a list");
    let field = |name: &str| fields.iter().find(|field| field["field"] == name);
    let masked = field("mobile").expect("it was read back");
    assert_eq!(
        (&masked["masked"], &masked["value"]),
        (&Value::Bool(true), &Value::Null)
    );
    let shown = field("salutation").expect("it was read back");
    assert_eq!(shown["value"], "Ms.");
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_kept_of_a_filed_job_is_as_configured() {
    for (on_success, names) in [
        (
            OnSuccess::Picture,
            vec!["filed.png", "receipt.json", "timeline.json"],
        ),
        (
            OnSuccess::All,
            vec![
                "console.json",
                "filed.png",
                "network.json",
                "page.html",
                "receipt.json",
                "timeline.json",
            ],
        ),
    ] {
        let options = WorldOptions {
            keeping: Keeping {
                on_success,
                ..Keeping::default()
            },
            ..WorldOptions::default()
        };
        let world = World::with(options).await;
        let job = world.file(Customer::number(1).record()).await;
        assert_eq!(stands(&job), FILED, "{}", world.story(job.id).await);
        let names: Vec<String> = names.iter().map(|name| format!("1/{name}")).collect();
        assert_eq!(kept(&world, &job).await, names);
        let bundle = std::fs::read(world.evidence().join(format!("{}/1/receipt.json", job.id)));
        let bundle = Bundle::read(&bundle.expect("it is there")).expect("it holds");
        assert_eq!(bundle.parts.len(), names.len() - 1);
        world.end().await;
    }
}
