//! Accounts: who keeps their session, where it stands, their logins and the budget of these.

mod begin_login;
mod finish_login;
mod forgive;
mod keep;
mod report;
mod session;
mod share;
mod wish;

pub(super) use begin_login::begin_login;
pub(super) use finish_login::finish_login;
pub(super) use forgive::forgive;
pub(super) use keep::{keep, lease, release, renew};
pub(super) use report::report;
pub(super) use session::{all as sessions, find as session, key, save as save_session};
pub(super) use share::{share, shared};
pub(super) use wish::{open_wish, take_wish, wish};
