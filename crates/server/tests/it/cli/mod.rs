//! The binary, as a person runs it.

mod api;
mod audit;
mod chaos;
mod config;
mod demo;
mod doctor_portal;
mod files;
mod help;
mod intake;
mod many;
mod seal;
mod server;
mod session;
mod store;
mod support;
mod take_over;
mod token;
mod usage;

pub(crate) use server::Running;
pub(crate) use support::Place;
