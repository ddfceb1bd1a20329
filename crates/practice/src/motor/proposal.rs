//! What the portal keeps after a save.

use jiff::civil::Date;

use crate::http::Form;

/// Proposal numbers are `R` and eleven digits.
const FIRST_NUMBER: usize = 25_110_104_200;

/// One proposal, of ours or of a customer that stands in the list by itself.
#[derive(Clone, Debug)]
#[expect(
    clippy::struct_field_names,
    reason = "the portal calls it a proposal number"
)]
pub(crate) struct Proposal {
    pub(crate) proposal_no: String,
    pub(crate) quote_no: String,
    pub(crate) policy_id: String,
    pub(crate) chassis: String,
    pub(crate) engine: String,
    pub(crate) customer: String,
    pub(crate) premium: u64,
    pub(crate) is_invented: bool,
    pub(crate) link_sent: bool,
    pub(crate) kyc_done: bool,
}

impl Proposal {
    /// The next proposal; `position` is how many there are already.
    pub(crate) fn new(position: usize, today: Date, form: &Form, premium: u64) -> Self {
        let name = [
            form.get("txtFirstName"),
            form.get("txtMiddleName"),
            form.get("txtLastName"),
        ];
        let name: Vec<&str> = name.into_iter().filter(|part| !part.is_empty()).collect();
        Self {
            proposal_no: format!("R{:011}", FIRST_NUMBER + position * 7),
            quote_no: format!("QTW{}{:06}", today.strftime("%y%m%d"), position + 1),
            policy_id: (880_000 + position).to_string(),
            chassis: form.get("ChasisNumberVehicle").to_owned(),
            engine: form.get("EngineNumberVehicle").to_owned(),
            customer: name.join(" "),
            premium,
            is_invented: false,
            link_sent: false,
            kyc_done: false,
        }
    }

    pub(crate) fn status(&self) -> &'static str {
        match (self.link_sent, self.kyc_done) {
            (true, _) => "Payment link sent",
            (false, true) => "KYC done",
            (false, false) => "Proposal",
        }
    }
}

/// Proposals of other customers, plainly invented.
pub(crate) fn other_customers(count: u32, today: Date) -> Vec<Proposal> {
    const NAMES: [&str; 6] = ["Asha", "Bala", "Chitra", "Dev", "Esha", "Firoz"];
    let form = |index: usize| {
        let first = NAMES[index % NAMES.len()];
        Form::read(
            format!(
                "txtFirstName={first}&txtLastName=Invented&ChasisNumberVehicle=OTHERCHASSIS{index:05}\
                 &EngineNumberVehicle=OTHERENGINE{index:05}"
            )
            .as_bytes(),
        )
    };
    let invented = |index: usize| Proposal {
        is_invented: true,
        ..Proposal::new(index, today, &form(index), 4200)
    };
    (0..usize::try_from(count).unwrap_or(0))
        .map(invented)
        .collect()
}
