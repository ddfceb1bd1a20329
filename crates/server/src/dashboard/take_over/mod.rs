//! `/jobs/{id}/take-over`: the page of a job in a person's hands.

mod act;
mod hands;
mod show;

pub(super) use self::{act::act, show::show};
