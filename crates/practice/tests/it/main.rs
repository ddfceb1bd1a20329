//! The practice portal over real HTTP.

#![expect(clippy::unwrap_used, reason = "the helpers of tests may panic")]

mod admin;
mod browserless;
mod captcha;
mod carrier;
mod chromium;
mod device;
mod faults;
mod life;
mod login;
mod one_time_code;
mod save;
mod schedule;
mod session;
mod storage;
