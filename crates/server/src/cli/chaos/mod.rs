//! `formhand chaos`: servers that are killed, stopped and cut off while jobs flow, and the portal's ledger beside what the
//! jobs say of themselves.

mod attempts;
mod audit;
mod base;
mod blow;
mod command;
mod course;
mod customers;
mod definition;
mod feed;
mod full_disk;
mod healing;
mod moment;
mod processes;
mod proof;
mod repeat;
mod report;
mod server;
mod settle;
mod stage;
mod storm;
mod truth;
mod window;

pub(super) use command::{ChaosArgs, run};
