//! Faults of the network and of the calls before the save.

use std::time::{Duration, Instant};

use formhand_practice::{Fault, FaultName, Step};
use reqwest::StatusCode;

use crate::browserless::{Visitor, portal};

const MAKES: &str = "/Motor/GetMakeModelsAuto?text=activa";

#[tokio::test]
async fn a_handled_failure_is_789_with_its_message_in_the_status_text() {
    let portal = portal().await;
    let visitor = Visitor::logged_in(&portal).await;
    let fault = Fault::new(FaultName::HandledFailure)
        .step(Step::Coverage)
        .text("Quote engine is busy");
    portal.add_fault(fault).unwrap();
    let answer = visitor.call("/Motor/FetchIDV", &[]).send().await.unwrap();
    assert_eq!(answer.status().as_u16(), 789);
    let reason = answer
        .extensions()
        .get::<hyper::ext::ReasonPhrase>()
        .unwrap();
    assert_eq!(reason.as_bytes(), b"Quote engine is busy");
}

#[tokio::test]
async fn a_server_error_has_its_status_and_is_gone_after_its_times() {
    let portal = portal().await;
    let visitor = Visitor::logged_in(&portal).await;
    portal
        .add_fault(
            Fault::new(FaultName::ServerError)
                .path("/Home/Home")
                .status(503)
                .once(),
        )
        .unwrap();
    assert_eq!(
        visitor.get("/Home/Home").await.status(),
        StatusCode::SERVICE_UNAVAILABLE
    );
    assert_eq!(visitor.get("/Home/Home").await.status(), StatusCode::OK);
}

#[tokio::test]
async fn slow_and_empty_suggestions() {
    let portal = portal().await;
    let visitor = Visitor::logged_in(&portal).await;
    assert!(visitor.page(MAKES).await.contains("HONDA ACTIVA 6G DLX"));
    portal
        .add_fault(
            Fault::new(FaultName::Slow)
                .step(Step::MakeModel)
                .delay_ms(150)
                .once(),
        )
        .unwrap();
    portal
        .add_fault(
            Fault::new(FaultName::SuggestionsEmpty)
                .step(Step::MakeModel)
                .once(),
        )
        .unwrap();
    let started = Instant::now();
    assert_eq!(visitor.page(MAKES).await, "[]");
    assert!(started.elapsed() >= Duration::from_millis(150));
}

#[tokio::test]
async fn refused_covers_carry_the_marker_and_are_split() {
    let portal = portal().await;
    let visitor = Visitor::logged_in(&portal).await;
    let text = visitor
        .call("/Motor/FetchIDV", &[])
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    assert!(text.ends_with("12345678910"));
    assert!(
        text.contains("Please enter Vehicle Make Model Variance|Please provide RTO City/Location")
    );
}

#[tokio::test]
async fn behaviour_of_the_page_hits_only_the_customer_that_is_named() {
    let portal = portal().await;
    let visitor = Visitor::logged_in(&portal).await;
    portal
        .add_fault(Fault::new(FaultName::SaveDoubleFires).chassis("HIT"))
        .unwrap();
    for (chassis, hit) in [("OTHER", false), ("HIT", true)] {
        let form = [
            ("ChasisNumberVehicle", chassis),
            ("EngineNumberVehicle", "E1"),
            ("DPDateOfBirth", "01-07-1990"),
            ("txtMobileNumber", "9876500000"),
            ("VehicleModelId", "7002"),
            ("ModifiedIDV", "75050"),
            ("Detariff_Discount_Rate", "60"),
        ];
        let answer = visitor
            .call("/Motor/CalculatePremium", &form)
            .send()
            .await
            .unwrap();
        let text = answer.text().await.unwrap();
        assert!(text.contains("id=\"lblNetPremium\""), "{text}");
        assert_eq!(text.contains("save_twice"), hit, "{text}");
    }
}
