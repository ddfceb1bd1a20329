//! What each kind of step does.

pub(super) mod branch;
pub(super) mod captcha;
pub(super) mod capture;
pub(super) mod dialog;
pub(super) mod download;
pub(super) mod goto;
pub(super) mod group;
pub(super) mod one_time_code;
pub(super) mod point;
pub(super) mod readback;
pub(super) mod set;
pub(super) mod submit;
pub(super) mod wait;
pub(super) mod within;
