//! One round: make what is to be sent, and send it.

use formhand_domain::NodeId;
use formhand_store::StoreError;
use futures_util::future::try_join_all;
use jiff::{SignedDuration, Timestamp};

use super::{Endpoint, clean::Cleaner, make::Maker, send::send_due, turn::Turn};
use crate::webhooks::WebhookDesk;

/// Only a net under the signals, and what keeps the turn.
pub(super) const EVERY: SignedDuration = SignedDuration::from_secs(30);

/// Delivers, if no other server does.
pub struct Deliverer {
    pub(super) desk: WebhookDesk,
    pub(super) turn: Turn,
    maker: Maker,
    cleaner: Cleaner,
}

/// The part that makes deliveries, beside the part that sends them.
pub(super) struct Making {
    pub(super) maker: Maker,
    pub(super) cleaner: Cleaner,
}

impl Deliverer {
    /// A server that may deliver.
    pub fn new(desk: WebhookDesk, node: NodeId) -> Self {
        let turn = Turn::new(desk.store.clone(), node);
        Self {
            desk,
            turn,
            maker: Maker::default(),
            cleaner: Cleaner::default(),
        }
    }

    /// Makes and sends all that is due now, and says when something is due again. What runs beside does the same without
    /// one webhook waiting for another.
    pub async fn round(&mut self) -> Result<Option<Timestamp>, StoreError> {
        let mut making = Making {
            maker: std::mem::take(&mut self.maker),
            cleaner: std::mem::take(&mut self.cleaner),
        };
        let made = making.round(&self.desk, &self.turn).await;
        (self.maker, self.cleaner) = (making.maker, making.cleaner);
        made?;
        let endpoints = self.desk.endpoints();
        let sent = endpoints.map(|endpoint| self.send(endpoint));
        let due = try_join_all(sent).await?;
        Ok(due.into_iter().flatten().min())
    }

    /// Lets another server deliver at once.
    pub async fn give_back(&self) -> Result<(), StoreError> {
        self.turn.give_back().await
    }

    async fn send(&self, endpoint: &Endpoint) -> Result<Option<Timestamp>, StoreError> {
        send_due(&self.desk, endpoint, &self.turn).await
    }

    pub(super) fn split(self) -> (WebhookDesk, Turn, Making) {
        let (maker, cleaner) = (self.maker, self.cleaner);
        (self.desk, self.turn, Making { maker, cleaner })
    }
}

impl Making {
    /// Makes what is to be sent, if it is this server's turn, and wakes who sends it.
    pub(super) async fn round(
        &mut self,
        desk: &WebhookDesk,
        turn: &Turn,
    ) -> Result<(), StoreError> {
        let now = desk.clock.now();
        let had_turn = turn.lasts(now);
        if !turn.take(now).await? {
            return Ok(());
        }
        desk.begin().await?;
        let woken = self.maker.make(desk, now).await?;
        for endpoint in desk.endpoints() {
            // With the turn comes what another server has left.
            if !had_turn || woken.contains(&endpoint.setup.name) {
                endpoint.wake.notify_one();
            }
        }
        self.cleaner.clean(desk, now).await
    }
}
