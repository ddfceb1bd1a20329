//! The one-time code after the password.

use axum::Extension;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use rand::RngExt;

use super::login;
use crate::clock;
use crate::faults::Step;
use crate::html::{bare, fill};
use crate::http::Visit;
use crate::ledger::LoginOutcome;
use crate::world::{Shared, World};

const PAGE: &str = include_str!("../../assets/pages/otp.html");

/// Asks for the code. The ticket says whose login it continues.
pub(crate) fn demand(world: &World, visit: &Visit, name: &str) -> Response {
    let mut inner = world.lock();
    let ticket = format!("{:032x}", inner.rng.random::<u128>());
    inner.otp_due.insert(ticket.clone(), name.to_owned());
    drop(inner);
    let page = fill(PAGE, &[("ticket", &ticket)]);
    bare(world, visit, Step::Login, &page).into_response()
}

pub(crate) async fn submit(
    State(world): State<Shared>,
    Extension(visit): Extension<Visit>,
) -> Response {
    let due = world.lock().otp_due.remove(visit.form.get("ticket"));
    let Some(name) = due else {
        return login::form(&world, &visit, "OTP has expired. Please login again");
    };
    if world.take_code(&name, visit.form.get("OTP"), clock::now()) {
        login::accept(&world, &visit, &name)
    } else {
        login::refuse(&world, &visit, &name, LoginOutcome::WrongOtp)
    }
}
