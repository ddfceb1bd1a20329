//! The other side of the comparison: what a developer would write by hand for exactly these pages.
//!
//! Raw protocol calls, a context a job with the cookies of one login, one script a page or section that sets many
//! fields at once, waits that end with the change they wait for. It fills the same fields as Formhand. It has no
//! gate, no read-back, no store, and it trusts every page. Its browser is the headless shell as anyone starts it, so its
//! pages draw by themselves; Formhand's do not.

mod browser;
mod job;
mod scripts;
mod tab;

pub(crate) use browser::Hand;
