//! The configuration: read once, in `main`, into values. Defaults live in `default-config.toml`.

mod accounts;
mod browser;
mod error;
mod file;
mod load;
mod log;
mod one_time_code;
mod portals;
mod retention;
mod secret;
mod solver;
mod text;
mod timing;

pub use accounts::{AccountConfig, AccountError};
pub use browser::BrowserConfig;
pub use error::ConfigError;
pub use load::{Config, DEFAULT_CONFIG};
pub use log::{LogConfig, LogFormat};
pub use one_time_code::OneTimeCodeConfig;
pub use portals::PortalOverride;
pub use secret::{SecretError, SecretSource};
pub use solver::SolverConfig;
