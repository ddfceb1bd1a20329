//! A person takes the page of a job over, mends it by hand, and hands it back.

use formhand_domain::Status;
use formhand_practice::{Fault, FaultName, Step};
use serde_json::{Value, json};

use super::{accessibility::finds_nothing, desk::Desk};
use crate::crash::support::{Scene, SceneOptions, committed};

#[tokio::test(flavor = "multi_thread")]
async fn what_no_definition_knows_is_clicked_away_and_the_job_is_filed_once() {
    let cover = Fault::new(FaultName::PageCovered)
        .step(Step::Coverage)
        .text("Scheduled maintenance tonight")
        .once();
    let hold = Fault::new(FaultName::Hold).step(Step::Coverage).once();
    let scene = Scene::new(SceneOptions {
        faults: vec![cover, hold],
        ..SceneOptions::default()
    })
    .await;
    let server = scene.serve().await;
    let job = server.submit(1).await;
    scene.held(Step::Coverage).await;
    let desk = Desk::at(&server).await;
    desk.open(&format!("/jobs/{job}")).await;
    desk.click("a[href$='/take-over']").await;
    desk.click("form[action$='/ask'] button").await;
    desk.sees("#take-over", "You have asked for it").await;
    scene.practice.release();
    // The steps halt at the next safe place; the page says so by itself.
    desk.sees("#take-over", "You have the portal's page").await;
    desk.sees_element("canvas[data-hands]").await;
    finds_nothing(&desk).await;
    desk.evaluate(CLICK_CLOSE).await;
    desk.sees("#take-over", "1 act so far").await;
    desk.fill("#hands-text", "VERYSECRET77").await;
    desk.click("form[action$='/text'] button").await;
    desk.sees("#take-over", "2 acts so far").await;
    desk.click("form[action$='/go-on'] button").await;
    desk.sees(".done", "The steps go on").await;

    let end = server.end_of(&job).await;
    assert_eq!((end.status, end.attempts), (Status::Completed, 1));
    committed(&scene.practice, 1);
    desk.open(&format!("/jobs/{job}")).await;
    desk.sees(".timeline", "2 acts; the steps went on").await;
    let seen = desk.evaluate("document.body.innerText").await;
    assert!(!seen.to_string().contains("VERYSECRET77"));
    desk.leave().await;
    scene.finish(server, &[(1, &job)]).await;
}

/// Clicks where the button is in the picture, as far as it is scaled.
const CLICK_CLOSE: &str = "{
    const canvas = document.querySelector('canvas[data-hands]');
    const place = canvas.getBoundingClientRect();
    const scale = place.width / canvas.width;
    canvas.dispatchEvent(new MouseEvent('click', {
        bubbles: true, clientX: place.left + 180 * scale, clientY: place.top + 140 * scale,
    }));
}";

#[tokio::test(flavor = "multi_thread")]
async fn without_scripts_a_person_gives_up_with_forms_alone() {
    let hold = Fault::new(FaultName::Hold).step(Step::Customer).once();
    let scene = Scene::new(SceneOptions {
        faults: vec![hold],
        ..SceneOptions::default()
    })
    .await;
    let server = scene.serve().await;
    let job = server.submit(1).await;
    scene.held(Step::Customer).await;
    let desk = Desk::of(&server, (390, 844)).await;
    let address = format!("/jobs/{job}/take-over");
    desk.open(&address).await;
    desk.click("form[action$='/ask'] button").await;
    desk.sees("#take-over", "You have asked for it").await;
    scene.practice.release();
    desk.sees("#take-over", "You have the portal's page").await;
    finds_nothing(&desk).await;
    desk.call(
        "Emulation.setScriptExecutionDisabled",
        json!({"value": true}),
    )
    .await;
    desk.open(&address).await;
    let has_picture = "document.querySelector('noscript form.natural input[type=image]') !== null";
    assert_eq!(desk.evaluate(has_picture).await, Value::Bool(true));
    desk.call(
        "Emulation.setScriptExecutionDisabled",
        json!({"value": false}),
    )
    .await;
    desk.open(&address).await;
    desk.click("form[action$='/give-up'] summary").await;
    desk.fill("#give-up-reason", "the portal asks what nobody knows")
        .await;
    desk.click("form[action$='/give-up'] button").await;
    desk.sees(".done", "Given up").await;
    let parked = server.end_of(&job).await;
    assert_eq!((parked.status, parked.attempts), (Status::OnHold, 0));
    desk.open(&format!("/jobs/{job}")).await;
    desk.sees(".timeline", "given up: the portal asks what nobody knows")
        .await;
    desk.leave().await;
    assert_eq!(server.stop().await, Some(0));
}
