//! Starting a Chromium process that cannot outlive its owner, and being certain of its end.

mod census;
mod error;
mod flags;
mod group;
mod kind;
mod network;
mod owned;
mod prepare;
mod process;
mod profile;
mod spawn;
mod start;

pub use census::{RunningBrowser, running_browsers};
pub use error::LaunchError;
pub use kind::Kind;
pub use network::NETWORK_PROCESS;
pub(crate) use network::NetworkProcess;
pub use owned::{browser_processes, kill_browsers};
pub(crate) use process::{Ended, Process};
pub use profile::{Profile, clear_after_death};
pub use start::Launch;
