//! The admin API under `/__practice`: for tests and demos, open to this machine only.

mod body;
pub(crate) mod captcha;
pub(crate) mod faults;
pub(crate) mod ledger;
pub(crate) mod session_life;
pub(crate) mod sessions;
