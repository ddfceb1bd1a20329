//! The browsers that jobs work in.

mod ahead;
mod orphans;
mod own;
mod place;
mod slot;
mod worker;
mod workers;

use formhand_domain::{Failure, FailureCode};

use crate::flow::Stop;

pub(crate) use orphans::kill_orphans;
pub(crate) use place::{Order, Place};
pub(crate) use workers::Workers;

fn crashed(error: impl std::fmt::Display) -> Stop {
    Failure::new(FailureCode::BrowserCrashed, error.to_string()).into()
}
