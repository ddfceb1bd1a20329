//! Webhooks, over real servers that take them, fail, hang, cut connections off and send elsewhere.

mod api;
mod crash;
mod database;
mod receiver;
mod retries;
mod scene;
mod servers;
mod telling;

pub(crate) use receiver::{Manner, Receiver};
pub(crate) use scene::webhook;
