//! One side of the comparison: the real engine, with its store on disk and its workers.

mod engine;
mod marks;
mod trace;

pub(crate) use engine::Formhand;
pub(crate) use marks::Marks;
