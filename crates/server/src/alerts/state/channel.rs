//! What a channel was told, and what it is to be told next.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Alert, AlertTiming, Message, Said};

/// What is known of a channel.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ChannelBook {
    /// What fires as far as this channel knows.
    pub told: Vec<Said>,
    /// Since when there is something that it does not know.
    pub news_since: Option<Timestamp>,
    /// When its last message was made.
    pub last_at: Option<Timestamp>,
    /// The message that is being sent. No other is made meanwhile.
    pub outgoing: Option<Outgoing>,
    /// When it last took a message.
    pub delivered_at: Option<Timestamp>,
    /// Since when it takes none.
    pub failing: Option<Failing>,
}

/// A message on its way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outgoing {
    /// The message.
    pub message: Message,
    /// How often it was tried.
    pub tries: u32,
    /// When it is tried next.
    pub next_at: Timestamp,
}

/// A channel does not take its message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failing {
    /// Since when.
    pub since: Timestamp,
    /// What it said last.
    pub said: String,
    /// Messages that were given up.
    pub given_up: u32,
}

/// What fires, and of that what may be told.
#[derive(Debug, Clone, Copy)]
pub(super) struct Firing<'a> {
    pub(super) all: &'a [&'a Alert],
    pub(super) unheard: &'a [&'a Alert],
}

impl Firing<'_> {
    fn has(&self, said: &Said) -> bool {
        self.all
            .iter()
            .any(|alert| said.is(alert.rule, &alert.subject))
    }

    fn is_unheard(&self, said: &Said) -> bool {
        self.unheard
            .iter()
            .any(|alert| said.is(alert.rule, &alert.subject))
    }
}

impl ChannelBook {
    /// Makes the next message, if one is due.
    pub(super) fn make(
        &mut self,
        firing: Firing<'_>,
        timing: &AlertTiming,
        now: Timestamp,
        id: &str,
    ) {
        if self.outgoing.is_some() {
            return;
        }
        let (still, resolved): (Vec<Said>, Vec<Said>) =
            self.told.iter().cloned().partition(|said| firing.has(said));
        let news: Vec<Said> = firing
            .all
            .iter()
            .map(|alert| said(alert))
            .filter(|new| !firing.is_unheard(new) && !still.iter().any(|old| old.is_of(new)))
            .collect();
        let has_news = !news.is_empty() || !resolved.is_empty();
        self.news_since = has_news.then(|| self.news_since.unwrap_or(now));
        let audible: Vec<Said> = still
            .iter()
            .filter(|said| !firing.is_unheard(said))
            .map(|said| firing.present(said))
            .collect();
        let repeats = !audible.is_empty() && self.repeat_at(timing).is_some_and(|at| at <= now);
        let tells = self.news_at(timing).is_some_and(|at| at <= now);
        if !repeats && !tells {
            return;
        }
        self.told = still
            .iter()
            .map(|said| firing.present(said))
            .chain(news.iter().cloned())
            .collect();
        self.news_since = None;
        self.last_at = Some(now);
        self.outgoing = Some(Outgoing {
            message: Message {
                id: id.to_owned(),
                at: now,
                is_test: false,
                news,
                resolved,
                still: audible,
            },
            tries: 0,
            next_at: now,
        });
    }

    /// The channel has taken the message.
    pub(super) fn delivered(&mut self, id: &str, now: Timestamp) {
        if self.is_sending(id) {
            self.outgoing = None;
            self.delivered_at = Some(now);
            self.failing = None;
        }
    }

    /// The channel has not taken the message. True if it is given up by that.
    pub(super) fn failed(
        &mut self,
        id: &str,
        why: &str,
        timing: &AlertTiming,
        now: Timestamp,
    ) -> bool {
        let Some(outgoing) = self.outgoing.as_mut().filter(|out| out.message.id == id) else {
            return false;
        };
        let failing = self.failing.get_or_insert_with(|| Failing {
            since: now,
            said: String::new(),
            given_up: 0,
        });
        why.clone_into(&mut failing.said);
        outgoing.tries += 1;
        let next_at = now.saturating_add(AlertTiming::backoff(outgoing.tries));
        outgoing.next_at = next_at.unwrap_or(Timestamp::MAX);
        let over_at = outgoing.message.at.saturating_add(timing.retry_for);
        if outgoing.next_at <= over_at.unwrap_or(Timestamp::MAX) {
            return false;
        }
        failing.given_up += 1;
        // What it did not get to know is news again, if it still fires then.
        if let Some(lost) = self.outgoing.take() {
            let news = &lost.message.news;
            self.told
                .retain(|told| !news.iter().any(|new| new.is_of(told)));
        }
        true
    }

    /// When something is to be done for it next, if nothing happens.
    pub(super) fn next_at(&self, timing: &AlertTiming) -> Option<Timestamp> {
        if let Some(outgoing) = &self.outgoing {
            return Some(outgoing.next_at);
        }
        let repeat = self.repeat_at(timing).filter(|_| !self.told.is_empty());
        repeat.into_iter().chain(self.news_at(timing)).min()
    }

    fn is_sending(&self, id: &str) -> bool {
        let outgoing = self.outgoing.as_ref();
        outgoing.is_some_and(|outgoing| outgoing.message.id == id)
    }

    fn news_at(&self, timing: &AlertTiming) -> Option<Timestamp> {
        let gathered_at = self.news_since?.saturating_add(timing.group_wait).ok()?;
        let last = self.last_at;
        let quiet_at = last.and_then(|at| at.saturating_add(timing.group_interval).ok());
        Some(quiet_at.map_or(gathered_at, |at| at.max(gathered_at)))
    }

    fn repeat_at(&self, timing: &AlertTiming) -> Option<Timestamp> {
        self.last_at?.saturating_add(timing.repeat).ok()
    }
}

impl Firing<'_> {
    /// What was told, in the words of now.
    fn present(&self, told: &Said) -> Said {
        let mut alerts = self.all.iter();
        let alert = alerts.find(|alert| told.is(alert.rule, &alert.subject));
        alert.map_or_else(|| told.clone(), |alert| said(alert))
    }
}

impl Said {
    fn is_of(&self, other: &Self) -> bool {
        self.is(other.rule, &other.subject)
    }
}

fn said(alert: &Alert) -> Said {
    Said {
        rule: alert.rule,
        subject: alert.subject.clone(),
        text: alert.text.clone(),
        since: alert.since,
    }
}
