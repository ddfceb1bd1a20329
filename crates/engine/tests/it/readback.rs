//! What is filed is what the record says, and what the portal altered is caught before it is sent.

use formhand_domain::{FailureCode, FieldMismatch, Job, Outcome, Status};
use formhand_practice::{Fault, FaultName, Step};
use formhand_testkit::{Customer, World, WorldOptions, limit_steps};

use crate::support::{code, filed, hits, save_requests, stands};

const UNSENT: (Status, Outcome) = (Status::FailedLoginForm, Outcome::NotSubmitted);
const FILED: (Status, Outcome) = (Status::Completed, Outcome::Submitted);

fn mismatches(job: &Job) -> Vec<(&str, &str, Option<&str>)> {
    let fields = job.failure().map_or(&[][..], |failure| &failure.fields);
    fields
        .iter()
        .map(
            |FieldMismatch {
                 field,
                 expected,
                 found,
             }| (field.as_str(), expected.as_str(), found.as_deref()),
        )
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn kf16_what_the_portal_altered_is_caught_before_save_with_expected_and_found() {
    let world = World::faulty([
        hits(FaultName::ValueAltered, 1)
            .step(Step::Calculate)
            .alters("EngineNumberVehicle", "X99"),
        hits(FaultName::IdvOverwritten, 2),
        hits(FaultName::FinancierCleared, 3),
        hits(FaultName::ValueAltered, 4)
            .step(Step::Calculate)
            .alters("txtLastName", "Other"),
        hits(FaultName::ValueAltered, 5)
            .step(Step::Coverage)
            .alters("Date_PurchaseVehicle", "02-05-2025"),
    ])
    .await;
    let jobs = world
        .file_all([
            Customer::number(1).record(),
            Customer::number(2).with("idv", 70_000).record(),
            Customer::number(3).with_financier().record(),
            Customer::number(4).record(),
            Customer::number(5).record(),
        ])
        .await;
    for job in &jobs {
        let story = world.story(job.id).await;
        assert_eq!((stands(job), job.attempts), (UNSENT, 1), "{story}");
        assert_eq!(code(job), Some(FailureCode::ReadbackMismatch), "{story}");
    }
    assert_eq!(
        mismatches(&jobs[0]),
        [("engine number", "TESTENGINE000001", Some("X99"))]
    );
    assert_eq!(mismatches(&jobs[1]), [("IDV", "70000", Some("72200"))]);
    assert_eq!(
        mismatches(&jobs[2]),
        [("financier name", "PRACTICE BANK LTD", Some(""))]
    );
    assert_eq!(
        mismatches(&jobs[3]),
        [("last name", "Example", Some("Other"))]
    );
    assert_eq!(
        mismatches(&jobs[4]),
        [("purchase date", "05-02-2025", Some("02-05-2025"))]
    );
    assert_eq!(save_requests(&world.practice), 0);
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn kf14_a_list_that_does_not_offer_the_value_ends_the_job_and_no_other_item_is_taken() {
    let world = World::new().await;
    let jobs = world
        .file_all([
            Customer::number(1).with("vehicleVariant", "XTEC").record(),
            Customer::number(2)
                .with("rtoCityLocation", "KA-01")
                .record(),
            Customer::number(3)
                .with_financier()
                .with("financierName", "PRACTICE BANK")
                .record(),
            Customer::number(4)
                .with("vendorCode", "HN009 - Nobody")
                .record(),
        ])
        .await;
    for job in &jobs {
        let story = world.story(job.id).await;
        assert_eq!((stands(job), job.attempts), (UNSENT, 1), "{story}");
        assert_eq!(code(job), Some(FailureCode::NotOffered), "{story}");
    }
    assert_eq!(save_requests(&world.practice), 0);
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_offers_nothing_says_nothing_of_the_record_and_the_job_is_tried_again() {
    let options = WorldOptions::default()
        .adapt(|portal| limit_steps(portal, std::time::Duration::from_secs(5)))
        .faults([Fault::new(FaultName::SuggestionsEmpty).once()]);
    let world = World::with(options).await;
    let job = world.file(Customer::number(1).record()).await;
    let story = world.story(job.id).await;
    assert_eq!((stands(&job), job.attempts), (FILED, 2), "{story}");
    assert!(story.contains("not_offered"), "{story}");
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn kf19_a_form_60_that_fills_nothing_is_said_and_a_customer_who_exists_already_is_not_in_the_way()
 {
    let options = WorldOptions::default()
        .adapt(|portal| limit_steps(portal, std::time::Duration::from_secs(15)))
        .faults([
            Fault::new(FaultName::Form60Silent).once(),
            Fault::new(FaultName::CustomerExists).once(),
        ]);
    let world = World::with(options).await;
    let job = world.file(Customer::number(1).record()).await;
    let story = world.story(job.id).await;
    assert_eq!((stands(&job), job.attempts), (FILED, 2), "{story}");
    assert!(story.contains("Form 60 closed without filling"), "{story}");
    // The same person with another vehicle: the portal knows the customer by now.
    let other = Customer::number(1)
        .with("chassisNumber", "OTHERCHASSIS")
        .record();
    let other = world.file(other).await;
    let story = world.story(other.id).await;
    assert_eq!((stands(&other), other.attempts), (FILED, 1), "{story}");
    assert_eq!(filed(&world.practice, 1), 1);
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_portal_says_of_the_record_is_final_and_what_it_says_of_itself_is_not() {
    let world = World::faulty([
        hits(FaultName::CoverageRefused, 2)
            .text("Internal error ocurred")
            .once(),
        hits(FaultName::CoverageRefused, 3).text("Vehicle blacklisted by NCRB"),
        Fault::new(FaultName::HandledFailure)
            .step(Step::Customer)
            .text("Quote engine is busy, please contact Administrator")
            .once(),
    ])
    .await;
    let jobs = world
        .file_all([
            Customer::number(1).with("idv", 10_000).record(),
            Customer::number(2).record(),
            Customer::number(3).record(),
        ])
        .await;
    let mut stories = String::new();
    for job in &jobs {
        stories += &world.story(job.id).await;
    }
    assert_eq!(
        (stands(&jobs[0]), code(&jobs[0])),
        (UNSENT, Some(FailureCode::DataRefused)),
        "{stories}"
    );
    assert_eq!(stands(&jobs[1]), FILED, "{stories}");
    assert_eq!(
        (stands(&jobs[2]), code(&jobs[2])),
        (UNSENT, Some(FailureCode::UnknownMessage)),
        "{stories}"
    );
    assert!(stories.contains("Vehicle blacklisted by NCRB"), "{stories}");
    assert_eq!(jobs[2].attempts, 3, "{stories}");
    assert!(stories.contains("portal_fault"), "{stories}");
    world.end().await;
}
