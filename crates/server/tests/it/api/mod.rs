//! The HTTP API.

mod access;
mod accounts;
mod audit;
mod browser;
mod callers;
mod conformance;
mod description;
mod events;
mod evidence;
mod fuzz;
mod headers;
mod health;
mod intake;
mod jobs;
mod limits;
mod login;
mod machine;
mod many;
mod metrics;
mod planted;
mod privacy;
mod resolve;
mod roles;
mod served;
mod sessions;
mod submit;
mod support;
mod wishes;

pub(crate) use audit::acts;
pub(crate) use support::{Api, PORTAL, bearer, without_ids};
