//! The pages, one a file.

pub(crate) mod assets;
pub(crate) mod captcha;
pub(crate) mod empty;
pub(crate) mod form60;
pub(crate) mod home;
pub(crate) mod kyc;
pub(crate) mod login;
pub(crate) mod otp;
pub(crate) mod payments;
pub(crate) mod product;
pub(crate) mod proposal;
pub(crate) mod search;
pub(crate) mod token;
