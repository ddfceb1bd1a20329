//! Does the work: takes records in, keeps sessions alive, fills forms and files them at most once.
//!
//! `queue` decides what is worked on, `session` gets a logged-in clone, `flow` does the steps, `submit` files,
//! `housekeeping` removes what is old, `nodes` speaks of this server to the others, and `sight` shows what browsers show.
//! Job state moves only by events that the store applies; what is in memory here is a cache that a crash may take.

mod browsers;
mod captcha;
mod flow;
mod housekeeping;
mod intake;
mod mask;
mod nodes;
mod one_time_code;
mod portal_doctor;
mod questions;
mod queue;
mod right;
mod running;
mod session;
mod setup;
mod sight;
mod submit;
mod takeover;

pub use intake::{
    Accepted, Intake, IntakeError, IntakeWatch, NoSources, QUEUE_FIELDS, Retried, SourceDesk,
    SourceDeskError, SourceHere, SourceState, SourceStatus, Submission, WatchSetup,
};
pub use one_time_code::{TotpSecret, TotpSecretError};
pub use portal_doctor::{
    CloneChoice, ContextClone, Finding, Findings, IdleLife, PortalDoctor, PortalDoctorError,
    PortalDoctorSetup, ProfileClone, Recommendation, Restart, SecondLogin,
};
pub use running::{Engine, EngineError};
pub use setup::{
    AccountSetup, BrowserSetup, EngineSetup, Existing, GateSwitch, Keeping, NotAKey, OnSuccess,
    OneTimeCodeSetup, Retention, SealKey, SolverSetup, SourceKind, SourceSetup, TakeOverTiming,
    Timing, Wear, WriteBack,
};
pub use sight::{NoPicture, Sight};
pub use takeover::{Act, BadAct, Held, HowToEnd, TakeOverRefused, TakeOverState, TakeOvers};
