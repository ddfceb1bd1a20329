//! What an engine does with jobs that are old when it starts.

use formhand_engine::Retention;
use formhand_practice::{FaultName, Step};
use formhand_testkit::Customer;
use jiff::SignedDuration;

use crate::{
    documents::SCHEDULE,
    last_steps::{FILED, ending},
    support::{filed, hits, save_requests, stands},
};

#[tokio::test(flavor = "multi_thread")]
async fn kf09_a_customer_whose_job_is_forgotten_is_not_filed_again() {
    let fault = hits(FaultName::ValueAltered, 1)
        .step(Step::Calculate)
        .alters("EngineNumberVehicle", "X99")
        .once();
    let mut world = ending(SCHEDULE, [fault]).await;
    let failed = world.file(Customer::number(1).record()).await;
    let done = world.file(Customer::number(2).record()).await;
    assert_eq!(stands(&done), FILED, "{}", world.story(done.id).await);
    let kept = |id| world.evidence().join(format!("{id}"));
    assert!(kept(failed.id).join("1/failure.png").exists());
    assert!(kept(done.id).join("1/documents/schedule.pdf").exists());

    let at_once = Some(SignedDuration::from_nanos(1));
    let folders = [kept(failed.id), kept(done.id)];
    world.retain(Retention {
        evidence: at_once,
        records: at_once,
        unfiled: at_once,
    });
    world.restart().await;
    // Forgetting comes last.
    let forgets = |history: &[formhand_store::AuditEntry]| {
        history.iter().any(|entry| entry.event == "forget")
    };
    world
        .when_history(done.id, "to end with being forgotten", forgets)
        .await;
    assert!(world.store.job(failed.id).await.unwrap().is_none());
    for folder in folders {
        assert!(!folder.exists(), "{}", folder.display());
    }

    let again = world.file(Customer::number(2).record()).await;
    assert!(
        !again.holds_business_key(),
        "{}",
        world.story(again.id).await
    );
    assert_eq!(
        (filed(&world.practice, 2), save_requests(&world.practice)),
        (1, 1)
    );
    // What was not filed may be handed in anew.
    let anew = world.file(Customer::number(1).record()).await;
    assert_eq!(stands(&anew), FILED, "{}", world.story(anew.id).await);
    world.end().await;
}
