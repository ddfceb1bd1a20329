//! The HTTP API. One endpoint a file; [`router()`] is the table of contents. Before all of them stand the limits of
//! [`serve`], and `guard`, which knows who asks and whether they may.
//!
//! Errors are `application/problem+json` with a stable `code`. Nothing of the inside, no record and no secret goes
//! into an answer of 500 and above or into a log.

mod account;
mod act_on_job;
mod address;
mod answer_question;
mod body;
mod cookie;
mod drain_node;
mod drop_quarantine;
mod events;
mod evidence_file;
mod forgery;
mod forgive_account;
mod guard;
mod headers;
mod health;
mod host;
mod job_status;
mod job_view;
mod list_accounts;
mod list_evidence;
mod list_jobs;
mod list_nodes;
mod list_quarantine;
mod list_questions;
mod list_sessions;
mod list_sources;
mod log;
mod login;
mod names;
mod need;
mod origin;
mod outcomes;
mod problem;
mod query;
mod question_picture;
mod recovery_history;
mod resolve_job;
mod retry_quarantine;
mod router;
mod routes;
mod serve;
mod session_page;
mod session_status;
mod session_view;
mod show_job;
mod show_session;
mod show_source;
mod source_view;
mod state;
mod stats;
mod submit_jobs;
mod submit_result;
mod uniform;
mod verify_job;
mod wish;
mod wish_session;

pub use job_view::{ErrorLog, JobView, StatusChange};
pub use need::Need;
pub use problem::Problem;
pub use router::{router, table};
pub use routes::Route;
pub use serve::{ServeLimits, serve};
pub use state::{ApiState, Readiness};

pub(crate) use drop_quarantine::DroppedView;
pub(crate) use list_evidence::{EvidenceView, FileView};
pub(crate) use list_nodes::{NodeView, Nodes};
pub(crate) use list_quarantine::{ProblemView, QuarantineView, QuarantinedView};
pub(crate) use list_sources::SourcesView;
pub(crate) use retry_quarantine::RetriedView;
pub(crate) use session_view::{SessionEntryView, SessionView};
pub(crate) use show_session::SessionWithHistory;
pub(crate) use source_view::{SourceView, TroubleView};
pub(crate) use wish_session::Wished;
