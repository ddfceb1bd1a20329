//! The configuration: read once, in `main`, into values. Defaults live in `default-config.toml`.

mod accounts;
mod browser;
mod error;
mod file;
mod load;
mod log;
mod portals;
mod text;
mod timing;

pub use accounts::{AccountConfig, PasswordError, PasswordSource};
pub use browser::BrowserConfig;
pub use error::ConfigError;
pub use load::{Config, DEFAULT_CONFIG};
pub use log::{LogConfig, LogFormat};
