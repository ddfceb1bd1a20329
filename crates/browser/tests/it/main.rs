//! What this crate promises, tested with real browsers on pages served from here. No test touches the internet.

mod support;

mod actions;
mod contexts;
mod cookies;
mod death;
mod downloads;
mod drawing;
mod egress;
mod frames;
mod gate;
mod indexed_db;
mod lists;
mod presses;
mod profiles;
mod smoke;
mod snapshots;
mod storage;
mod waits;
