//! HTTP: the routes, and the gate that every request of the portal passes.

mod answer;
mod form;
mod gate;
mod router;
mod visit;

pub(crate) use answer::{SaveSeq, redirect, set_cookie};
pub(crate) use form::Form;
pub(crate) use router::router;
pub(crate) use visit::Visit;
