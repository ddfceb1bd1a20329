//! The point of no return and the proof of it.

use std::time::Duration;

use formhand_practice::{Event, Fault, FaultName, Phase};
use serde_json::Value;

use crate::browserless::{Visitor, portal};

#[tokio::test]
async fn a_save_answers_numbers_and_is_found_by_number_and_by_chassis() {
    let portal = portal().await;
    let visitor = Visitor::logged_in(&portal).await;
    let answer: Value = visitor
        .save("C1")
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(answer["isSuccess"], true);
    let number = answer["ProposalNo"].as_str().unwrap();
    assert!(number.len() == 12 && number.starts_with('R'));
    for (by, text) in [("proposal", number), ("chassis", "C1")] {
        let form = [("SearchText", text), ("SearchBy", by)];
        let found = visitor
            .call("/Policy/GetPolicySearchDetails", &form)
            .send()
            .await
            .unwrap();
        assert!(found.text().await.unwrap().contains(number));
    }
    assert_eq!(portal.saves_of("C1")[0].fields["EngineNumberVehicle"], "E1");
}

#[tokio::test]
async fn every_save_counts_and_two_of_one_customer_are_a_duplicate() {
    let portal = portal().await;
    let visitor = Visitor::logged_in(&portal).await;
    for chassis in ["C1", "C2", "C1"] {
        visitor.save(chassis).send().await.unwrap();
    }
    assert_eq!(portal.saves_of("C1").len(), 2);
    assert_eq!(portal.duplicates(), [("C1".to_owned(), 2)].into());
}

#[tokio::test]
async fn a_declined_vehicle_is_refused_and_not_kept() {
    let portal = portal().await;
    let visitor = Visitor::logged_in(&portal).await;
    let answer: Value = visitor
        .save("REFUSE1")
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(answer["isSuccess"], false);
    assert_eq!(
        answer["ErrorMsg"],
        "Vehicle is declined by underwriter. Please contact branch"
    );
    assert!(!portal.saves_of("REFUSE1")[0].committed);
}

#[tokio::test]
async fn a_cut_after_the_commit_leaves_a_proposal_and_no_answer() {
    let portal = portal().await;
    let visitor = Visitor::logged_in(&portal).await;
    portal
        .add_fault(Fault::new(FaultName::CutAfter).chassis("C1").once())
        .unwrap();
    visitor.save("C1").send().await.unwrap_err();
    assert!(portal.saves_of("C1")[0].committed);
    let answered = |event: &Event| matches!(event, Event::Answered { save: Some(_), .. });
    assert!(!portal.ledger().iter().any(|entry| answered(&entry.event)));
}

#[tokio::test]
async fn a_cut_before_the_commit_leaves_nothing() {
    let portal = portal().await;
    let visitor = Visitor::logged_in(&portal).await;
    portal
        .add_fault(Fault::new(FaultName::CutBefore).once())
        .unwrap();
    visitor.save("C1").send().await.unwrap_err();
    assert!(portal.saves().is_empty());
}

#[tokio::test]
async fn a_cut_may_come_in_the_middle_of_the_answer() {
    let portal = portal().await;
    let visitor = Visitor::logged_in(&portal).await;
    portal
        .add_fault(Fault::new(FaultName::CutAfter).partial_answer().once())
        .unwrap();
    let answer = visitor.save("C1").send().await.unwrap();
    answer.text().await.unwrap_err();
    assert!(portal.saves_of("C1")[0].committed);
}

#[tokio::test]
async fn a_slow_success_commits_although_the_client_has_gone() {
    let portal = portal().await;
    let visitor = Visitor::logged_in(&portal).await;
    portal
        .add_fault(Fault::new(FaultName::SlowSuccess).delay_ms(60_000))
        .unwrap();
    let impatient = visitor
        .save("C1")
        .timeout(Duration::from_millis(300))
        .send()
        .await;
    assert!(impatient.unwrap_err().is_timeout());
    assert!(portal.saves_of("C1")[0].committed);
}

#[tokio::test]
async fn a_held_save_commits_only_after_its_release_even_without_its_client() {
    let portal = portal().await;
    let visitor = Visitor::logged_in(&portal).await;
    portal
        .add_fault(Fault::new(FaultName::Hold).phase(Phase::Before).once())
        .unwrap();
    let save = tokio::spawn(visitor.save("C1").send());
    portal
        .when(|entry| matches!(entry.event, Event::Held { .. }))
        .await;
    assert!(portal.saves().is_empty());
    save.abort();
    portal.release();
    let entry = portal
        .when(|entry| matches!(entry.event, Event::Save(_)))
        .await;
    assert!(matches!(entry.event, Event::Save(save) if save.committed && save.chassis == "C1"));
}
