//! What Prometheus reads: counts that follow the audit, and figures that are read when somebody asks.
//!
//! Every family is described in `docs/METRICS.md`. A label is never a value of a record, an id, or a portal's words.

mod browsers;
mod counters;
mod expose;
mod follower;
mod labels;
mod newest;
mod reading;
#[cfg(test)]
mod tests;
mod text;
mod watch;

pub use watch::{Metrics, Places};

pub(crate) use browsers::Browsers;
pub(crate) use counters::method_name;
pub(crate) use reading::Asked;
pub(crate) use text::Format;
