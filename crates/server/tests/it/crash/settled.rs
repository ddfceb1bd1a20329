//! A job of unknown outcome after a `kill -9`, settled by a person at the command line, or by a search of the portal.

use formhand_domain::{Outcome, Status};
use formhand_practice::{Fault, FaultName, Phase, Step};

use super::support::{Scene, SceneOptions, Server, at, committed, stands};

const UNKNOWN: (Status, Outcome) = (Status::NeedsReview, Outcome::Unknown);
const FILED: (Status, Outcome) = (Status::Completed, Outcome::Submitted);
const NOT_FILED: (Status, Outcome) = (Status::FailedPostSubmission, Outcome::NotSubmitted);

/// A scene with this fault, in which customer 1 was handed in.
async fn scene(fault: Fault) -> (Scene, Server, String) {
    scene_with(fault, false).await
}

async fn scene_with(fault: Fault, searches: bool) -> (Scene, Server, String) {
    let scene = Scene::new(SceneOptions {
        faults: vec![fault],
        searches,
        ..SceneOptions::default()
    })
    .await;
    let server = scene.serve().await;
    let job = server.submit(1).await;
    (scene, server, job)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_filed_is_settled_with_the_portals_number() {
    let (scene, server, job) = scene(at(Step::Save, FaultName::Hold, 1).phase(Phase::After)).await;
    scene.held(Step::Save).await;
    let server = scene.kill_and_restart(server).await;
    assert_eq!(stands(&server.end_of(&job).await), UNKNOWN);

    let shown = scene.formhand(&["job", "resolve", &job]).await;
    assert!(
        shown.contains("needs_review") && shown.contains("--submitted RECEIPT"),
        "{shown}"
    );
    assert_eq!(
        stands(&server.end_of(&job).await),
        UNKNOWN,
        "looking settles nothing"
    );

    let number = committed(&scene.practice, 1)[0]
        .proposal_no
        .clone()
        .unwrap();
    let receipt = format!("proposalNumber={number}");
    let said = scene
        .formhand(&["job", "resolve", &job, "--submitted", &receipt])
        .await;
    assert!(said.contains("is completed (submitted)"), "{said}");
    assert_eq!(stands(&server.end_of(&job).await), FILED);
    scene.finish(server, &[(1, &job)]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_not_filed_is_tried_again_only_when_a_person_asks_for_that() {
    let (scene, server, job) = scene(Fault::new(FaultName::SaveClickDead).once()).await;
    server.when(&job, "arm").await;
    let server = scene.kill_and_restart(server).await;
    assert_eq!(stands(&server.end_of(&job).await), UNKNOWN);

    let reason = "not in the portal's list a day later";
    let shown = scene.formhand(&["job", "resolve", &job]).await;
    assert!(
        shown.contains("--not-submitted --fencing-token 1 "),
        "{shown}"
    );
    let found = [
        "job",
        "resolve",
        &job,
        "--not-submitted",
        "--fencing-token",
        "1",
        "--reason",
        reason,
    ];
    scene.formhand(&found).await;
    let settled = server.end_of(&job).await;
    assert_eq!(stands(&settled), NOT_FILED);
    assert!(
        settled
            .failure
            .is_some_and(|failure| failure.message.ends_with(reason))
    );
    assert!(committed(&scene.practice, 1).is_empty());

    scene.formhand(&["job", "retry", &job]).await;
    assert_eq!(stands(&server.end_of(&job).await), FILED);
    scene.finish(server, &[(1, &job)]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_filed_is_found_by_the_next_server() {
    let hold = at(Step::Save, FaultName::Hold, 1).phase(Phase::After);
    let (scene, server, job) = scene_with(hold, true).await;
    scene.held(Step::Save).await;
    let server = scene.kill_and_restart(server).await;
    server.when(&job, "settle_submitted").await;
    let settled = server.end_of(&job).await;
    assert_eq!(stands(&settled), FILED);
    let number = committed(&scene.practice, 1)[0].proposal_no.clone();
    let receipt = settled.receipt.expect("it has one").0;
    assert_eq!(receipt.get("proposalNumber"), number.as_ref());
    scene.finish(server, &[(1, &job)]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_has_the_portal_searched_and_hears_what_it_says() {
    let (scene, server, job) = scene_with(Fault::new(FaultName::SaveClickDead).once(), true).await;
    server.when(&job, "arm").await;
    let server = scene.kill_and_restart(server).await;
    server.when(&job, "search_ended").await;
    let asked = scene.run(&["job", "verify", &job, "--wait"]).await;
    assert_eq!(asked.status.code(), Some(1), "its outcome is still unknown");
    let said = String::from_utf8(asked.stdout).unwrap();
    assert!(said.contains("the portal has nothing of it yet"), "{said}");
    assert_eq!(stands(&server.end_of(&job).await), UNKNOWN);
    scene.finish(server, &[(1, &job)]).await;
}
