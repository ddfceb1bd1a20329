//! The practice portal over real HTTP.

#![expect(clippy::unwrap_used, reason = "the helpers of tests may panic")]

mod admin;
mod browserless;
mod captcha;
mod faults;
mod login;
mod save;
mod session;
