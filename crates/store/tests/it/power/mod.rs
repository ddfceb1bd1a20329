//! What was acknowledged survives a cut of power at any write.
//!
//! A helper process runs a workload on the real store while every call of it that changes a file, makes a file
//! durable, or tells somebody "done" is recorded in order (`trace`, `recorder`). Then the power is cut after each step
//! of that log: a model of a disk (`disk`) builds what may be left, the store is opened on it, and what is found is
//! held against what was acknowledged until then (`verdict`). The record is made of the system calls themselves, so
//! the file layer of SQLite, its locks and its shared memory are those of production.

mod caller;
mod cuts;
mod disk;
mod recorder;
mod rows;
mod step;
mod survives;
mod trace;
mod verdict;
mod workload;
