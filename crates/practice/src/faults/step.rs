//! The places of the portal that a fault can name.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A step of the broker's work, each with the requests that belong to it.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// The login page and its post.
    Login,
    /// The page after the login.
    Dashboard,
    /// The product page.
    Product,
    /// The quick quote that the product page loads.
    Quote,
    /// The main proposal page.
    Form,
    /// The Form 60 frame.
    Form60,
    /// The frame's own post.
    Form60Submit,
    /// Validate Customer.
    Customer,
    /// Suggestions for make and model.
    MakeModel,
    /// Suggestions for the registration office.
    Rto,
    /// Suggestions for the pin code.
    Pincode,
    /// Suggestions for the financier.
    Financier,
    /// Get Coverage Details.
    Coverage,
    /// Calculate Premium.
    Calculate,
    /// The point of no return.
    Save,
    /// The search page.
    SearchPage,
    /// The search itself.
    Search,
    /// Pending quotes.
    Payments,
    /// The payment link.
    PaymentLink,
    /// The document upload.
    Kyc,
    /// The schedule of a saved proposal.
    Schedule,
}

impl Step {
    /// The path of the step's request.
    pub fn path(self) -> &'static str {
        match self {
            Self::Login => "/Login/IMDLogin",
            Self::Dashboard => "/Home/Home",
            Self::Product => "/Motor/PartialQuoteProducTypes",
            Self::Quote => "/Motor/MotorQuote",
            Self::Form => "/Motor/Motor",
            Self::Form60 => "/Policy/Form60",
            Self::Form60Submit => "/Policy/SaveForm60",
            Self::Customer => "/Policy/SaveClientDetails",
            Self::MakeModel => "/Motor/GetMakeModelsAuto",
            Self::Rto => "/Motor/GetRTOStateandRegion",
            Self::Pincode => "/Api/Master/GetStateDistCityArea",
            Self::Financier => "/Motor/GetFinancierNameAutoComplete",
            Self::Coverage => "/Motor/FetchIDV",
            Self::Calculate => "/Motor/CalculatePremium",
            Self::Save => "/Motor/SaveMotorIMD",
            Self::SearchPage => "/Policy/ViewPolicySearch",
            Self::Search => "/Policy/GetPolicySearchDetails",
            Self::Payments => "/Payment/Payments",
            Self::PaymentLink => "/Payment/SendPaymentLink",
            Self::Kyc => "/Kyc/Upload",
            Self::Schedule => "/Motor/GenerateMotorSchedule",
        }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The derived `Serialize` is the one owner of the wire names.
        self.serialize(f)
    }
}
