//! The practice portal: an imitation of the SmartZone motor portal with faults that can be
//! switched on. It is Formhand's demo, test bed and load target.
//!
//! It knows none of Formhand's other crates and binds the loopback address only. Every name,
//! number and document in it is invented.

mod admin;
mod captcha;
mod clock;
mod faults;
mod html;
mod http;
mod ledger;
mod master;
mod motor;
mod options;
mod pages;
mod pdf;
mod practice;
mod session;
mod totp;
mod wire;
mod world;

pub use faults::{Fault, FaultError, FaultName, Match, Phase, Step};
pub use ledger::{EndReason, Entry, Event, LoginOutcome, Payment, Save, SessionEnd};
pub use options::{LoginCarrier, OptionError, Options, User, UserState};
pub use practice::{Practice, StartError, start};
pub use session::SessionLife;
