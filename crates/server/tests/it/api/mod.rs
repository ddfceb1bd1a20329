//! The HTTP API.

mod access;
mod accounts;
mod events;
mod health;
mod intake;
mod jobs;
mod privacy;
mod resolve;
mod sessions;
mod submit;
mod support;
mod wishes;

pub(crate) use support::{PORTAL, without_ids};
