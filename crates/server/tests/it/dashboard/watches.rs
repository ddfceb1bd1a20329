//! A job is watched while it is worked on.

use formhand_practice::Step;

use super::desk::Desk;
use crate::crash::support::{Scene, SceneOptions, committed, hold};

#[tokio::test(flavor = "multi_thread")]
async fn a_job_is_watched_from_its_hand_in_to_its_receipt() {
    let scene = Scene::new(SceneOptions {
        faults: vec![hold(Step::Save)],
        ..SceneOptions::default()
    })
    .await;
    let server = scene.serve().await;
    let desk = Desk::at(&server).await;
    desk.open("/jobs").await;
    desk.sees("#jobs", "There is no such job").await;
    // From here on nobody loads a page anew.
    desk.sees("#live", "live").await;
    let job = server.submit(1).await;
    desk.sees("#jobs tbody tr", "C-1").await;
    scene.held(Step::Save).await;
    desk.sees("#jobs tbody tr", "At work").await;
    desk.sees("#jobs tbody tr", "submitting").await;

    desk.click("#jobs tbody th a").await;
    desk.sees(".timeline", "The form was sent").await;
    desk.sees("#live", "live").await;
    // The browser shows what the portal shows: the picture is there once it was drawn.
    desk.sees_element("canvas[data-sight]").await;
    scene.practice.release();
    desk.sees(".timeline", "Done").await;
    let number = committed(&scene.practice, 1)[0].proposal_no.clone();
    desk.sees(".facts", &number.expect("a number")).await;
    desk.sees("#job", "Filed").await;
    assert_eq!(desk.path(), format!("/jobs/{job}"));
    desk.leave().await;
    scene.finish(server, &[(1, &job)]).await;
}
