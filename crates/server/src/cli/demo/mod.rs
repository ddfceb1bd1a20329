//! `formhand demo`: practice portal and server in this process, records filed by real browsers, and the portal's own
//! ledger as the proof.

mod command;
mod customers;
mod definition;
mod ledger;
mod stage;
mod story;
pub(in crate::cli) mod submit;
mod table;

pub(super) use command::{DemoArgs, run};
pub(super) use definition::EMBEDDED as DEFINITIONS;
