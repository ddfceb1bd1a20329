//! Evidence goes to object storage in the background, and whether it does changes nothing else.

use std::time::Duration;

use formhand_evidence::Content;
use formhand_testkit::{Customer, World, WorldOptions};

use crate::{last_steps::FILED, support::stands};

#[expect(dead_code, reason = "the tests of evidence use all of it")]
#[path = "../../../evidence/tests/it/bucket.rs"]
mod bucket;

use bucket::{Bucket, KEY};

/// No test that works comes near.
const PATIENCE: Duration = Duration::from_mins(1);

#[tokio::test(flavor = "multi_thread")]
async fn the_files_of_a_job_that_has_ended_go_to_the_bucket_and_are_read_there() {
    let bucket = Bucket::start().await;
    let options = WorldOptions {
        remote: Some(bucket.remote_with(KEY)),
        ..WorldOptions::default()
    };
    let world = World::with(options).await;
    let job = world.file(Customer::number(1).record()).await;
    assert_eq!(stands(&job), FILED, "{}", world.story(job.id).await);
    let evidence = formhand_evidence::Evidence::at(world.evidence())
        .with_remote(Some(bucket.remote_with(KEY)));
    let all_gone = async {
        // Nothing tells of it: it is nobody's business but the folder's.
        let mut looks = tokio::time::interval(Duration::from_millis(100));
        while !evidence
            .jobs_here()
            .await
            .expect("it can be read")
            .is_empty()
        {
            looks.tick().await;
        }
    };
    let gone = tokio::time::timeout(PATIENCE, all_gone).await;
    assert!(gone.is_ok(), "waited {PATIENCE:?} for the files to go");
    let files = evidence.files(job.id).await.expect("they can be listed");
    assert_eq!(files.len(), 2);
    for kept in files {
        let opened = evidence.open(&kept.place).await.expect("it can be read");
        let (_, content) = opened.expect("it is there");
        assert!(
            matches!(content, Content::Object(_)),
            "{}",
            kept.place.path()
        );
    }
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bucket_that_does_not_answer_keeps_no_job_from_being_filed() {
    let mut bucket = Bucket::start().await;
    bucket.stop().await;
    let options = WorldOptions {
        remote: Some(bucket.remote_with(KEY)),
        ..WorldOptions::default()
    };
    let world = World::with(options).await;
    let job = world.file(Customer::number(1).record()).await;
    assert_eq!(stands(&job), FILED, "{}", world.story(job.id).await);
    assert_eq!(job.attempts, 1);
    let receipt = world.evidence().join(format!("{}/1/receipt.json", job.id));
    assert!(receipt.exists());
    world.end().await;
}
