//! The proof of a failed attempt is there, and shows nobody's data.

use std::process::Command;

use formhand_practice::{FaultName, Step};
use formhand_testkit::{Customer, World};

use crate::support::hits;

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
