//! `kill -9` of the browsers, while the server lives on.

use formhand_domain::{Outcome, Status};
use formhand_practice::{Fault, FaultName, Phase, Step};
use formhand_testkit::chassis;

use super::support::{Scene, SceneOptions, at, committed, hold, kill_browsers, stands};

const FILED: (Status, Outcome) = (Status::Completed, Outcome::Submitted);
const UNKNOWN: (Status, Outcome) = (Status::NeedsReview, Outcome::Unknown);

#[tokio::test(flavor = "multi_thread")]
async fn without_its_worker_browser_a_job_goes_by_how_far_it_came() {
    let scene = Scene::new(SceneOptions {
        faults: vec![
            at(Step::Coverage, FaultName::Hold, 1),
            at(Step::Save, FaultName::Hold, 2).phase(Phase::After),
            Fault::new(FaultName::SaveClickDead).chassis(chassis(3)),
        ],
        ..SceneOptions::default()
    })
    .await;
    let server = scene.serve().await;
    let filling = server.submit(1).await;
    scene.held(Step::Coverage).await;
    let sent = server.submit(2).await;
    scene.filed(2).await;
    let armed = server.submit(3).await;
    server.when(&armed, "arm").await;

    kill_browsers(&scene.profiles(), "worker-");
    for job in [&sent, &armed] {
        let job = server.end_of(job).await;
        assert_eq!((stands(&job), job.attempts), (UNKNOWN, 1));
    }
    let end = server.end_of(&filling).await;
    assert_eq!((stands(&end), end.attempts), (FILED, 2));
    scene.practice.release();
    let kept = [1, 2, 3].map(|number| committed(&scene.practice, number).len());
    assert_eq!(kept, [1, 1, 0]);
    let customers: [(u32, &str); 3] = [(1, &filling), (2, &sent), (3, &armed)];
    scene.finish(server, &customers).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_its_master_browser_a_login_is_tried_again() {
    let scene = Scene::new(SceneOptions {
        faults: vec![hold(Step::Dashboard).nth(2)],
        ..SceneOptions::default()
    })
    .await;
    let server = scene.serve().await;
    let job = server.submit(1).await;
    scene.held(Step::Dashboard).await;
    kill_browsers(&scene.profiles(), "master-");
    let end = server.end_of(&job).await;
    // It never touched the form, so it spent no attempt.
    assert_eq!((stands(&end), end.attempts), (FILED, 1));
    scene.practice.release();
    scene.finish(server, &[(1, &job)]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_its_master_browser_a_job_goes_on_and_the_next_session_is_made() {
    let scene = Scene::new(SceneOptions {
        faults: vec![at(Step::Coverage, FaultName::Hold, 1)],
        ..SceneOptions::default()
    })
    .await;
    let server = scene.serve().await;
    let first = server.submit(1).await;
    scene.held(Step::Coverage).await;
    kill_browsers(&scene.profiles(), "master-");
    scene.practice.release();
    let end = server.end_of(&first).await;
    assert_eq!((stands(&end), end.attempts), (FILED, 1));

    assert!(scene.practice.expire_sessions() > 0);
    let second = server.submit(2).await;
    let end = server.end_of(&second).await;
    assert_eq!((stands(&end), end.attempts), (FILED, 1));
    scene.finish(server, &[(1, &first), (2, &second)]).await;
}
