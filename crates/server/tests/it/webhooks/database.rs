//! Two servers on one MongoDB.

use std::{sync::Arc, time::Duration};

use formhand_domain::{
    AccountName, CallerId, Clock as _, FencingToken, FlowName, Job, JobEvent, JobId, JobState,
    NewJob, NodeId, PortalName, SystemClock, Writer,
};
use formhand_mongod::ReplicaSet;
use formhand_server::webhooks::{Deliverer, WebhookDesk, WebhooksSetup};
use formhand_store::{MongoStore, Store, Webhooks as _};
use serde_json::json;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use super::{
    receiver::{Message, Receiver},
    scene::{named, webhook},
};

/// Shorter than the time after which whoever delivers looks by itself.
const AT_ONCE: Duration = Duration::from_secs(25);

/// What one server knows of the webhook.
async fn desk(url: &str, to: &Receiver) -> WebhookDesk {
    let store = MongoStore::open(url, SystemClock.now()).await.unwrap();
    let setup = WebhooksSetup {
        webhooks: vec![webhook("crm", to)],
        ..WebhooksSetup::default()
    };
    WebhookDesk::new(Arc::new(store), Arc::new(SystemClock), || 0.0, setup).unwrap()
}

/// A job that a person calls off.
async fn called_off(store: &dyn Store) {
    let now = SystemClock.now();
    let job = Job {
        id: JobId::new(now, rand::random()),
        portal: PortalName::new("garden").unwrap(),
        account: AccountName::new("main").unwrap(),
        flow: FlowName::new("entry").unwrap(),
        caller_id: CallerId::new("c-1").unwrap(),
        business_key: None,
        label: "Asha Example".to_owned(),
        record: json!({ "name": "Asha Example" }),
        created_at: now,
        attempts: 0,
        fence: FencingToken::default(),
        state: JobState::Pending { due_at: now },
    };
    let id = job.id;
    let idempotency_key = None;
    let new = NewJob {
        job,
        idempotency_key,
    };
    store.submit(new).await.unwrap();
    let person = Writer::Person {
        name: "Mina".to_owned(),
    };
    let reason = "invented".to_owned();
    let cancel = JobEvent::Cancel { reason };
    store.apply(id, person, cancel, now).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_replayed_at_one_server_is_sent_at_once_by_the_other_that_delivers() {
    let (folder, receiver) = (tempfile::tempdir().unwrap(), Receiver::start().await);
    let database = ReplicaSet::start(folder.path()).await.unwrap();
    let url = database.url().replace("/?", "/formhand?");
    let (ours, other) = (desk(&url, &receiver).await, desk(&url, &receiver).await);
    ours.begin().await.unwrap();
    let stop = CancellationToken::new();
    let deliverer = Deliverer::new(ours, NodeId::new("node-a").unwrap());
    let running = tokio::spawn(deliverer.run(stop.clone()));

    let store = MongoStore::open(&url, SystemClock.now()).await.unwrap();
    called_off(&store).await;
    let came = timeout(AT_ONCE, receiver.until(1)).await;
    came.expect("a change that another server wrote is told");
    let first = receiver.take();
    assert_eq!(super::scene::kinds(&first), ["job.cancelled"]);
    let id = first[0].id().to_owned();
    loop {
        // It is replayed only when what became of it is noted.
        let delivery = store.delivery(&named("crm"), &id).await.unwrap().unwrap();
        if delivery.state.ended_at().is_some() {
            break;
        }
        tokio::task::yield_now().await;
    }

    other.replay(&named("crm"), &id).await.unwrap().unwrap();
    let came = timeout(AT_ONCE, receiver.until(1)).await;
    came.expect("what is asked for at another server is sent at once");
    let again: Vec<String> = receiver
        .take()
        .iter()
        .map(Message::id)
        .map(str::to_owned)
        .collect();
    assert_eq!(again, [id]);
    stop.cancel();
    running.await.unwrap();
    drop((store, other));
    assert!(database.stop().await);
}
