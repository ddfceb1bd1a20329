//! The one-time code after the password.

use axum::Extension;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use rand::RngExt;

use super::login;
use crate::faults::Step;
use crate::html::{bare, fill};
use crate::http::Visit;
use crate::ledger::{Event, LoginOutcome};
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
    let right = visit.form.get("OTP") == world.options.otp;
    let outcome = if right {
        LoginOutcome::Accepted
    } else {
        LoginOutcome::WrongOtp
    };
    match due {
        None => login::form(&world, &visit, "OTP has expired. Please login again"),
        Some(name) => {
            visit.log(
                &world,
                Event::Login {
                    name: name.clone(),
                    outcome,
                },
            );
            if right {
                login::accept(&world, &name)
            } else {
                login::form(&world, &visit, "Invalid OTP")
            }
        }
    }
}
