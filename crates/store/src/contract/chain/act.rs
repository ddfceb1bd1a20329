//! What was done that is no change of a job.

use formhand_domain::{AccountKey, JobId, NodeId, QuestionId, SourceName, WebhookName, Writer};
use jiff::Timestamp;

use super::Numbers;
use crate::SessionWish;

/// Something that a person did, or the store itself, and that is no change of a job. Only names, never values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub writer: Writer,
    /// What.
    pub deed: Deed,
}

impl Act {
    /// What a person does.
    pub fn of_person(name: impl Into<String>, deed: Deed, at: Timestamp) -> Self {
        let writer = Writer::Person { name: name.into() };
        Self { at, writer, deed }
    }
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// The chain begins. What is before it was there already and was bound as it was found.
    BeginChain {
        /// How many entries that were.
        entries: u64,
    },
    /// A job is removed because it is old, and with it what these entries say.
    RemoveJob {
        /// The job.
        job: JobId,
        /// The entries.
        entries: Numbers,
    },
    /// Refusals of an account's credentials are forgotten.
    Forgive(AccountKey),
    /// Something is wanted of an account's session.
    WishSession(AccountKey, SessionWish),
    /// A question is answered.
    Answer(QuestionId),
    /// A server is to take no more work.
    Drain(NodeId),
    /// A server is to work again.
    Resume(NodeId),
    /// Alerts are not told for a while.
    Silence {
        /// Of what, as `rule about subject`.
        what: String,
        /// Until when.
        until: Timestamp,
    },
    /// A silence ends.
    Unsilence(String),
    /// Documents that could not be taken are looked at once more.
    RetryQuarantine(SourceName),
    /// Documents that could not be taken are forgotten.
    DropQuarantine(SourceName),
    /// A webhook that has switched itself off is told again.
    EnableWebhook(WebhookName),
    /// A webhook is told once more.
    Replay {
        /// The webhook.
        webhook: WebhookName,
        /// What it is told: a message, what happened to a job, or all since a moment.
        what: String,
    },
}

/// A deed as it is stored and hashed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DeedParts {
    pub(crate) name: &'static str,
    /// Of what; empty if there is no such thing.
    pub(crate) of: String,
    pub(crate) detail: Option<String>,
}

impl Deed {
    /// Its name.
    pub fn name(&self) -> &'static str {
        match self {
            Self::BeginChain { .. } => "begin_chain",
            Self::RemoveJob { .. } => "remove_job",
            Self::Forgive(_) => "forgive",
            Self::WishSession(_, SessionWish::Recover) => "recover_session",
            Self::WishSession(_, SessionWish::LogIn) => "log_in_session",
            Self::WishSession(_, SessionWish::LogOut) => "log_out_session",
            Self::Answer(_) => "answer",
            Self::Drain(_) => "drain",
            Self::Resume(_) => "resume",
            Self::Silence { .. } => "silence",
            Self::Unsilence(_) => "unsilence",
            Self::RetryQuarantine(_) => "retry_quarantine",
            Self::DropQuarantine(_) => "drop_quarantine",
            Self::EnableWebhook(_) => "enable_webhook",
            Self::Replay { .. } => "replay_webhook",
        }
    }

    /// What it is about, in words; empty for the chain itself.
    pub fn about(&self) -> String {
        self.parts().of
    }

    /// What else there is to say.
    pub fn detail(&self) -> Option<String> {
        self.parts().detail
    }

    pub(crate) fn parts(&self) -> DeedParts {
        let (of, detail) = match self {
            Self::BeginChain { entries } => (String::new(), Some(entries.to_string())),
            Self::RemoveJob { job, entries } => (job.to_string(), Some(entries.to_string())),
            Self::Forgive(account) | Self::WishSession(account, _) => (account.to_string(), None),
            Self::Answer(question) => (question.to_string(), None),
            Self::Drain(node) | Self::Resume(node) => (node.to_string(), None),
            Self::Silence { what, until } => (what.clone(), Some(until.to_string())),
            Self::Unsilence(silence) => (silence.clone(), None),
            Self::RetryQuarantine(source) | Self::DropQuarantine(source) => {
                (source.to_string(), None)
            }
            Self::EnableWebhook(webhook) => (webhook.to_string(), None),
            Self::Replay { webhook, what } => (webhook.to_string(), Some(what.clone())),
        };
        let name = self.name();
        DeedParts { name, of, detail }
    }

    /// Reads what was stored; nothing if it is no such thing.
    pub(crate) fn read(name: &str, of: &str, detail: Option<&str>) -> Option<Self> {
        let wish = |wish| Some(Self::WishSession(account(of)?, wish));
        let deed = match name {
            "begin_chain" => Self::BeginChain {
                entries: detail?.parse().ok()?,
            },
            "remove_job" => Self::RemoveJob {
                job: of.parse().ok()?,
                entries: Numbers::read(detail?)?,
            },
            "forgive" => Self::Forgive(account(of)?),
            "recover_session" => wish(SessionWish::Recover)?,
            "log_in_session" => wish(SessionWish::LogIn)?,
            "log_out_session" => wish(SessionWish::LogOut)?,
            "answer" => Self::Answer(QuestionId::new(of).ok()?),
            "drain" => Self::Drain(NodeId::new(of).ok()?),
            "resume" => Self::Resume(NodeId::new(of).ok()?),
            "silence" => Self::Silence {
                what: of.to_owned(),
                until: detail?.parse().ok()?,
            },
            "unsilence" => Self::Unsilence(of.to_owned()),
            "retry_quarantine" => Self::RetryQuarantine(SourceName::new(of).ok()?),
            "drop_quarantine" => Self::DropQuarantine(SourceName::new(of).ok()?),
            "enable_webhook" => Self::EnableWebhook(WebhookName::new(of).ok()?),
            "replay_webhook" => Self::Replay {
                webhook: WebhookName::new(of).ok()?,
                what: detail?.to_owned(),
            },
            _ => return None,
        };
        // What is read must be what is hashed: nothing that was stored may be lost on the way.
        let parts = deed.parts();
        (parts.of == of && parts.detail.as_deref() == detail).then_some(deed)
    }
}

fn account(text: &str) -> Option<AccountKey> {
    let (portal, account) = text.split_once('/')?;
    Some(AccountKey {
        portal: formhand_domain::PortalName::new(portal).ok()?,
        account: formhand_domain::AccountName::new(account).ok()?,
    })
}
