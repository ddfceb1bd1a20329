//! The portal's own sessions: a cookie names one, and it ends when the portal says so.

mod cookie;
mod end;
mod life;
mod live;
mod recognise;
mod sessions;
mod start;

pub(crate) use cookie::{DEVICE, SESSION, device_cookie, hash, session_cookie};
pub(crate) use end::end_in_time;
pub use life::SessionLife;
pub(crate) use sessions::Sessions;
