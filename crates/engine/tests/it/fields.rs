//! Every field that the portal got is compared with the record.

use std::collections::BTreeMap;

use formhand_practice::Save;
use formhand_testkit::{Customer, World, chassis};
use serde_json::Value;

use crate::support::stands;
use formhand_domain::{Outcome, Status};

/// What the portal must have got of a record: its own field names and codes, written out by hand so that a mistake
/// in the definition cannot hide behind itself.
fn wanted(record: &Value, codes: &[(&'static str, &str)]) -> BTreeMap<&'static str, String> {
    let text = |name: &str| match &record[name] {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let same = [
        ("txtFirstName", "firstName"),
        ("txtMiddleName", "middleName"),
        ("txtLastName", "lastName"),
        ("DPDateOfBirth", "dob"),
        ("txtMobileNumber", "mobile"),
        ("txtEmailID", "email"),
        ("objAddressddlArea", "pinCode"),
        ("ObjPermanentAddressddlArea", "pinCode"),
        ("EngineNumberVehicle", "engineNumber"),
        ("ChasisNumberVehicle", "chassisNumber"),
        ("Date_PurchaseVehicle", "purchaseDate"),
        ("Date_RegistrationVehicle", "registrationDate"),
        ("Manufacturing_YearVehicle", "manufacturingYear"),
        ("Manufacturing_MonthVehicle", "manufacturingMonth"),
        ("VehicleDetails_CubicCapacity", "vehicleCC"),
        ("RTOCityLocation", "rtoCityLocation"),
        ("ModifiedIDV", "idv"),
        ("Detariff_Discount_Rate", "discount"),
    ];
    let mut wanted: BTreeMap<_, _> = same
        .into_iter()
        .map(|(field, name)| (field, text(name)))
        .collect();
    wanted.insert("objAddressAddress1", text("flatNo"));
    wanted.insert(
        "objAddressAddress3",
        format!("{} {}", text("road"), text("areaAndLocality")),
    );
    for (field, name) in [
        ("ChkBox24", "paCover"),
        ("ChkBox10", "zeroDepreciation"),
        ("ChkBox500", "helmetCover"),
        ("VehicleHypothicated", "hasFinancier"),
        ("IsRegistrationAddresssame", "isRegistrationAddressSame"),
    ] {
        // A box that is not ticked is not posted.
        wanted.insert(
            field,
            if record[name] == true {
                "on".to_owned()
            } else {
                String::new()
            },
        );
    }
    wanted.insert(
        "ddlTPPDLimit",
        if record["tppdRestrict"] == true {
            "6000"
        } else {
            "100000"
        }
        .to_owned(),
    );
    wanted.extend(
        codes
            .iter()
            .map(|(field, code)| (*field, (*code).to_owned())),
    );
    wanted
}

fn differences(save: &Save, wanted: &BTreeMap<&'static str, String>) -> Vec<String> {
    let got = |field: &str| save.fields.get(field).cloned().unwrap_or_default();
    let differs = |(field, value): (&&str, &String)| {
        (got(field) != *value).then(|| format!("{field}: {:?} is not {value:?}", got(field)))
    };
    wanted.iter().filter_map(differs).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn kf11_kf12_kf13_kf15_kf17_every_field_that_is_filed_is_the_records() {
    let plain = Customer::number(1).record();
    let financed = Customer::number(2)
        .with_financier()
        .with("financierType", "Lease Agreement")
        .with("financierName", "PRACTICE BANK LTD - TWO WHEELER LOANS")
        .with(
            "financierAddress",
            r#"12 "Main" St'; alert(1)//</script> {{ 1 }} \n ${x}"#,
        )
        .with("firstName", "D'Arcy O'Neil")
        .with("middleName", "K. L'")
        .with("dob", "05-04-1991")
        .with("state", "Tamil Nadu")
        .with("pinCode", "600017")
        .with("rtoCityLocation", "TN-09 CHENNAI K K NAGAR")
        .with("vehicleMake", "TVS")
        .with("vehicleModel", "NTORQ 125")
        .with("vehicleVariant", "DISC")
        .with("vehicleCC", "124.80")
        .with("idv", 90_000)
        .with("ownerHasLicence", false)
        .with("zeroDepreciation", true)
        .record();
    let nominee = Customer::number(3)
        .with("proposerTitle", "Mr.")
        .with("gender", "male")
        .with("firstName", "Ravi")
        .with("dob", "01-12-1999")
        .with("state", "Telangana")
        .with("pinCode", "500081")
        .with("flatNo", "#4/2-B*")
        .with("rtoCityLocation", "TS-09 HYDERABAD CENTRAL")
        .with("paCover", true)
        .with("nomineeName", "Meera O'Sample")
        .with("nomineeRelation", "Wife")
        .with("nomineeDob", "03-02-1996")
        .with("helmetCover", true)
        .with("tppdRestrict", true)
        .with("purchaseDate", "03-11-2025")
        .with("registrationDate", "11-12-2025")
        .with("manufacturingMonth", "October")
        .with("discount", -12.5)
        .record();
    let records = [plain, financed, nominee];
    let world = World::new().await;
    let jobs = world.file_all(records.clone()).await;

    let codes: [&[(&'static str, &str)]; 3] = [
        &[
            ("objAddressddlState", "17"),
            ("ObjPermanentAddressddlState", "17"),
            ("VehicleModelId", "7001"),
            ("RTOId", "KA-01"),
            ("HdnOnYesofDL", "true"),
            ("HdnProductCode", "2375"),
        ],
        &[
            ("objAddressddlState", "30"),
            ("VehicleModelId", "7028"),
            ("RTOId", "TN-09"),
            ("HdnOnYesofDL", "false"),
            ("FinancierType", "3"),
            ("AutoFinancierName", "PRACTICE BANK LTD - TWO WHEELER LOANS"),
            (
                "FinancierAddressVehicle",
                r#"12 "Main" St'; alert(1)//</script> {{ 1 }} \n ${x}"#,
            ),
        ],
        &[
            ("objAddressddlState", "40"),
            ("VehicleModelId", "7001"),
            ("RTOId", "TS-09"),
            ("txtPAOwnerCoverNomineeName", "Meera O'Sample"),
            ("Nominee_RelationshipOwnerDriver", "2"),
            ("Nominee_Date_Birth", "03-02-1996"),
            ("Manufacturing_MonthVehicle", "10"),
        ],
    ];
    for ((job, record), (codes, number)) in
        jobs.iter().zip(&records).zip(codes.into_iter().zip(1..))
    {
        let story = world.story(job.id).await;
        assert_eq!(
            (stands(job), job.attempts),
            ((Status::Completed, Outcome::Submitted), 1),
            "{story}"
        );
        let saves = world.practice.saves_of(&chassis(number));
        assert_eq!(saves.len(), 1);
        let differences = differences(&saves[0], &wanted(record, codes));
        assert!(
            differences.is_empty(),
            "customer {number}: {differences:#?}"
        );
    }
    world.end().await;
}
