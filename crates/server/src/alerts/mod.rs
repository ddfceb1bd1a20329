//! Alerts: what somebody has to know who does not look.
//!
//! `rules` say from `facts` what is the matter, `state` says who is told of it and when, `channels` tell it, and
//! `watch` drives them. Rules and state are pure. Nothing of a record, a label or a portal's words is ever part of an
//! alert: subjects are names of the configuration, texts are made of these, counts, times and job ids.

mod channels;
mod facts;
mod rules;
mod setup;
mod state;
mod watch;

pub use channels::{
    Channel, ChannelError, ChannelKind, ChannelSetup, MailSecurity, MailSetup, SendError,
    SigningKey, WrongKey,
};
pub use facts::{
    EndedJob, Facts, FreeSpace, OpenQuestion, RecoveryTry, SeenServer, SeenWebhook, SpentRecovery,
    UnknownOutcome, UnknownPhrase,
};
pub use rules::{
    AccountDown, AccountNeedsPerson, AuditBroken, DiskFull, Finding, JobSuccess, JobWaiting,
    Lasting, OutcomeUnknown, QuestionWaiting, RecoveriesFrequent, RecoveryExhausted,
    RecoverySuccess, RuleName, Rules, ServerSilent, Severity, Subject, UnknownRule, UnknownWords,
    WebhookFailing,
};
pub use setup::AlertSetup;
pub use state::{
    Alert, AlertTiming, Book, ChannelBook, Failing, Message, Outgoing, Said, Silence, Standing,
    Step, Watch,
};
pub use watch::{AlertDesk, NewSilence, Tried, Watcher};
