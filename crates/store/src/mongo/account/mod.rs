//! Accounts: who keeps the session, where it stands, the logins and their budget. All of one account is one document,
//! so that a write can compare the keeper's token where it writes. Only what clones are made of is kept apart: it is
//! large.

mod edit;
mod forgive;
mod keep;
mod login;
mod report;
mod session;
mod share;
mod wish;

pub(super) use forgive::forgive;
pub(super) use keep::{keep, lease, release, renew};
pub(super) use login::{begin as begin_login, finish as finish_login};
pub(super) use report::report;
pub(super) use session::{
    all as sessions, fields as session_fields, find as session, key, save as save_session,
};
pub(super) use share::{share, shared};
pub(super) use wish::{open_wish, take_wish, wish};
