//! Accounts: their logins, the budget of these, and their session.

mod begin_login;
mod finish_login;
mod forgive;
mod session;
mod wish;

pub(super) use begin_login::begin_login;
pub(super) use finish_login::finish_login;
pub(super) use forgive::forgive;
pub(super) use session::{all as sessions, find as session, save as save_session};
pub(super) use wish::{open_wish, take_wish, wish};
