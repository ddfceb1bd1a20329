//! The main job: a record goes in, the form is filed once, the receipt comes out.

use formhand_domain::{Outcome, Status};
use formhand_testkit::{Customer, World, chassis};

#[tokio::test(flavor = "multi_thread")]
async fn a_record_is_filed_once_and_its_receipt_is_the_portals() {
    let world = World::new().await;
    let job = world.file(Customer::number(1).record()).await;
    assert_eq!(
        (job.status(), job.outcome()),
        (Status::Completed, Outcome::Submitted)
    );
    let saves = world.practice.saves_of(&chassis(1));
    assert_eq!(saves.len(), 1);
    let number = job
        .receipt()
        .and_then(|receipt| receipt.0.get("proposalNumber"));
    assert_eq!(number, saves[0].proposal_no.as_ref());
    world.end().await;
}
