//! The HTTP API. One endpoint a file; [`router()`] is the table of contents. Before all of them stand the limits of
//! [`serve`], and `guard`, which knows who asks and whether they may.
//!
//! Errors are `application/problem+json` with a stable `code`. Nothing of the inside, no record and no secret goes
//! into an answer of 500 and above or into a log.

mod account;
mod act_on_job;
mod address;
mod answer_question;
mod audit_head;
mod body;
mod cookie;
mod drain_node;
mod drop_quarantine;
mod events;
mod evidence_file;
mod evidence_link;
mod finding;
mod forgery;
mod forgive_account;
mod guard;
mod headers;
mod health;
mod host;
mod job_sight;
mod job_status;
mod job_view;
mod link_view;
mod list_accounts;
mod list_alerts;
mod list_audit;
mod list_evidence;
mod list_jobs;
mod list_nodes;
mod list_quarantine;
mod list_questions;
mod list_sessions;
mod list_silences;
mod list_sources;
mod log;
mod login;
mod many;
mod measure;
mod names;
mod need;
mod openapi;
mod origin;
mod outcomes;
mod png;
mod problem;
mod query;
mod question_picture;
mod recovery_history;
mod repeated;
mod resolve_job;
mod retry_quarantine;
mod router;
mod routes;
mod serve;
mod session_detail;
mod session_page;
mod session_prediction;
mod session_status;
mod session_view;
mod show_browsers;
mod show_job;
mod show_metrics;
mod show_session;
mod show_source;
mod silence_alerts;
mod silence_view;
mod source_view;
mod state;
mod stats;
mod submit_jobs;
mod submit_result;
mod take_over;
mod test_alerts;
mod uniform;
mod unsilence_alerts;
mod verify_audit;
mod verify_job;
mod webhook;
mod wish;
mod wish_session;

pub use job_view::{ErrorLog, JobView, StatusChange};
pub use need::Need;
pub use openapi::document as api_document;
pub use problem::Problem;
pub use router::{router, table};
pub use routes::Route;
pub use serve::{ServeLimits, serve};
pub use state::{ApiState, Readiness};

pub(crate) use account::find as find_account;
pub(crate) use answer_question::answer as answer_question;
pub(crate) use audit_head::{HeadView, head as audit_head};
pub(crate) use drop_quarantine::DroppedView;
pub(crate) use guard::wants_page;
pub(crate) use job_view::{HISTORY_LIMIT, writer_name};
pub(crate) use link_view::LinkView;
pub(crate) use list_alerts::{AlertView, AlertsView, ChannelView, alerts};
pub(crate) use list_audit::LinksView;
pub(crate) use list_evidence::{EvidenceView, FileView, files as evidence_files};
pub(crate) use list_jobs::{
    FILTERS as JOB_FILTERS, cursor as job_cursor, filter as job_filter,
    parameters as job_parameters,
};
pub(crate) use list_nodes::{NodeView, Nodes, nodes};
pub(crate) use list_quarantine::{ProblemView, QuarantineView, QuarantinedView};
pub(crate) use list_sessions::sessions;
pub(crate) use list_sources::{SourcesView, sources};
pub(crate) use many::{
    MOST as MOST_JOBS, Report as ManyReport, ResultOfJob, filter_object as job_filter_object,
};
pub(crate) use names::{RawPath, job_id, text as path_text};
pub(crate) use openapi::Time;
pub(crate) use problem::MEDIA_TYPE as PROBLEM_TYPE;
pub(crate) use query::Query;
pub(crate) use retry_quarantine::RetriedView;
pub(crate) use routes::Routes;
pub(crate) use session_page::{newest as newest_session_events, read as session_page};
pub(crate) use session_view::{SessionEntryView, SessionView, view as session_view};
pub(crate) use show_browsers::{BrowsersView, KindView, browsers};
pub(crate) use show_job::find as find_job;
pub(crate) use show_session::SessionWithHistory;
pub(crate) use silence_view::SilenceView;
pub(crate) use source_view::{SourceView, TroubleView};
pub(crate) use take_over::{Stands, TakeOverView};
pub(crate) use test_alerts::TriedView;
pub(crate) use verify_audit::begin as begin_proof;
pub(crate) use webhook::{
    DeliveriesView, DeliveryView, ReplayedView, TestedWebhook, WebhookView, WebhooksView,
    deliveries, webhooks,
};
pub(crate) use wish_session::Wished;

/// What a person may want of alerts.
pub(crate) mod alert_wishes {
    pub(crate) use super::{
        silence_alerts::silence, test_alerts::test, unsilence_alerts::unsilence,
    };
}

/// What a person may want of a job.
pub(crate) mod job_wishes {
    pub(crate) use super::{
        act_on_job::{cancel, hold, release, retry},
        resolve_job::resolve,
        verify_job::verify,
    };
}

/// What a person may want of many jobs.
pub(crate) mod many_wishes {
    pub(crate) use super::many::{cancel, hold, release, retry};
}

/// What a person may want of a page.
pub(crate) mod page_wishes {
    pub(crate) use super::take_over::{act, ask, end, view};
}

/// What a person may want of a server.
pub(crate) mod node_wishes {
    pub(crate) use super::drain_node::{drain, resume};
}

/// What a person may want of a webhook.
pub(crate) mod webhook_wishes {
    pub(crate) use super::webhook::{enable, replay, replay_many, test};
}

/// What a person may want of a session.
pub(crate) mod session_wishes {
    pub(crate) use super::{
        forgive_account::forgive,
        wish_session::{login, logout, recover},
    };
}
