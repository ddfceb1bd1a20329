//! Several jobs at one kill, and kills in a row.

use formhand_domain::{Outcome, Status};
use formhand_practice::{Fault, FaultName, Phase, Step};
use formhand_testkit::chassis;

use super::support::{Scene, SceneOptions, Server, at, stands};

const FILED: (Status, Outcome) = (Status::Completed, Outcome::Submitted);
const UNKNOWN: (Status, Outcome) = (Status::NeedsReview, Outcome::Unknown);

/// Customers 1 to 4 at four stages, 5 and 6 waiting for room, 7 filed long ago.
async fn busy(scene: &Scene, server: &Server) -> Vec<String> {
    let filed = server.submit(7).await;
    server.end_of(&filed).await;
    let filling = server.submit(1).await;
    scene.held(Step::Coverage).await;
    let sent = server.submit(2).await;
    server.when(&sent, "cross").await;
    let answered = server.submit(3).await;
    scene.filed(3).await;
    let armed = server.submit(4).await;
    let waiting = [server.submit(5).await, server.submit(6).await];
    server.when(&armed, "arm").await;
    [filling, sent, answered, armed]
        .into_iter()
        .chain(waiting)
        .chain([filed])
        .collect()
}

fn options() -> SceneOptions {
    SceneOptions {
        faults: vec![
            at(Step::Coverage, FaultName::Hold, 1),
            at(Step::Save, FaultName::Hold, 2),
            at(Step::Save, FaultName::Hold, 3).phase(Phase::After),
            Fault::new(FaultName::SaveClickDead).chassis(chassis(4)),
        ],
        ..SceneOptions::default()
    }
}

/// What becomes of the seven, whatever else was killed meanwhile.
async fn assert_table(server: &Server, jobs: &[String]) {
    let expected = [FILED, UNKNOWN, UNKNOWN, UNKNOWN, FILED, FILED, FILED];
    for ((job, expected), number) in jobs.iter().zip(expected).zip(1..) {
        let job = server.end_of(job).await;
        assert_eq!(stands(&job), expected, "customer {number}");
        if expected == UNKNOWN {
            assert_eq!(job.attempts, 1, "customer {number}");
        }
    }
}

async fn finish(scene: Scene, server: Server, jobs: &[String]) {
    scene.filed(2).await;
    let stats = server.api.stats().await.expect("the server answers");
    let count = stats["total"].as_u64();
    assert_eq!(count, Some(jobs.len() as u64), "{stats}");
    let customers: Vec<(u32, &str)> = (1..).zip(jobs.iter().map(String::as_str)).collect();
    scene.finish(server, &customers).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_kill_hits_every_job_where_it_stands() {
    let scene = Scene::new(options()).await;
    let server = scene.serve().await;
    let jobs = busy(&scene, &server).await;
    let server = scene.kill_and_restart(server).await;
    assert_table(&server, &jobs).await;
    finish(scene, server, &jobs).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn kills_during_recovery_and_right_after_it_change_nothing() {
    let scene = Scene::new(options()).await;
    let server = scene.serve().await;
    let jobs = busy(&scene, &server).await;
    let browsers = scene.browsers();
    server.kill().await;

    // The next one dies while it recovers: at the first job that it takes over.
    let recovering = scene.start();
    let taken_over = "took over a job whose server is gone";
    recovering.log.when(&[taken_over], None).await;
    recovering.kill().await;

    // The one after it dies as soon as it works on something.
    let working = scene.serve().await;
    browsers.assert_dead();
    working.log().when(&["begins"], None).await;
    let server = scene.kill_and_restart(working).await;

    assert_table(&server, &jobs).await;
    finish(scene, server, &jobs).await;
}
