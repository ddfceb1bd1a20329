//! What a person asks of alerts, at any server.

use std::sync::Arc;

use formhand_domain::{Clock, JobId};
use formhand_store::{Store, StoreError};
use futures_util::future::join_all;
use jiff::{SignedDuration, Timestamp};

use super::paper::Paper;
use crate::alerts::{
    AlertSetup, AlertTiming, Book, Channel, ChannelError, Message, RuleName, Rules, SendError,
    Silence, Subject,
};

/// What every server knows of alerts: what is configured, and what is written in the store.
#[derive(Clone)]
pub struct AlertDesk {
    pub(super) paper: Paper,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) settings: Arc<Settings>,
}

pub(super) struct Settings {
    pub(super) name: String,
    pub(super) rules: Rules,
    pub(super) timing: AlertTiming,
    pub(super) channels: Vec<Channel>,
    pub(super) channel_names: Vec<String>,
}

/// What is not to be told for a while.
#[derive(Debug, Clone)]
pub struct NewSilence {
    /// Of this rule; nothing is every rule.
    pub rule: Option<RuleName>,
    /// About this.
    pub subject: Subject,
    /// For so long.
    pub lasting: SignedDuration,
    /// Why.
    pub reason: String,
    /// Who wants it.
    pub by: String,
}

/// What became of a test.
#[derive(Debug, Clone)]
pub struct Tried {
    /// The channel.
    pub channel: String,
    /// What it is.
    pub kind: &'static str,
    /// Whether it took the message, or why not.
    pub result: Result<(), SendError>,
}

impl AlertDesk {
    /// A desk over a store. Nothing is watched by it.
    pub fn new(
        store: Arc<dyn Store>,
        clock: Arc<dyn Clock>,
        setup: AlertSetup,
    ) -> Result<Self, ChannelError> {
        let channels = setup.channels.into_iter().map(Channel::new);
        let channels: Vec<Channel> = channels.collect::<Result<_, _>>()?;
        Ok(Self {
            paper: Paper(store),
            clock,
            settings: Arc::new(Settings {
                name: setup.name,
                rules: setup.rules,
                timing: setup.timing,
                channel_names: channels.iter().map(|one| one.name().to_owned()).collect(),
                channels,
            }),
        })
    }

    /// What is known.
    pub async fn book(&self) -> Result<Book, StoreError> {
        self.paper.read().await
    }

    /// The channels that there are.
    pub fn channels(&self) -> &[Channel] {
        &self.settings.channels
    }

    /// Keeps something from being told for a while.
    pub async fn silence(&self, new: NewSilence) -> Result<Silence, StoreError> {
        let now = self.clock.now();
        let silence = Silence {
            id: format!("{:08x}", rand::random::<u32>()),
            rule: new.rule,
            subject: new.subject,
            until: now.saturating_add(new.lasting).unwrap_or(Timestamp::MAX),
            reason: new.reason,
            by: new.by,
            made_at: now,
        };
        let add = |book: &mut Book| book.silences.push(silence.clone());
        self.paper.change(add).await?;
        Ok(silence)
    }

    /// Lets it be told again. False if there is no such silence.
    pub async fn unsilence(&self, id: &str) -> Result<bool, StoreError> {
        let now = self.clock.now();
        let end = |book: &mut Book| {
            let is_it = |silence: &Silence| silence.id == id && now < silence.until;
            let was_there = book.silences.iter().any(is_it);
            book.silences.retain(|silence| !is_it(silence));
            was_there
        };
        let (was_there, _) = self.paper.change(end).await?;
        Ok(was_there)
    }

    /// Sends a test through one channel, or through all of them, from this server.
    pub async fn test(&self, channel: Option<&str>) -> Vec<Tried> {
        let asked = |one: &&Channel| channel.is_none_or(|name| name == one.name());
        let channels = self.settings.channels.iter().filter(asked);
        join_all(channels.map(|channel| self.try_out(channel))).await
    }

    async fn try_out(&self, channel: &Channel) -> Tried {
        let now = self.clock.now();
        let message = Message::test(message_id(now), now);
        let result = channel.send(&message, &self.settings.name, now).await;
        Tried {
            channel: channel.name().to_owned(),
            kind: channel.kind(),
            result,
        }
    }
}

/// A name that no message had before.
pub(super) fn message_id(now: Timestamp) -> String {
    // Ids of jobs are unique in the same way.
    format!("msg_{}", JobId::new(now, rand::random()))
}
