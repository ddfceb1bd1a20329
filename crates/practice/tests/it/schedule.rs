//! The schedule of a saved proposal.

use formhand_practice::{Fault, FaultName};
use reqwest::{
    Response, StatusCode,
    header::{CONTENT_DISPOSITION, CONTENT_TYPE},
};

use crate::browserless::{Visitor, portal};

/// The first of the customers that stand in the list by themselves.
const SCHEDULE: &str = "/Motor/GenerateMotorSchedule?ProposalNo=R25110104200&Draft=true";

fn header(answer: &Response, name: reqwest::header::HeaderName) -> &str {
    answer.headers()[name].to_str().unwrap()
}

#[tokio::test]
async fn the_schedule_of_a_proposal_is_a_pdf_to_be_downloaded() {
    let portal = portal().await;
    let visitor = Visitor::logged_in(&portal).await;
    let answer = visitor.get(SCHEDULE).await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(header(&answer, CONTENT_TYPE), "application/pdf");
    assert_eq!(
        header(&answer, CONTENT_DISPOSITION),
        "attachment; filename=\"MotorSchedule_R25110104200.pdf\""
    );
    let file = answer.text().await.unwrap();
    assert!(
        file.starts_with("%PDF-1.4") && file.contains("DRAFT"),
        "{file}"
    );
    assert!(
        file.contains("R25110104200") && file.contains("Asha Invented"),
        "{file}"
    );

    let unknown = visitor
        .get("/Motor/GenerateMotorSchedule?ProposalNo=R1")
        .await;
    assert_eq!(unknown.status(), StatusCode::NOT_FOUND);
    let stranger = Visitor::new(&portal).get(SCHEDULE).await;
    assert_eq!(stranger.status(), StatusCode::FOUND);
}

#[tokio::test]
async fn its_faults_are_a_page_an_end_in_the_middle_and_a_hostile_name() {
    let portal = portal().await;
    let visitor = Visitor::logged_in(&portal).await;
    let page = Fault::new(FaultName::DocumentIsPage).chassis("OTHERCHASSIS00000");
    portal.add_fault(page.once()).unwrap();
    let answer = visitor.get(SCHEDULE).await;
    assert_eq!(header(&answer, CONTENT_TYPE), "application/pdf");
    assert!(answer.text().await.unwrap().starts_with("<!DOCTYPE html>"));

    let cut = Fault::new(FaultName::DocumentCut);
    portal.add_fault(cut.once()).unwrap();
    assert!(visitor.get(SCHEDULE).await.bytes().await.is_err());

    let named = Fault::new(FaultName::DocumentNamed).text("../../a\"b.pdf");
    portal.add_fault(named).unwrap();
    let answer = visitor.get(SCHEDULE).await;
    assert_eq!(
        header(&answer, CONTENT_DISPOSITION),
        "attachment; filename=\"../../a\\\"b.pdf\""
    );
}
