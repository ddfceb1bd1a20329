//! Collections of the business, in its own database.

mod connect;
mod error;
mod feed;
mod follow;
mod here;
mod present;
mod read;
mod scan;
mod tell;

pub(super) use connect::connect;
