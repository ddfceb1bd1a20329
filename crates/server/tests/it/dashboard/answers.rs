//! A portal's question is answered.

use super::desk::Desk;
use crate::crash::support::{Scene, SceneOptions};

#[tokio::test(flavor = "multi_thread")]
async fn a_captcha_is_answered_on_the_page_and_the_job_is_filed() {
    let scene = Scene::new(SceneOptions {
        captcha_for_a_person: true,
        ..SceneOptions::default()
    })
    .await;
    let server = scene.serve().await;
    let desk = Desk::at(&server).await;
    desk.open("/questions").await;
    desk.sees("#live", "live").await;
    let job = server.submit(1).await;
    desk.sees("#questions form", "The letters of the picture")
        .await;
    let picture = desk.picture("#questions img").await;
    let letters = scene.practice.captcha_answer_in(&picture);
    desk.fill(
        "#questions input[name=answer]",
        &letters.expect("the portal's own picture"),
    )
    .await;
    desk.click("#questions form button").await;
    desk.sees(".done", "The answer was handed on").await;
    assert!(server.end_of(&job).await.is_done());
    desk.leave().await;
    assert_eq!(server.stop().await, Some(0));
}
