//! When a session will end, learnt from the lives of those before it, and when to renew it ahead of that.
//!
//! The lives of past generations make a survival curve (Kaplan and Meier). Whether renewing ahead can help at all is
//! asked first: sessions that do not age are never renewed (`ageing`). For those that do, the age is taken at which
//! logins and met expiries together cost least (Barlow and Hunter). Nothing is assumed of the shape of the lives.

mod ageing;
mod life;
mod renewal;
mod survival;

pub use life::{Life, LifeEnd, lives_of};
pub use renewal::RenewalPolicy;
pub use survival::Survival;
