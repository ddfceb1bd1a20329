//! Ten thousand jobs, and the few of them that somebody looks for.

use std::sync::Arc;

use formhand_domain::{
    AccountName, BusinessKey, CallerId, FencingToken, FlowName, Job, JobId, JobState, NewJob,
    PortalName,
};
use formhand_store::Store;
use futures_util::{StreamExt as _, stream};
use jiff::Timestamp;
use serde_json::json;

use super::desk::Desk;
use crate::crash::support::{Scene, SceneOptions};

const JOBS: u32 = 10_000;

#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_jobs_are_filtered_and_paged() {
    let scene = Scene::new(SceneOptions::default()).await;
    let server = scene.serve().await;
    plant(&scene, JOBS).await;

    let desk = Desk::at(&server).await;
    desk.open("/jobs").await;
    desk.sees("#jobs caption", "10000 jobs").await;
    desk.click("a[rel=next]").await;
    desk.sees("#jobs caption", "a later page").await;
    desk.sees("#jobs tbody tr:first-child", "case-9949").await;

    desk.fill("#q", "Testcustomer 4711").await;
    desk.click("form.filter button").await;
    desk.sees("#jobs caption", "1 job").await;
    desk.click("#jobs tbody th a").await;
    desk.sees("h1", "Testcustomer 4711").await;

    desk.click("form[action$='/hold'] button").await;
    desk.sees(".done", "The job is held").await;
    desk.open("/jobs?status=on_hold").await;
    desk.sees("#jobs caption", "1 job").await;
    desk.sees("#jobs tbody tr", "case-4711").await;
    desk.leave().await;
    server.kill().await;
}

/// So many jobs that wait for years.
pub(crate) async fn plant(scene: &Scene, count: u32) {
    let store: Arc<dyn Store> = Arc::new(scene.store());
    stream::iter(0..count)
        .for_each_concurrent(200, |number| {
            let store = Arc::clone(&store);
            async move {
                store.submit(job(number)).await.expect("it is taken");
            }
        })
        .await;
    store.close().await.expect("it closes");
}

/// A job that waits for years.
fn job(number: u32) -> NewJob {
    let created_at = Timestamp::from_second(1_800_000_000 + i64::from(number)).unwrap();
    let due_at = Timestamp::from_second(4_000_000_000).unwrap();
    NewJob {
        job: Job {
            id: JobId::new(created_at, u128::from(number)),
            portal: PortalName::new("practice").unwrap(),
            flow: FlowName::new("two-wheeler").unwrap(),
            account: AccountName::new("main").unwrap(),
            caller_id: CallerId::new(format!("case-{number}")).unwrap(),
            business_key: Some(BusinessKey::new(format!("key-{number}")).unwrap()),
            label: format!("Testcustomer {number}"),
            record: json!({}),
            created_at,
            attempts: 0,
            fence: FencingToken::default(),
            state: JobState::Pending { due_at },
        },
        idempotency_key: None,
    }
}
