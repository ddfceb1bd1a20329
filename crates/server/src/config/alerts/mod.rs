//! `[alerts]`: what is watched, and who is told.

mod channels;
mod mail;
mod rules;
mod section;
#[cfg(test)]
mod tests;

pub use channels::{AlertChannelConfig, AlertChannelError};
pub use section::AlertsConfig;
pub(super) use section::AlertsSection;
