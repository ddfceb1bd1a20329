//! All that is known of alerts, and how it moves on.

use std::collections::BTreeMap;

use formhand_domain::NodeId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Alert, AlertTiming, ChannelBook, Message, Silence, Standing, channel::Firing};
use crate::alerts::{Finding, Rules};

/// All that is known of alerts. Written as JSON; an older Formhand ignores what it does not know of it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Book {
    /// Which server watches at present.
    pub watch: Option<Watch>,
    /// What rules find, in the order in which it was found first.
    pub alerts: Vec<Alert>,
    /// What nobody wants to hear of.
    pub silences: Vec<Silence>,
    /// The channels by name.
    pub channels: BTreeMap<String, ChannelBook>,
}

/// The right to watch. It is no fence: a server that stands still for longer may send once more what another has sent, and
/// twice is better than never.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Watch {
    /// Who.
    pub node: NodeId,
    /// Until then, unless it is renewed.
    pub until: Timestamp,
}

/// What moves the book on.
pub struct Step<'a> {
    /// What the rules find now.
    pub findings: &'a [Finding],
    /// The rules that found it.
    pub rules: &'a Rules,
    /// The channels that there are.
    pub channels: &'a [String],
    /// When what is sent.
    pub timing: &'a AlertTiming,
    /// The present moment.
    pub now: Timestamp,
    /// A name that no message had before; each channel's next message is called by it and the channel.
    pub id: &'a str,
}

impl Book {
    /// Takes in what is found, and makes the messages that are due.
    pub fn step(&mut self, step: &Step<'_>) {
        self.observe(step);
        self.silences.retain(|silence| step.now < silence.until);
        self.channels
            .retain(|name, _| step.channels.iter().any(|known| known == name));
        let all: Vec<&Alert> = self.alerts.iter().filter(|alert| alert.fires()).collect();
        let silences = &self.silences;
        let unheard: Vec<&Alert> = all
            .iter()
            .copied()
            .filter(|alert| {
                silences
                    .iter()
                    .any(|silence| silence.holds(alert, step.now))
            })
            .collect();
        let firing = Firing {
            all: &all,
            unheard: &unheard,
        };
        for name in step.channels {
            let channel = self.channels.entry(name.clone()).or_default();
            let id = format!("{}_{name}", step.id);
            channel.make(firing, step.timing, step.now, &id);
        }
    }

    fn observe(&mut self, step: &Step<'_>) {
        let is_found = |alert: &Alert| {
            let mut found = step.findings.iter();
            found.any(|found| found.rule == alert.rule && found.subject == alert.subject)
        };
        self.alerts.retain(is_found);
        for finding in step.findings {
            let mut known = self.alerts.iter();
            let index = known
                .position(|alert| alert.rule == finding.rule && alert.subject == finding.subject);
            let index = index.unwrap_or_else(|| {
                self.alerts.push(Alert {
                    rule: finding.rule,
                    subject: finding.subject.clone(),
                    text: String::new(),
                    since: step.now,
                    standing: Standing::Pending,
                });
                self.alerts.len() - 1
            });
            let alert = &mut self.alerts[index];
            alert.text.clone_from(&finding.text);
            let lasted = step.now.duration_since(alert.since);
            if step
                .rules
                .lasting(alert.rule)
                .is_none_or(|long| lasted >= long)
            {
                alert.standing = Standing::Firing;
            }
        }
    }

    /// The messages that are to be tried now, by channel.
    pub fn to_send(&self, now: Timestamp) -> Vec<(String, Message)> {
        let outgoing = self
            .channels
            .iter()
            .filter_map(|(name, channel)| channel.outgoing.as_ref().map(|out| (name, out)));
        outgoing
            .filter(|(_, out)| out.next_at <= now)
            .map(|(name, out)| (name.clone(), out.message.clone()))
            .collect()
    }

    /// A channel has taken a message.
    pub fn delivered(&mut self, channel: &str, id: &str, now: Timestamp) {
        if let Some(channel) = self.channels.get_mut(channel) {
            channel.delivered(id, now);
        }
    }

    /// A channel has not taken a message. True if it is given up by that.
    pub fn failed(
        &mut self,
        channel: &str,
        id: &str,
        why: &str,
        timing: &AlertTiming,
        now: Timestamp,
    ) -> bool {
        let channel = self.channels.get_mut(channel);
        channel.is_some_and(|channel| channel.failed(id, why, timing, now))
    }

    /// When something is to be done next, if nothing happens; nothing if there is nothing.
    pub fn next_at(&self, rules: &Rules, timing: &AlertTiming) -> Option<Timestamp> {
        let pending = self.alerts.iter().filter(|alert| !alert.fires());
        let fires_at = pending.filter_map(|alert| {
            let lasting = rules.lasting(alert.rule)?;
            alert.since.saturating_add(lasting).ok()
        });
        let channels = self.channels.values();
        let channels = channels.filter_map(|channel| channel.next_at(timing));
        let silences = self.silences.iter().map(|silence| silence.until);
        fires_at.chain(channels).chain(silences).min()
    }

    /// Whether this server may watch, because nobody else does.
    pub fn may_watch(&self, node: &NodeId, now: Timestamp) -> bool {
        let watch = self.watch.as_ref();
        watch.is_none_or(|watch| watch.node == *node || watch.until <= now)
    }
}
