//! Invented customers.

use serde_json::{Value, json};

/// An invented customer, as a record of the two-wheeler flow. Different numbers are different customers.
pub struct Customer {
    record: Value,
}

/// The chassis number of an invented customer.
pub fn chassis(number: u32) -> String {
    format!("TESTCHASSIS{number:06}")
}

impl Customer {
    /// A customer whom the portal takes.
    pub fn number(number: u32) -> Self {
        let record = json!({
            "vendorCode": "HN001 - Practice Vertical",
            "proposerTitle": "Ms.",
            "firstName": "Asha",
            "lastName": "Example",
            "dob": "14-03-1991",
            "gender": "female",
            "fatherTitle": "Mr.",
            "fatherName": "Parent",
            "flatNo": "1A",
            "road": "Sample Street",
            "areaAndLocality": "Invented Nagar",
            "state": "Karnataka",
            "pinCode": "560034",
            "mobile": format!("90{number:08}"),
            "email": format!("asha.{number}@example.com"),
            "vehicleMake": "HONDA",
            "vehicleModel": "ACTIVA 6G",
            "vehicleVariant": "STD",
            "vehicleCC": "109.51",
            "rtoCityLocation": "KA-01 BENGALURU KORAMANGALA",
            "idv": 72200,
            "manufacturingYear": "2025",
            "manufacturingMonth": 1,
            "engineNumber": format!("TESTENGINE{number:06}"),
            "chassisNumber": chassis(number),
            "purchaseDate": "05-02-2025",
            "registrationDate": "09-02-2025",
            "discount": 60,
            "zeroDepreciation": false,
            "tppdRestrict": false,
            "helmetCover": false,
            "paCover": false,
            "ownerHasLicence": true,
            "hasFinancier": false,
            "isRegistrationAddressSame": true,
        });
        Self { record }
    }

    /// The same with another value in a field.
    #[must_use]
    pub fn with(mut self, field: &str, value: impl Into<Value>) -> Self {
        self.record[field] = value.into();
        self
    }

    /// The same without a field.
    #[must_use]
    pub fn without(mut self, field: &str) -> Self {
        if let Some(record) = self.record.as_object_mut() {
            record.shift_remove(field);
        }
        self
    }

    /// The same with a financier.
    #[must_use]
    pub fn with_financier(self) -> Self {
        self.with("hasFinancier", true)
            .with("financierType", "Hypothecated")
            .with("financierName", "PRACTICE BANK LTD")
            .with("financierAddress", "1 Sample Road Bengaluru")
    }

    /// The record.
    pub fn record(self) -> Value {
        self.record
    }
}
