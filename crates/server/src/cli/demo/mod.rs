//! `formhand demo`: practice portal and server in this process, records filed by real browsers, and the portal's own
//! ledger as the proof.

mod command;
mod customers;
mod definition;
mod ledger;
mod stage;
mod story;
mod submit;
mod table;

pub(super) use command::{DemoArgs, run};
