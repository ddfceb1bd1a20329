//! A person has the page of a job that is worked on: asked for by [`TakeOvers`], given between two steps by [`Hands`].
//!
//! Whatever is clicked, nothing is filed here: the gate stays shut. What is typed is a secret, and written nowhere.

mod act;
mod desk;
mod hands;
mod hold;
mod patience;
mod refused;
mod room;
mod typed;
mod view;

pub use act::{Act, BadAct};
pub use desk::TakeOvers;
pub(crate) use hands::{Hands, HandsSetup};
pub(crate) use hold::{GivenUp, Handed};
pub(crate) use patience::Patience;
pub use refused::TakeOverRefused;
pub(crate) use typed::Typed;
pub use view::{Held, HowToEnd, TakeOverState};
