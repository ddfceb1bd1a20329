//! `GET /webhooks`: who is told what becomes of jobs, and how that goes.

mod deliveries;
mod page;
mod wishes;

pub(super) use page::show;
