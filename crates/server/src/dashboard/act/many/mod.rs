//! `POST /jobs/many` asks whether that is meant, and `POST /jobs/many/{wish}` does it.

mod act;
mod ask;
mod chosen;
mod wish;

pub(in super::super) use self::{act::act, ask::ask};
