//! How well it goes, measured.

mod availability;
mod bars;
mod figures;
mod machine;
mod outcomes;
mod page;
mod plot;

pub(super) use self::page::show;
