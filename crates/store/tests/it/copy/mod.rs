//! Moving a store from SQLite to MongoDB.

mod filled;
mod interrupted;
mod kept_out;
mod place;
mod refused;
mod same;
mod whole;

pub(crate) use filled::fill;
