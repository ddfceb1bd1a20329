//! Webhooks: the business's systems are told what becomes of jobs.
//!
//! What is told follows from the audit, which is durable with each change, so a crash between a change and its message
//! loses nothing. `telling` makes messages of entries, and is pure but for the reading; `deliver` drives one server to make
//! them durable and to send them; `desk` is what people ask. A record or a label is never part of a message.

mod deliver;
mod desk;
mod kind;
mod setup;
mod telling;

pub use deliver::{Deliverer, SCHEDULE, Tried, TriedResult};
pub use desk::{Known, Replayed, WebhookDesk, WhichEvents};
pub use kind::{EventKind, UnknownEvent};
pub use setup::{LIMIT, WebhookSetup, WebhooksSetup};

pub(crate) use setup::place;
