//! One round: read, judge, write down, send, write down what became of it.

use std::{collections::BTreeSet, sync::Arc};

use formhand_domain::{AccountKey, NodeId};
use formhand_store::StoreError;
use futures_util::future::join_all;
use jiff::{SignedDuration, Timestamp};

use super::{
    AlertDesk,
    desk::{Settings, message_id},
};
use crate::{
    alerts::{Book, Channel, FreeSpace, Message, SendError, Step, Watch, facts::Gatherer},
    webhooks::WebhookDesk,
};

/// How long a server watches that does not say so again. A round is over before that, also with channels that do not
/// answer.
const WATCH: SignedDuration = SignedDuration::from_secs(90);

/// Rules over time need time, also when nothing happens.
pub(super) const EVERY: SignedDuration = SignedDuration::from_secs(30);

/// Watches, if no other server does.
pub struct Watcher {
    pub(super) desk: AlertDesk,
    node: NodeId,
    gatherer: Gatherer,
}

impl Watcher {
    /// A server that may watch. `free` tells the free bytes on the disk of its data folder.
    pub fn new(
        desk: AlertDesk,
        node: NodeId,
        accounts: BTreeSet<AccountKey>,
        webhooks: WebhookDesk,
        free: FreeSpace,
    ) -> Self {
        let rules = &desk.settings.rules;
        let store = &desk.paper.0;
        let gatherer = Gatherer::new(store, node.clone(), accounts, rules, webhooks, free);
        Self {
            desk,
            node,
            gatherer,
        }
    }

    /// Does what is to be done now, and says when there is something to do again, if nothing happens until then.
    ///
    /// What is to be sent is written down before it is sent, so a server that dies in between has it sent after its next
    /// start, or by another server.
    pub async fn round(&mut self) -> Result<Timestamp, StoreError> {
        let now = self.desk.clock.now();
        self.gatherer.say().await?;
        let again_at = now.saturating_add(EVERY).unwrap_or(Timestamp::MAX);
        if !self.take_watch(now).await? {
            return Ok(again_at);
        }
        let facts = self.gatherer.gather(now).await?;
        let settings = Arc::clone(&self.desk.settings);
        let findings = settings.rules.check(&facts, now);
        let id = message_id(now);
        let step = Step {
            findings: &findings,
            rules: &settings.rules,
            channels: &settings.channel_names,
            timing: &settings.timing,
            now,
            id: &id,
        };
        let ((), book) = self.desk.paper.change(|book| book.step(&step)).await?;
        let book = match book.to_send(now) {
            nothing if nothing.is_empty() => book,
            messages => self.send(messages).await?,
        };
        let next_at = book.next_at(&settings.rules, &settings.timing);
        Ok(next_at.map_or(again_at, |next_at| next_at.min(again_at)))
    }

    /// Lets another server watch at once.
    pub async fn give_back(&self) -> Result<(), StoreError> {
        let let_go = |book: &mut Book| {
            let watch = book.watch.take();
            book.watch = watch.filter(|watch| watch.node != self.node);
        };
        self.desk.paper.change(let_go).await.map(|((), _)| ())
    }

    async fn take_watch(&self, now: Timestamp) -> Result<bool, StoreError> {
        let until = now.saturating_add(WATCH).unwrap_or(Timestamp::MAX);
        // Not with every round: what is written down has to become durable.
        let lasts = |watch: &Watch| watch.until.duration_since(now) > WATCH / 2;
        let take = |book: &mut Book| {
            let ours = book.may_watch(&self.node, now);
            let is_long = book.watch.as_ref().is_some_and(lasts);
            if ours && !(is_long && self.keeps(book)) {
                book.watch = Some(Watch {
                    node: self.node.clone(),
                    until,
                });
            }
            ours
        };
        let (ours, _) = self.desk.paper.change(take).await?;
        Ok(ours)
    }

    fn keeps(&self, book: &Book) -> bool {
        let watch = book.watch.as_ref();
        watch.is_some_and(|watch| watch.node == self.node)
    }

    async fn send(&self, messages: Vec<(String, Message)>) -> Result<Book, StoreError> {
        let settings = &self.desk.settings;
        let tried = messages.into_iter().filter_map(|(name, message)| {
            let mut channels = settings.channels.iter();
            let channel = channels.find(|channel| channel.name() == name)?;
            Some(self.send_one(channel, message))
        });
        let tried = join_all(tried).await;
        let now = self.desk.clock.now();
        let note = |book: &mut Book| note(book, &tried, settings, now);
        let (given_up, book) = self.desk.paper.change(note).await?;
        for channel in given_up {
            tracing::error!(
                code = "alert_given_up",
                channel,
                "a message was not taken for too long and is given up"
            );
        }
        Ok(book)
    }

    async fn send_one(&self, channel: &Channel, message: Message) -> Attempt {
        let name = &self.desk.settings.name;
        let now = self.desk.clock.now();
        let result = channel.send(&message, name, now).await;
        match &result {
            Ok(()) => tracing::info!(
                channel = channel.name(),
                message = message.id,
                "alerts were told"
            ),
            Err(error) => tracing::error!(
                code = "alert_not_sent",
                channel = channel.name(),
                message = message.id,
                %error,
                "a channel has not taken its message; it is tried again"
            ),
        }
        Attempt {
            channel: channel.name().to_owned(),
            message: message.id,
            result,
        }
    }
}

/// One try of one message.
struct Attempt {
    channel: String,
    message: String,
    result: Result<(), SendError>,
}

/// Writes down what became of the tries, and says which channels' messages are given up.
fn note(book: &mut Book, tried: &[Attempt], settings: &Settings, now: Timestamp) -> Vec<String> {
    let mut given_up = Vec::new();
    for one in tried {
        match &one.result {
            Ok(()) => book.delivered(&one.channel, &one.message, now),
            Err(error) => {
                let why = error.to_string();
                let timing = &settings.timing;
                if book.failed(&one.channel, &one.message, &why, timing, now) {
                    given_up.push(one.channel.clone());
                }
            }
        }
    }
    given_up
}
