//! `formhand chaos`: servers that are killed, stopped and cut off while jobs flow, and the portal's ledger beside what the
//! jobs say of themselves.

mod blow;
mod command;
mod customers;
mod feed;
mod moment;
mod report;
mod server;
mod settle;
mod stage;
mod storm;
mod truth;

pub(super) use command::{ChaosArgs, run};
