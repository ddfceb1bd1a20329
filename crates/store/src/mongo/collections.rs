//! The collections, by name in one place.

use mongodb::{Client, Collection, Database, bson::Document};

use crate::seal::Seal;

/// The database and its collections.
#[derive(Clone)]
pub(super) struct Collections {
    pub(super) client: Client,
    pub(super) database: Database,
    /// A document a job.
    pub(super) jobs: Collection<Document>,
    /// A document an entry, under its number.
    pub(super) audit: Collection<Document>,
    /// The newest claim of each account.
    pub(super) claims: Collection<Document>,
    /// Session, keeper, logins and wish of each account.
    pub(super) accounts: Collection<Document>,
    /// What is shared of each account's session.
    pub(super) copies: Collection<Document>,
    /// A document an event, under its number.
    pub(super) session_events: Collection<Document>,
    /// A document a question.
    pub(super) questions: Collection<Document>,
    /// A document a server.
    pub(super) nodes: Collection<Document>,
    /// A document a source of records.
    pub(super) sources: Collection<Document>,
    /// A document each of a source that could not be taken.
    pub(super) quarantine: Collection<Document>,
    /// The keys of documents whose jobs are removed.
    pub(super) taken: Collection<Document>,
    /// How many jobs there are: one document.
    pub(super) counts: Collection<Document>,
    /// A document an hour: how jobs ended.
    pub(super) outcomes: Collection<Document>,
    /// A document a removed job, until it is taken off the counts.
    pub(super) removals: Collection<Document>,
    /// A document a slate.
    pub(super) slates: Collection<Document>,
    /// A document a webhook.
    pub(super) webhooks: Collection<Document>,
    /// A document a message of a webhook.
    pub(super) deliveries: Collection<Document>,
    /// Which schema this is.
    pub(super) meta: Collection<Document>,
    /// What values are sealed and opened with.
    pub(super) seal: Seal,
}

/// The names of all of them.
pub(super) const NAMES: [&str; 18] = [
    "jobs",
    "audit",
    "claims",
    "accounts",
    "copies",
    "session_events",
    "questions",
    "nodes",
    "sources",
    "quarantine",
    "taken",
    "counts",
    "outcomes",
    "removals",
    "slates",
    "webhooks",
    "deliveries",
    "meta",
];

impl Collections {
    pub(super) fn of(client: Client, database: Database) -> Self {
        let collection = |name| database.collection(name);
        Self {
            jobs: collection("jobs"),
            audit: collection("audit"),
            claims: collection("claims"),
            accounts: collection("accounts"),
            copies: collection("copies"),
            session_events: collection("session_events"),
            questions: collection("questions"),
            nodes: collection("nodes"),
            sources: collection("sources"),
            quarantine: collection("quarantine"),
            taken: collection("taken"),
            counts: collection("counts"),
            outcomes: collection("outcomes"),
            removals: collection("removals"),
            slates: collection("slates"),
            webhooks: collection("webhooks"),
            deliveries: collection("deliveries"),
            meta: collection("meta"),
            seal: Seal::plain(),
            client,
            database,
        }
    }
}
