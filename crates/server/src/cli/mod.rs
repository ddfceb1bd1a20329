//! The command line. One command a file; [`main`] is the way in.
//!
//! Standard output is data, standard error is talk. Commands that concern a running server speak to it over HTTP
//! like any other client.

mod account;
mod alert;
mod api;
mod args;
mod audit;
mod board;
mod chaos;
mod client;
mod client_error;
mod completions;
mod config_cmd;
mod demo;
mod doctor_cmd;
mod doctor_portal;
mod error;
mod event_stream;
mod evidence;
mod exit;
mod intake;
mod job;
mod key;
mod logging;
mod main;
mod migrate;
mod node;
mod output;
mod portal;
mod practice;
mod question;
mod scratch;
mod secret;
mod serve;
mod session;
mod stop;
mod store;
mod token;
mod usage;
mod watch;
mod webhook;

pub use args::ENVIRONMENT;
pub use error::CliError;
pub use exit::Exit;
pub use main::main;

pub(crate) use output::Output;

use board::Board;
