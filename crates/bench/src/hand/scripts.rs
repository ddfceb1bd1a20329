//! The scripts, one for each page or section.

/// A script and its name.
pub(super) struct Script {
    pub(super) name: &'static str,
    body: &'static str,
}

macro_rules! scripts {
    ($($constant:ident = $file:literal,)+) => {
        $(pub(super) const $constant: Script = Script {
            name: $file,
            body: include_str!(concat!("script/", $file)),
        };)+
    };
}

scripts! {
    LOGIN = "login.js",
    LOG_IN = "log-in.js",
    LOGGED_IN = "logged-in.js",
    HOME = "home.js",
    PRODUCT = "product.js",
    PROPOSAL = "proposal.js",
    CUSTOMER = "customer.js",
    VEHICLE = "vehicle.js",
    COVERAGE = "coverage.js",
    SAVE = "save.js",
}

const COMMON: &str = include_str!("script/common.js");

impl Script {
    /// The script as an expression that gives a promise.
    pub(super) fn expression(&self, given: &serde_json::Value) -> String {
        format!(
            "(async (given) => {{\n{COMMON}\n{}\n}})({given})",
            self.body
        )
    }
}
