//! What the system knows of processes, and what follows from many numbers.

mod memory;
mod process;
mod statistics;

pub(crate) use memory::MemoryWatch;
pub(crate) use process::{Group, cpu_of, own_cpu_ms};
pub(crate) use statistics::{Spread, mean, median, spread};
