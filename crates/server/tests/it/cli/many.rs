//! One command for many jobs.

use super::support::Ran;
use crate::{
    api::without_ids,
    crash::support::{Scene, SceneOptions},
    dashboard::plant,
};

#[tokio::test(flavor = "multi_thread")]
async fn jobs_that_fit_are_acted_on_once_somebody_says_yes() {
    let scene = Scene::new(SceneOptions::default()).await;
    plant(&scene, 3).await;
    let server = scene.serve().await;
    let run = async |arguments: &[&str]| Ran(scene.run(arguments).await);

    let unasked = run(&["job", "hold", "--search", "Testcustomer"]).await;
    insta::assert_snapshot!(unasked.complaint(), @"
    exit 2
    error: hold would touch 3 jobs, and nobody is there to say yes

    hint: say it with --yes
    ");
    insta::assert_snapshot!(run(&["job", "hold"]).await.complaint(), @"
    exit 2
    error: hold which jobs? Give their ids, or options that say what they are like

    hint: `formhand job list` takes the same options, and shows the jobs
    ");
    let none = run(&["job", "release", "--status", "on_hold", "--yes"]).await;
    assert_eq!((none.code(), none.stderr().as_str()), (0, "no jobs\n"));

    let cancel = ["job", "cancel", "--captcha-id", "case-1", "--yes"];
    let cancelled = run(&[&cancel[..], &["--reason", "a test"]].concat()).await;
    assert_eq!(cancelled.code(), 0, "{}", cancelled.stderr());
    insta::assert_snapshot!(without_ids(&cancelled.stdout()), @"[job 1] is cancelled");

    // The job that has ended refuses; the others are asked all the same.
    let held = run(&["job", "hold", "--portal", "practice", "--yes"]).await;
    assert_eq!(held.code(), 5);
    let told = without_ids(&format!("{}{}", held.stdout(), held.stderr()));
    insta::assert_snapshot!(told, @r#"
    [job 1] is on_hold
    [job 2] is on_hold
    [job 3]: a job that is cancelled (stage none) cannot take "hold": only a job that waits can be held
    "#);
    server.kill().await;
}
