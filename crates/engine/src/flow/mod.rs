//! Does the steps of a definition on a page. One file a step.

mod attend;
mod compare;
mod documents;
mod explain;
mod fields;
mod run;
mod search;
mod setup;
mod span;
mod step;
mod stop;
mod trace;
mod traced;
mod translate;
mod tries;
mod trouble;

pub(crate) use documents::Documents;
pub(crate) use run::Run;
pub(crate) use setup::RunSetup;
pub(crate) use stop::Stop;
pub(crate) use trace::{ReadBack, Trace, TracedStep};
pub(crate) use translate::{absence, absolute, condition, conditions, url_glob};
pub(crate) use trouble::{Trouble, holds_now, message_signals, messages};
