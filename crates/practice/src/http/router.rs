//! The table of contents: every address of the portal and of its admin API.

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};

use super::gate::{Behind, Gate, gate};
use crate::world::Shared;
use crate::{admin, master, motor, pages};

/// The whole portal.
pub(crate) fn router(world: &Shared) -> Router {
    let open = Router::new()
        .route(
            "/__practice/faults",
            get(admin::faults::show)
                .put(admin::faults::replace)
                .post(admin::faults::add),
        )
        .route("/__practice/sessions/expire", post(admin::sessions::expire))
        .route(
            "/__practice/session-life",
            get(admin::session_life::show).put(admin::session_life::replace),
        )
        .route("/__practice/ledger", get(admin::ledger::show))
        .route("/__practice/release", post(admin::sessions::release))
        .route("/__practice/reset", post(admin::sessions::reset))
        .route("/__practice/captcha/{id}", get(admin::captcha::show))
        .route("/assets/{name}", get(pages::assets::show))
        .route("/favicon.ico", get(pages::assets::icon));
    let behind = |behind| {
        let world = world.clone();
        from_fn_with_state(Gate { world, behind }, gate)
    };
    pages_of_the_portal()
        .layer(behind(Behind::Pages))
        .merge(calls_of_the_portal().layer(behind(Behind::Calls)))
        .merge(open)
        .with_state(world.clone())
}

fn pages_of_the_portal() -> Router<Shared> {
    Router::new()
        .route("/", get(pages::login::root))
        .route(
            "/Login/IMDLogin",
            get(pages::login::show).post(pages::login::submit),
        )
        .route("/Login/VerifyOTP", post(pages::otp::submit))
        .route("/DefaultCaptcha/Generate", get(pages::captcha::show))
        .route("/Home/Home", get(pages::home::show))
        .route("/Home/Logout", get(pages::home::logout))
        // A call, but the one that a page makes before all others.
        .route(
            "/Home/CheckCurrentUserTokenActiveOrNot",
            post(pages::token::check),
        )
        .route("/Motor/PartialQuoteProducTypes", get(pages::product::show))
        .route("/Motor/Motor", get(pages::proposal::show))
        .route("/Motor/GenerateMotorSchedule", get(motor::schedule::show))
        .route("/Policy/Form60", get(pages::form60::show))
        .route("/Policy/ViewPolicySearch", get(pages::search::show))
        .route("/Payment/Payments", get(pages::payments::show))
        .route(
            "/Motor/MakeLivePaymentIMD",
            post(pages::payments::make_live),
        )
        .route("/Payment/TrackTransactionStatus", get(pages::empty::show))
        .route("/Payment/PaymentLinks", get(pages::payments::links))
        .route("/Kyc/Start", get(pages::kyc::show))
}

fn calls_of_the_portal() -> Router<Shared> {
    Router::new()
        .route("/Home/GetTopAlertspopup", get(pages::home::promo))
        .route("/Motor/MotorQuote", get(pages::product::quote))
        .route("/Policy/SaveForm60", post(pages::form60::submit))
        .route("/Policy/SaveClientDetails", post(motor::client::validate))
        .route(
            "/Motor/ValidateMobileAndEmail",
            post(motor::client::contact),
        )
        .route("/Motor/GetMakeModelsAuto", get(motor::suggest::makes))
        .route("/Motor/GetRTOStateandRegion", get(motor::suggest::rtos))
        .route("/Motor/FetchRTOStateandRegion", get(motor::suggest::rto))
        .route(
            "/Motor/GetFinancierNameAutoComplete",
            get(motor::suggest::financiers),
        )
        .route(
            "/Policy/ManufacturingMonthAndYear",
            get(motor::suggest::months),
        )
        .route("/Motor/FetchIDV", post(motor::coverage::fetch))
        .route("/Motor/CalculatePremium", post(motor::calculate::calculate))
        .route("/Motor/SaveMotorIMD", post(motor::save::save))
        .route("/Policy/GetPolicySearchDetails", post(pages::search::find))
        .route("/Payment/SendPaymentLink", post(pages::payments::send_link))
        .route("/Kyc/Upload", post(pages::kyc::upload))
        .route(
            "/Api/Master/GetStateDistCityArea",
            get(master::feeds::pincodes),
        )
        .route(
            "/Api/Master/GetProposerSalutation",
            get(master::feeds::salutations),
        )
        .route("/Api/Master/GetGender", get(master::feeds::genders))
        .route("/Api/Master/GetDistricts", get(master::feeds::districts))
}
