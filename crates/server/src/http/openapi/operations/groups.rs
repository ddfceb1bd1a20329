//! The groups, in the order in which they are read.

use super::{
    super::operation::Operation, accounts, alerts, audit, description, events, evidence, intake,
    jobs, many, probes, questions, servers, sessions, take_over, webhooks, wishes,
};

/// Operations that belong together.
pub(in crate::http::openapi) struct Group {
    pub(in crate::http::openapi) name: &'static str,
    pub(in crate::http::openapi) text: &'static str,
    pub(in crate::http::openapi) operations: fn() -> Vec<Operation>,
}

/// All groups, in the order in which they are read.
pub(in crate::http::openapi) const GROUPS: [Group; 16] = [
    Group {
        name: "Jobs",
        text: "Records that are handed in, and where they stand.",
        operations: jobs::operations,
    },
    Group {
        name: "Decisions on jobs",
        text: "What a person may want of a job. The job decides whether it takes it as it is.",
        operations: wishes::operations,
    },
    Group {
        name: "Decisions on many jobs",
        text: "The same for many jobs in one request.",
        operations: many::operations,
    },
    Group {
        name: "Take-over",
        text: "A person acts in the page of a job that is worked on, between two of its steps.",
        operations: take_over::operations,
    },
    Group {
        name: "Evidence",
        text: "What is kept of the attempts of a job.",
        operations: evidence::operations,
    },
    Group {
        name: "Events",
        text: "What happens, as it happens.",
        operations: events::operations,
    },
    Group {
        name: "Questions",
        text: "What only a person can answer: captchas and one-time codes.",
        operations: questions::operations,
    },
    Group {
        name: "Sessions",
        text: "The portals' sessions, and how they are brought back.",
        operations: sessions::operations,
    },
    Group {
        name: "Accounts",
        text: "The portals' accounts.",
        operations: accounts::operations,
    },
    Group {
        name: "Intake",
        text: "Collections of your own that records are taken from.",
        operations: intake::operations,
    },
    Group {
        name: "Alerts",
        text: "What is the matter, and who is told of it.",
        operations: alerts::operations,
    },
    Group {
        name: "Webhooks",
        text: "Who is told what becomes of jobs, and how that goes.",
        operations: webhooks::operations,
    },
    Group {
        name: "Audit",
        text: "Whether what is known of the past is what happened.",
        operations: audit::operations,
    },
    Group {
        name: "Servers",
        text: "The servers that work on one store.",
        operations: servers::operations,
    },
    Group {
        name: "Probes",
        text: "Whether the server is well, for machines.",
        operations: probes::operations,
    },
    Group {
        name: "Description",
        text: "This description.",
        operations: description::operations,
    },
];
