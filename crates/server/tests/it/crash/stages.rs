//! `kill -9` at every stage of a job, and a restart on the same data folder: the table of the submit protocol.
//!
//! Leases last an hour in these scenes: whatever the next server does with a job, it does not wait for one to end.

use formhand_domain::{Outcome, Stage, Status};
use formhand_practice::{FaultName, Phase, Step};
use formhand_server::http::JobView;

use super::support::{Scene, SceneOptions, Server, at, committed, hold, stands};

const FILED: (Status, Outcome) = (Status::Completed, Outcome::Submitted);
const UNKNOWN: (Status, Outcome) = (Status::NeedsReview, Outcome::Unknown);

/// A scene whose server was killed while it worked on customer 1, and its successor.
struct Killed {
    scene: Scene,
    server: Server,
    job: String,
}

enum Moment {
    /// A request for this step is held by the portal.
    Held(Step),
    /// This has happened to the job.
    Happened(&'static str),
}

impl Killed {
    async fn at(moment: Moment, options: SceneOptions) -> Self {
        let scene = Scene::new(options).await;
        let server = scene.serve().await;
        let job = server.submit(1).await;
        match moment {
            Moment::Held(step) => scene.held(step).await,
            Moment::Happened(event) => server.when(&job, event).await,
        }
        assert!(
            !scene.browsers().is_empty(),
            "a server that works has a browser"
        );
        let server = scene.kill_and_restart(server).await;
        Self { scene, server, job }
    }

    /// How the job ends with the next server, by itself.
    async fn end(&self) -> JobView {
        self.server.end_of(&self.job).await
    }

    async fn finish(self) {
        self.scene.finish(self.server, &[(1, &self.job)]).await;
    }
}

fn faults(faults: impl IntoIterator<Item = formhand_practice::Fault>) -> SceneOptions {
    SceneOptions {
        faults: faults.into_iter().collect(),
        ..SceneOptions::default()
    }
}

/// It is tried again, and filed by the next attempt.
async fn is_filed_by_the_second_attempt(moment: Moment, options: SceneOptions) {
    let killed = Killed::at(moment, options).await;
    let job = killed.end().await;
    assert_eq!((stands(&job), job.attempts), (FILED, 2));
    assert_eq!(committed(&killed.scene.practice, 1).len(), 1);
    killed.finish().await;
}

/// It stays unknown, for a person, and is never tried again.
async fn stays_unknown(moment: Moment, options: SceneOptions, filed: usize) {
    let killed = Killed::at(moment, options).await;
    let job = killed.end().await;
    assert_eq!((stands(&job), job.attempts), (UNKNOWN, 1));
    assert_eq!((job.stage, job.retry_at), (Some(Stage::Submitting), None));
    if filed > 0 {
        // The portal does what it was asked, whoever asked and is dead.
        killed.scene.filed(1).await;
    }
    assert_eq!(committed(&killed.scene.practice, 1).len(), filed);
    killed.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_while_it_looks_for_a_session_the_job_is_tried_again() {
    let moment = Moment::Held(Step::Login);
    is_filed_by_the_second_attempt(moment, faults([hold(Step::Login)])).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_before_the_login_was_answered_the_job_is_tried_again() {
    // The first time is the look whether a session is alive, the second the page after the login.
    let moment = Moment::Held(Step::Dashboard);
    is_filed_by_the_second_attempt(moment, faults([hold(Step::Dashboard).nth(2)])).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_while_it_fills_the_form_the_job_is_tried_again() {
    let moment = Moment::Held(Step::Coverage);
    is_filed_by_the_second_attempt(moment, faults([hold(Step::Coverage)])).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_on_the_last_page_before_the_submit_the_job_is_tried_again() {
    let moment = Moment::Held(Step::Calculate);
    is_filed_by_the_second_attempt(moment, faults([hold(Step::Calculate)])).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_while_armed_the_job_is_unknown_and_never_tried_again() {
    let dead = formhand_practice::Fault::new(FaultName::SaveClickDead).once();
    stays_unknown(Moment::Happened("arm"), faults([dead]), 0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_before_the_portal_took_the_request_the_job_is_unknown_and_filed_once() {
    let before = at(Step::Save, FaultName::Hold, 1);
    stays_unknown(Moment::Held(Step::Save), faults([before]), 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_before_the_portal_answered_the_job_is_unknown_and_filed_once() {
    let after = at(Step::Save, FaultName::Hold, 1).phase(Phase::After);
    stays_unknown(Moment::Held(Step::Save), faults([after]), 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_after_the_receipt_the_job_is_filed_and_says_that_the_rest_was_cut_off() {
    let options = SceneOptions {
        step_after_filing: true,
        ..faults([hold(Step::SearchPage)])
    };
    let killed = Killed::at(Moment::Held(Step::SearchPage), options).await;
    let job = killed.end().await;
    let expected = (Status::FailedPostSubmission, Outcome::Submitted);
    assert_eq!((stands(&job), job.attempts), (expected, 1));
    assert!(job.failure.is_some_and(|failure| !failure.retryable));
    killed.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_after_the_end_the_job_stays_as_it_ended() {
    let killed = Killed::at(Moment::Happened("complete"), SceneOptions::default()).await;
    let job = killed.end().await;
    assert_eq!((stands(&job), job.attempts), (FILED, 1));
    killed.finish().await;
}
