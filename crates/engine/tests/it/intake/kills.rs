//! Servers that are killed while documents come.

use std::time::{Duration, Instant};

use formhand_mongod::{FailMode, ReplicaSet};

use super::{
    process::{APP, Process},
    scene::{Fault, Scene, until_within},
};

/// The code of a history that does not reach back so far.
const LOST: i32 = 286;

/// How many documents come: a quarter while the server works, a quarter while it is down after a kill, a quarter while it
/// makes up for that, and a quarter while it is down after another, with the history lost.
struct Course {
    documents: u32,
    /// What lasts longer than this does not come to an end.
    limit: Duration,
}

/// How long it took.
struct Took {
    all: Duration,
    /// From a kill to the next job, with what came meanwhile.
    after_kill: Duration,
    /// The same, where the history was lost.
    after_loss: Duration,
}

impl Course {
    async fn run(&self, scene: &Scene, fault: &Fault<'_>) -> Took {
        let quarter = self.documents / 4;
        let begun = Instant::now();
        let server = Process::start(scene);
        scene.insert_many(0..quarter).await;
        // The first kill, in the middle of it.
        self.until(scene, quarter / 2).await;
        server.kill();
        let killed = Instant::now();
        let before = self.count(scene).await;
        scene.insert_many(quarter..2 * quarter).await;
        let server = Process::start(scene);
        self.until(scene, before + 1).await;
        let after_kill = killed.elapsed();
        scene.insert_many(2 * quarter..3 * quarter).await;
        // The second kill, in the middle of what it has to make up for.
        self.until(scene, quarter + quarter / 2).await;
        server.kill();
        let killed = Instant::now();
        let before = self.count(scene).await;
        scene.insert_many(3 * quarter..self.documents).await;
        let lost = fault.set("aggregate", FailMode::Times(1), LOST, APP).await;
        let server = Process::start(scene);
        fault.until_failed(lost, 1).await;
        self.until(scene, before + 1).await;
        let after_loss = killed.elapsed();
        self.until(scene, self.documents).await;
        let all = begun.elapsed();
        scene.assert_one_job_each(0..self.documents).await;
        server.kill();
        Took {
            all,
            after_kill,
            after_loss,
        }
    }

    async fn count(&self, scene: &Scene) -> u32 {
        u32::try_from(scene.total().await).unwrap()
    }

    async fn until(&self, scene: &Scene, count: u32) {
        let what = format!("there are {count} jobs");
        until_within(self.limit, &what, &mut || async {
            self.count(scene).await >= count
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn kf36_kf37_each_document_is_one_job_over_kills_a_lost_history_and_while_nobody_watches() {
    let scene = Scene::new().await;
    let course = Course {
        documents: 800,
        limit: Duration::from_mins(1),
    };
    let took = course.run(&scene, &Fault::new().await).await;
    // Its right lasts three seconds, and the next process of the same name need not wait for its end.
    let longest = took.after_kill.max(took.after_loss);
    assert!(
        longest < Duration::from_secs(30),
        "{longest:?} until it went on"
    );
}

/// The same with ten thousand documents, on a database of its own. Its figures are printed:
/// `cargo test --release -p formhand-engine --test it intake:: -- --ignored --nocapture`
#[tokio::test(flavor = "multi_thread")]
#[ignore = "it takes a minute"]
async fn ten_thousand_documents_over_two_kills_and_a_lost_history() {
    let folder = tempfile::tempdir().unwrap();
    let database = ReplicaSet::start(folder.path()).await.unwrap();
    let scene = Scene::at(&database.url().replace("/?", "/formhand?")).await;
    let course = Course {
        documents: 10_000,
        limit: Duration::from_mins(5),
    };
    let took = course.run(&scene, &Fault::on(&database)).await;
    println!(
        "10,000 documents: {:.1} s; the first job {:.1} s after a kill, {:.1} s after one with the history lost",
        took.all.as_secs_f64(),
        took.after_kill.as_secs_f64(),
        took.after_loss.as_secs_f64(),
    );
}
