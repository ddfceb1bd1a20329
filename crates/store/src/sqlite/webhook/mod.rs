//! Webhooks and their deliveries.

mod backend;
mod delivery;
mod endpoint;
mod list;
mod remove;

pub(super) use delivery::{COLUMNS, read as read_delivery};
pub(super) use endpoint::{ALL, read as read_webhook};
