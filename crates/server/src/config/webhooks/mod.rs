//! `[[webhooks]]`: who is told what becomes of jobs. Its secrets never stand in the file.

mod config;
mod error;
mod section;
#[cfg(test)]
mod tests;

pub use config::{WebhookConfig, WebhooksConfig};
pub use error::{WebhookConfigError, WebhookLack};
pub(super) use section::WebhookSection;
