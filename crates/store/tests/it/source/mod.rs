//! Collections of the business that records are taken from.

mod follow;
mod quarantine;
mod right;
mod scan;
mod support;
mod take;
mod tell;
