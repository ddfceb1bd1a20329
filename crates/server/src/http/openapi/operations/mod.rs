//! What is said of each route, a file for each group.

mod accounts;
mod alerts;
mod audit;
mod common;
mod description;
mod events;
mod evidence;
mod groups;
mod intake;
mod jobs;
mod many;
mod probes;
mod questions;
mod servers;
mod sessions;
mod take_over;
mod webhooks;
mod wishes;

use common::{account, example, job, limit, portal};

pub(super) use groups::{GROUPS, Group};
