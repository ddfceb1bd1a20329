//! A person settles whether a job was filed.

use formhand_domain::{Outcome, Status};
use formhand_practice::{FaultName, Phase, Step};

use super::desk::Desk;
use crate::crash::support::{Scene, SceneOptions, at, committed, stands};

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_outcome_is_settled_with_the_portals_number() {
    let fault = at(Step::Save, FaultName::Hold, 1).phase(Phase::After);
    let scene = Scene::new(SceneOptions {
        faults: vec![fault],
        ..SceneOptions::default()
    })
    .await;
    let server = scene.serve().await;
    let job = server.submit(1).await;
    scene.held(Step::Save).await;
    let server = scene.kill_and_restart(server).await;
    server.end_of(&job).await;

    let desk = Desk::at(&server).await;
    desk.sees("#overview", "1 jobs of which nobody knows").await;
    desk.open("/questions").await;
    desk.click("#unknown tbody th a").await;
    desk.sees("#job", "It is not tried again before").await;
    desk.sees(".timeline", "Its server was lost").await;
    let number = committed(&scene.practice, 1)[0].proposal_no.clone();
    desk.fill(
        "[name='receipt.proposalNumber']",
        &number.clone().expect("a number"),
    )
    .await;
    desk.click("form[action$='/filed'] summary").await;
    desk.click("form[action$='/filed'] button").await;
    desk.sees(".done", "Settled: it was filed").await;
    let settled = server.end_of(&job).await;
    assert_eq!(stands(&settled), (Status::Completed, Outcome::Submitted));
    assert_eq!(
        settled.receipt.expect("a receipt").0.get("proposalNumber"),
        number.as_ref()
    );
    desk.leave().await;
    scene.finish(server, &[(1, &job)]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_not_filed_is_tried_again_by_a_button() {
    let scene = Scene::new(SceneOptions {
        faults: vec![at(Step::Save, FaultName::CutBefore, 1)],
        ..SceneOptions::default()
    })
    .await;
    let server = scene.serve().await;
    let job = server.submit(1).await;
    assert_eq!(server.end_of(&job).await.status, Status::NeedsReview);

    let desk = Desk::at(&server).await;
    desk.open(&format!("/jobs/{job}")).await;
    desk.fill("#not-filed-reason", "searched by chassis number: nothing")
        .await;
    desk.click("form[action$='/not-filed'] summary").await;
    desk.click("form[action$='/not-filed'] button").await;
    desk.sees(".done", "It can be tried again now").await;
    desk.click("form[action$='/retry'] button").await;
    desk.sees(".done", "Another attempt was asked for").await;
    assert!(server.end_of(&job).await.is_done());
    desk.leave().await;
    scene.finish(server, &[(1, &job)]).await;
}
