//! Has captcha pictures read: by OCR, by a command, by a service, or by a person.

mod clean;
mod command;
mod http;
mod human;
mod ocr;
mod picture;
mod solver;

pub(crate) use picture::Picture;
pub(crate) use solver::{SolveError, Solver, solver_of};
