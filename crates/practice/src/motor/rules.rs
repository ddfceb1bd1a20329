//! Rules that more than one call checks, with the portal's words.

use jiff::civil::Date;

use crate::http::Form;

/// `dd-MM-yyyy`, as the date pickers write it.
pub(crate) fn date(text: &str) -> Option<Date> {
    if text.len() != 10 {
        return None;
    }
    Date::strptime("%d-%m-%Y", text).ok()
}

/// Collects messages.
#[derive(Default)]
pub(crate) struct Messages(pub(crate) Vec<String>);

impl Messages {
    pub(crate) fn unless(&mut self, fine: bool, message: &str) {
        if !fine {
            self.0.push(message.to_owned());
        }
    }

    /// Required fields, each with its message.
    pub(crate) fn require(&mut self, form: &Form, fields: &[(&str, &str)]) {
        for (field, message) in fields {
            self.unless(form.has(field), message);
        }
    }

    /// Age and mobile number.
    pub(crate) fn person(&mut self, form: &Form, today: Date) {
        let age = date(form.get("DPDateOfBirth")).map(|born| years_between(born, today));
        self.unless(
            age.is_some_and(|age| (18..=70).contains(&age)),
            "Age should not be less than 18 years and greater than 70 years",
        );
        let mobile = form.get("txtMobileNumber");
        self.unless(
            mobile.starts_with(['6', '7', '8', '9']),
            "Mobile Number should starts with 6, 7, 8 or 9",
        );
        let digits = mobile.len() == 10 && mobile.bytes().all(|b| b.is_ascii_digit());
        self.unless(digits, "Please Enter valid Mobile Number");
    }

    /// Engine and chassis number.
    pub(crate) fn numbers(&mut self, form: &Form) {
        for (field, what) in [
            ("EngineNumberVehicle", "Engine"),
            ("ChasisNumberVehicle", "Chassis"),
        ] {
            let text = form.get(field);
            let fine =
                text.len() <= 25 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'*');
            self.unless(!text.is_empty(), &format!("Please Enter {what} Number"));
            self.unless(fine, &format!("Please Enter valid {what} Number"));
        }
    }
}

fn years_between(born: Date, today: Date) -> i16 {
    let had_birthday = (today.month(), today.day()) >= (born.month(), born.day());
    today.year() - born.year() - i16::from(!had_birthday)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_eighteen_on_the_birthday_and_not_before() {
        let born = date("01-07-2000").unwrap();
        assert_eq!(years_between(born, date("30-06-2018").unwrap()), 17);
        assert_eq!(years_between(born, date("01-07-2018").unwrap()), 18);
        assert_eq!(date("2000-07-01"), None);
        assert_eq!(date("31-02-2000"), None);
    }
}
