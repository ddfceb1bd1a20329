//! Measures a portal before it is used, and says which `session:` settings suit it.
//!
//! `doctor` decides the order, `lab` has the browsers and the login, one file each has one measurement, `recommend` makes
//! settings of what was found. Every login is counted by the store's budget. Nothing is filed.

mod context_clone;
mod doctor;
mod error;
mod findings;
mod idle;
mod lab;
mod profile_clone;
mod recommend;
mod second_login;
mod words;

pub use doctor::{PortalDoctor, PortalDoctorSetup};
pub use error::PortalDoctorError;
pub use findings::{ContextClone, Findings, IdleLife, ProfileClone, Restart, SecondLogin};
pub use recommend::{CloneChoice, Recommendation};
pub use words::Finding;
