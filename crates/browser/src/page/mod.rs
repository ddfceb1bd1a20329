//! A page: a tab or a pop-up, with its frames, its dialogs and its end.

mod close;
mod crash;
mod dialog;
mod error;
mod frames;
mod goto;
mod handle;
mod screenshot;
mod setup;
mod shared;
mod snapshot;
mod state;

pub use crash::Crash;
pub use dialog::{DialogAnswer, DialogKind, DialogPolicy, DialogRule, DialogSeen};
pub use error::PageError;
pub(crate) use frames::Drawing;
pub use goto::Navigated;
pub use handle::Page;
pub use screenshot::{Rect, Screenshot};
pub(crate) use setup::{set_up_frame, set_up_page};
pub(crate) use shared::PageShared;
pub use snapshot::Snapshot;
pub(crate) use state::PageState;
