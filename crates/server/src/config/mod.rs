//! The configuration: read once, in `main`, into values. Defaults live in `default-config.toml`.

mod accounts;
mod browser;
mod error;
mod evidence;
mod file;
mod intake;
mod limits;
mod load;
mod log;
mod mongo_url;
mod one_time_code;
mod portals;
mod retention;
mod secret;
mod solver;
mod store;
mod text;
mod timing;
mod tokens;

pub use accounts::{AccountConfig, AccountError};
pub use browser::BrowserConfig;
pub use error::ConfigError;
pub(crate) use intake::overlap;
pub use intake::{IntakeConfig, IntakeKind};
pub use limits::LimitsConfig;
pub use load::{Config, DEFAULT_CONFIG};
pub use log::{LogConfig, LogFormat};
pub(crate) use mongo_url::holds_login;
pub use mongo_url::{UrlError, UrlSource};
pub use one_time_code::OneTimeCodeConfig;
pub use portals::PortalOverride;
pub use secret::{SecretError, SecretSource};
pub use solver::SolverConfig;
pub use store::{STORE_FILE, StoreConfig, StoreConfigError};
pub(crate) use tokens::{MOMENT_EXPECTED, NAME_EXPECTED, is_name, moment};
pub use tokens::{TokenConfig, TokenError, TokenPlace};
