//! Who may do what: roles, tokens, the sessions of people at a browser, and how often somebody may ask.
//!
//! It knows neither HTTP nor files. Time and randomness are passed in, so that each rule is tested by itself.

mod attempts;
mod caller;
mod crowd;
mod place;
mod rates;
mod role;
mod rules;
mod sessions;
mod token;
mod tokens;

pub use attempts::Attempts;
pub use caller::{Caller, Via};
pub use crowd::{Crowd, Visit};
pub use place::Place;
pub use rates::{Pace, Rates};
pub use role::Role;
pub use rules::{Access, AccessSetup, RateLimits};
pub use sessions::{Opened, Sessions};
pub use token::{MIN_TOKEN_LENGTH, NotAHash, Token, TokenHash, is_strong, new_token};
pub use tokens::{Refusal, Tokens};
