//! Stores whose records are sealed: what can be seen of them without the key, and how they are sealed.

mod keys;
mod moved;
mod shown;
mod support;
mod whole;
mod words;
