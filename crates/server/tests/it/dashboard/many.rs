//! Many jobs are acted on at once.

use super::{desk::Desk, plant};
use crate::crash::support::{Scene, SceneOptions};

#[tokio::test(flavor = "multi_thread")]
async fn chosen_jobs_and_all_that_fit_are_acted_on_after_a_question() {
    let scene = Scene::new(SceneOptions::default()).await;
    let server = scene.serve().await;
    plant(&scene, 60).await;
    let desk = Desk::at(&server).await;

    desk.open("/jobs").await;
    desk.click("#jobs tbody tr:nth-child(1) input").await;
    desk.click("#jobs tbody tr:nth-child(3) input").await;
    desk.click("#many button[value=hold]").await;
    desk.sees("h1", "Hold 2 jobs?").await;
    desk.sees("tbody tr:nth-child(2)", "case-57").await;
    desk.click("form[action$='/many/hold'] button").await;
    desk.sees(".done", "2 jobs are held").await;

    desk.open("/jobs?status=pending").await;
    desk.click("#many input[name=all]").await;
    desk.click("#many button[value=hold]").await;
    desk.sees("h1", "Hold 58 jobs?").await;
    desk.click("form[action$='/many/hold'] button").await;
    desk.sees(".done", "58 jobs are held").await;

    desk.open("/jobs?q=Testcustomer").await;
    desk.click("#many input[name=all]").await;
    desk.click("#many button[value=cancel]").await;
    desk.sees("h1", "Cancel 60 jobs?").await;
    desk.fill("#reason", "handed in by mistake").await;
    desk.click("form[action$='/many/cancel'] button").await;
    desk.sees(".done", "60 jobs are cancelled").await;
    desk.open("/jobs?status=cancelled").await;
    desk.sees("#jobs caption", "60 jobs").await;

    desk.click("#jobs tbody tr:nth-child(1) input").await;
    desk.click("#many button[value=release]").await;
    desk.click("form[action$='/many/release'] button").await;
    desk.sees(".done", "0 jobs are let go on").await;
    desk.sees("main li", "the job is not on hold").await;

    desk.open("/jobs").await;
    desk.click("#many button[value=retry]").await;
    desk.sees(".trouble", "no job was chosen").await;
    desk.leave().await;
    server.kill().await;
}
