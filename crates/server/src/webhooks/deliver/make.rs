//! From the audit to deliveries.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use formhand_domain::{QuestionId, WebhookName};
use formhand_store::{NewDelivery, StoreError};
use jiff::Timestamp;

use super::Endpoint;
use crate::webhooks::{
    EventKind, WebhookDesk,
    telling::{happened, of_question},
};

/// Entries that are read at once.
const BATCH: u32 = 200;

/// So many entries that concern nobody are read again after a crash, at most. The place is written down with every
/// delivery, and else only now and then, as each writing has to become durable.
const UNWRITTEN: u64 = 1_000;

/// How far each webhook is.
#[derive(Default)]
pub(super) struct Maker {
    /// Up to where the audit is seen to, beyond what is written down.
    reached: BTreeMap<WebhookName, u64>,
    /// Open questions that are seen to.
    questions: HashSet<QuestionId>,
}

/// What is to be made for one webhook.
struct Planned<'a> {
    endpoint: &'a Endpoint,
    written: u64,
    reached: u64,
    new: Vec<NewDelivery>,
}

impl Maker {
    /// Makes deliveries of all that has happened. Gives the webhooks that have something new to send.
    pub(super) async fn make(
        &mut self,
        desk: &WebhookDesk,
        now: Timestamp,
    ) -> Result<BTreeSet<WebhookName>, StoreError> {
        let mut woken = BTreeSet::new();
        let mut planned = self.begin(desk).await?;
        while let Some(from) = planned.iter().map(|one| one.reached).min() {
            let entries = desk.store.audit_after(from, BATCH).await?;
            let is_last = entries.len() < BATCH as usize;
            let Some(last) = entries.last().map(|entry| entry.seq) else {
                break;
            };
            for entry in entries {
                let seq = entry.seq;
                let Some(happened) = happened(desk.store.as_ref(), entry).await? else {
                    continue;
                };
                for one in &mut planned {
                    if one.reached < seq && happened.is_for(&one.endpoint.setup) {
                        one.new.push(happened.message());
                    }
                }
            }
            for one in &mut planned {
                if one.reached < last && self.write(desk, one, last, now).await? {
                    woken.insert(one.endpoint.setup.name.clone());
                }
            }
            if is_last {
                break;
            }
        }
        woken.extend(self.make_questions(desk, now).await?);
        Ok(woken)
    }

    /// The webhooks that are told something, and how far each is.
    async fn begin<'a>(&self, desk: &'a WebhookDesk) -> Result<Vec<Planned<'a>>, StoreError> {
        let known = desk.store.webhooks().await?;
        let mut planned = Vec::new();
        for endpoint in desk.endpoints().filter(|endpoint| endpoint.setup.enabled) {
            let name = &endpoint.setup.name;
            let Some(webhook) = known.iter().find(|known| known.name == *name) else {
                continue;
            };
            // While it is switched off its place stands still, so that nothing is left out once it is on again.
            if webhook.state.off.is_none() {
                let reached = self.reached.get(name).copied().unwrap_or_default();
                planned.push(Planned {
                    endpoint,
                    written: webhook.place,
                    reached: reached.max(webhook.place),
                    new: Vec::new(),
                });
            }
        }
        Ok(planned)
    }

    /// Writes down what is new. False if there is nothing.
    async fn write(
        &mut self,
        desk: &WebhookDesk,
        one: &mut Planned<'_>,
        last: u64,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let name = &one.endpoint.setup.name;
        let is_new = !one.new.is_empty();
        if is_new || last - one.written >= UNWRITTEN {
            let new = std::mem::take(&mut one.new);
            desk.store.make_deliveries(name, last, new, now).await?;
            one.written = last;
        }
        one.reached = last;
        self.reached.insert(name.clone(), last);
        Ok(is_new)
    }

    /// Questions are in no audit: one that is over before a server looks is told to nobody, and nobody could answer it.
    async fn make_questions(
        &mut self,
        desk: &WebhookDesk,
        now: Timestamp,
    ) -> Result<BTreeSet<WebhookName>, StoreError> {
        let kind = EventKind::QuestionAsked;
        let mut woken = BTreeSet::new();
        let wants =
            |endpoint: &&Endpoint| endpoint.setup.enabled && endpoint.setup.events.contains(&kind);
        if desk.endpoints().any(|endpoint| wants(&endpoint)) {
            let open = desk.store.open_questions(now).await?;
            for question in open.iter().filter(|one| !self.questions.contains(&one.id)) {
                let portal = &question.account.portal;
                for endpoint in desk.endpoints().filter(wants) {
                    if endpoint.setup.wants(kind, portal, None) {
                        let (name, new) = (&endpoint.setup.name, vec![of_question(question)]);
                        desk.store.make_deliveries(name, 0, new, now).await?;
                        woken.insert(name.clone());
                    }
                }
            }
            self.questions = open.into_iter().map(|question| question.id).collect();
        }
        Ok(woken)
    }
}
