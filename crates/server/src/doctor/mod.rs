//! Is everything there? Each check says what it found and, if it is not right, what to do.

mod accounts;
mod alerts;
mod browsers;
mod check;
mod configuration;
mod data;
mod examine;
mod intake;
mod listening;
mod ocr;
mod program;
mod store;
mod tokens;
mod webhooks;

pub(crate) use check::{Check, Level};
pub(crate) use examine::examine;
