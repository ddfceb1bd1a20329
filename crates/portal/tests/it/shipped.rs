//! The definitions and the table that this project ships.

use formhand_portal::{Carried, CloneMode, Portal, StepAction};
use serde_json::Value;

use crate::support::{practice, shipped, two_wheeler};

fn real() -> Portal {
    shipped("reliance-smartzone.yaml").unwrap_or_else(|errors| panic!("{errors}"))
}

#[test]
fn both_definitions_are_clean() {
    let (real, practice) = (real(), practice());
    assert_eq!(real.name.as_str(), "reliance-smartzone");
    assert_eq!(practice.name.as_str(), "practice");
    assert_ne!(real.version, practice.version);
}

#[test]
fn the_practice_portal_differs_in_name_and_place_only() {
    let (real, practice) = (real(), practice());
    assert_eq!(real.maps, practice.maps);
    assert_eq!(
        format!("{:?}", real.session),
        format!("{:?}", practice.session)
    );
    assert_eq!(
        format!("{:?}", real.messages),
        format!("{:?}", practice.messages)
    );
    let steps = |portal: &Portal| {
        let flow = two_wheeler(portal);
        format!("{:?}", flow.steps).replace(portal.base.as_str().trim_end_matches('/'), "BASE")
    };
    assert_eq!(steps(&real), steps(&practice));
}

#[test]
fn kf28_jobs_share_one_session_of_a_portal_that_keeps_one_for_a_user() {
    let session = real().session;
    assert!(session.exclusive);
    assert_eq!(session.clone, CloneMode::Context);
    assert!(session.carries.contains(&Carried::Cookies));
    assert!(session.heartbeat.is_some() && session.one_time_code.is_some());
    assert_eq!(session.pace, None);
}

#[test]
fn the_commit_request_is_absolute() {
    let portal = practice();
    let flow = two_wheeler(&portal);
    let submits: Vec<_> = flow
        .steps
        .iter()
        .filter_map(|step| match &step.action {
            StepAction::Submit(submit) => Some((submit.method.clone(), submit.url.0.clone())),
            _ => None,
        })
        .collect();
    assert_eq!(
        submits,
        [(
            "POST".to_owned(),
            "http://127.0.0.1:4600/Motor/SaveMotorIMD".to_owned()
        )]
    );
}

#[test]
fn kf13_karnataka_is_not_puducherry() {
    let states = &real().maps["states"];
    assert_eq!(states["Karnataka"], "17");
    assert_eq!(states["Puducherry"], "26");
    assert_eq!(states["Tamil Nadu"], "30");
    let mut codes: Vec<_> = states.values().collect();
    codes.sort();
    codes.dedup();
    assert_eq!(codes.len(), states.len(), "one code, one state");
}

#[test]
fn the_example_table_has_eight_good_rows_and_says_what_is_wrong_with_two() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/customers.csv");
    let mut table = csv::Reader::from_path(path).unwrap();
    let mut headers: Vec<String> = table.headers().unwrap().iter().map(str::to_owned).collect();
    assert_eq!(headers.remove(0), "captchaId");
    let portal = practice();
    let flow = two_wheeler(&portal);
    let today = jiff::civil::date(2026, 11, 24);
    let mut chassis: Vec<String> = Vec::new();
    let mut said = Vec::new();
    for row in table.records() {
        let mut cells: Vec<String> = row.unwrap().iter().map(str::to_owned).collect();
        let id = cells.remove(0);
        let record = flow.record.from_row(&headers, &cells).unwrap();
        if let Err(errors) = flow.record.check(&record, today) {
            said.extend(errors.into_iter().map(|error| format!("{id} {error}")));
            continue;
        }
        let number = record["chassisNumber"]
            .as_str()
            .unwrap_or_default()
            .to_owned();
        if chassis.contains(&number) {
            said.push(format!("{id} is a duplicate"));
            continue;
        }
        if number.starts_with("REFUSE") {
            said.push(format!("{id} will be refused by the portal"));
        }
        assert!(matches!(
            record["isRegistrationAddressSame"],
            Value::Bool(true)
        ));
        chassis.push(number);
    }
    insta::assert_snapshot!(said.join("\n"), @r#"
    demo-09 /mobile: is missing; expected 10 digits that start with 6, 7, 8 or 9
    demo-10 /state: is not a word of the code list `states`; its 37 words are "Andaman & Nicobar", "Andhra Pradesh", "Arunachal Pradesh", "Assam", "Bihar", "Chandigarh", "Chhattisgarh", "Dadra & Nagar Haveli" and so on
    demo-11 is a duplicate
    demo-12 will be refused by the portal
    "#);
    assert_eq!(chassis.len(), 9);
}
