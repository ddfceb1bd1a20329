//! The only part of Formhand that knows Chromium.
//!
//! It launches browsers that cannot outlive their owner, opens isolated contexts in them, acts on pages the way a
//! person would (waiting until each element can be acted on), and holds every request that could file a form at a
//! gate until the caller lets it pass. It must not know jobs, portals or stores, and it decides nothing about them.

pub mod cdp;

/// The target of spans that are made for traces. They belong into no log: a log has its own lines.
pub const TRACE: &str = "formhand_trace";

mod action;
mod browser;
mod context;
mod deadline;
mod download;
mod egress;
mod frame;
mod gate;
mod journal;
mod launch;
mod page;
mod profile;
mod sensitive;
mod text;

pub use action::{
    ActError, ActErrorKind, Action, ActionKind, CallLog, Done, Locator, OptionBy, Point, Target,
    TextMatch, Typing,
};
pub use browser::{Browser, BrowserError, Gone};
pub use cdp::Traffic;
pub use context::{
    Context, ContextOptions, Cookie, CookiePartition, Database, INDEXED_DB_LIMIT_BYTES, Index,
    KeyPath, ObjectStore, OriginStorage, Record, Refused, StorageParts, StorageState,
};
pub use deadline::Deadline;
pub use download::{ComingDownload, DownloadError, Downloaded};
pub use frame::{Condition, Frame, Hit, Read, ReadWhat, ValueMatch, WaitError};
pub use gate::{
    BODY_LIMIT_BYTES, CommitGate, CommitPattern, CommitRequest, CommitResponse, GateOptions,
    UrlGlob, Verdict,
};
pub use journal::{ConsoleLine, Journal, JournalScope, RequestEnd, RequestLine};
pub use launch::{
    Kind, Launch, LaunchError, NETWORK_PROCESS, Profile, RunningBrowser, browser_processes,
    clear_after_death, kill_browsers, running_browsers,
};
pub use page::{
    Crash, DialogAnswer, DialogKind, DialogPolicy, DialogRule, DialogSeen, Navigated, Page,
    PageError, Rect, Screenshot, Snapshot,
};
pub use profile::{CopyError, Difference, ProfileCopy, copy_profile, verify_copy};
pub use sensitive::Sensitive;
