//! `SIGTERM`: what is past arming finishes, the rest goes back unspent, and one folder has one server.

use formhand_domain::{Outcome, Status};
use formhand_practice::{Fault, FaultName, Phase, Step};
use formhand_testkit::chassis;
use rustix::process::Signal;

use super::support::{Scene, SceneOptions, at, stands};

const FILED: (Status, Outcome) = (Status::Completed, Outcome::Submitted);

#[tokio::test(flavor = "multi_thread")]
async fn kf08_a_stop_lets_the_submit_finish_and_gives_the_rest_back_unspent() {
    let scene = Scene::new(SceneOptions {
        faults: vec![
            at(Step::Coverage, FaultName::Hold, 1),
            at(Step::Save, FaultName::Hold, 2).phase(Phase::After),
            Fault::new(FaultName::SaveClickDead).chassis(chassis(4)),
        ],
        workers: 3,
        ..SceneOptions::default()
    })
    .await;
    let server = scene.serve().await;
    let sent = server.submit(2).await;
    scene.filed(2).await;
    let filling = server.submit(1).await;
    scene.held(Step::Coverage).await;
    let armed = server.submit(4).await;
    let waiting = server.submit(3).await;
    server.when(&armed, "arm").await;

    server.process.signal(Signal::TERM);
    server.stopping().await;
    let given_back = server.log().when(&["ended"], Some(&filling)).await;
    assert_eq!(given_back["status"], "pending");
    // It stops, but it has not stopped.
    let second = scene.start();
    let log = second.log.clone();
    assert_eq!(second.ended().await, Some(5));
    let refusal = "another server uses the data folder";
    log.says(refusal).await;

    scene.practice.release();
    let log = server.log().clone();
    assert_eq!(server.process.ended().await, Some(0), "{}", log.tail());
    for (job, status) in [(&sent, "completed"), (&armed, "failed_login_form")] {
        let finished = log.when(&["ended"], Some(job)).await;
        assert_eq!(finished["status"], status);
    }
    scene.assert_nothing_left();

    scene.assert_unspent(&[&filling, &waiting]).await;

    let server = scene.serve().await;
    for job in [&filling, &sent, &waiting] {
        let job = server.end_of(job).await;
        assert_eq!((stands(&job), job.attempts), (FILED, 1));
    }
    // Its click sent nothing, so it was a failed attempt, and is tried again.
    let end = server.end_of(&armed).await;
    assert_eq!((stands(&end), end.attempts), (FILED, 2));
    let customers: [(u32, &str); 4] = [(1, &filling), (2, &sent), (3, &waiting), (4, &armed)];
    scene.finish(server, &customers).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_server_is_refused_and_does_no_harm_to_the_first() {
    let scene = Scene::new(SceneOptions {
        faults: vec![at(Step::Coverage, FaultName::Hold, 1)],
        ..SceneOptions::default()
    })
    .await;
    let server = scene.serve().await;
    let job = server.submit(1).await;
    scene.held(Step::Coverage).await;
    let second = scene.start();
    let log = second.log.clone();
    assert_eq!(second.ended().await, Some(5));
    log.says("another server uses the data folder").await;
    scene.practice.release();
    let end = server.end_of(&job).await;
    assert_eq!((stands(&end), end.attempts), (FILED, 1));
    scene.finish(server, &[(1, &job)]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_does_not_wait_for_a_person() {
    let scene = Scene::new(SceneOptions {
        captcha_for_a_person: true,
        ..SceneOptions::default()
    })
    .await;
    let server = scene.serve().await;
    let job = server.submit(1).await;
    let asks = "a captcha waits for a person";
    server.log().when(&[asks], None).await;
    // Nobody answers.
    assert_eq!(server.stop().await, Some(0));
    scene.assert_nothing_left();
    scene.assert_unspent(&[&job]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_while_it_stops_the_submit_is_unknown_and_the_rest_is_unspent() {
    let scene = Scene::new(SceneOptions {
        faults: vec![
            at(Step::Coverage, FaultName::Hold, 1),
            at(Step::Save, FaultName::Hold, 2).phase(Phase::After),
        ],
        ..SceneOptions::default()
    })
    .await;
    let server = scene.serve().await;
    let sent = server.submit(2).await;
    scene.filed(2).await;
    let filling = server.submit(1).await;
    scene.held(Step::Coverage).await;
    server.process.signal(Signal::TERM);
    server.log().when(&["ended"], Some(&filling)).await;

    let server = scene.kill_and_restart(server).await;
    let end = server.end_of(&filling).await;
    assert_eq!((stands(&end), end.attempts), (FILED, 1));
    let end = server.end_of(&sent).await;
    let unknown = (Status::NeedsReview, Outcome::Unknown);
    assert_eq!((stands(&end), end.attempts), (unknown, 1));
    scene.finish(server, &[(1, &filling), (2, &sent)]).await;
}
