//! The server and the command line: configuration, HTTP API, dashboard, alerts, metrics, doctor, demo, and the
//! wiring of all parts.
//!
//! Nothing here writes job state: the API hands records to the engine's intake and a person's wishes to the store,
//! which refuses what the domain forbids. Configuration is read once, in [`cli::main`], into values.

pub mod access;
pub mod alerts;
pub mod audit;
pub mod cli;
pub mod config;
mod dashboard;
mod doctor;
pub mod http;
pub mod metrics;
pub mod post;
pub mod records;
pub mod serving;
mod telemetry;
pub mod webhooks;
