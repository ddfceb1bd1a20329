//! Webhooks and their deliveries. A document each; that of a delivery is named after its webhook and its id.

mod backend;
mod delivery;
mod endpoint;
mod list;
mod remove;

pub(super) use delivery::document as delivery_document;
pub(super) use endpoint::document as webhook_document;
