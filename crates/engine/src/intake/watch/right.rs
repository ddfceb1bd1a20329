//! The right to watch a source: one server at a time does.

use async_trait::async_trait;
use formhand_domain::FencingToken;
use formhand_store::{Keeping, StoreError};
use jiff::Timestamp;

use super::source::Source;
use crate::right::Subject;

#[async_trait]
impl Subject for Source {
    fn what(&self) -> String {
        format!("the source {}", self.name())
    }

    fn now(&self) -> Timestamp {
        self.clock.now()
    }

    async fn keep(&self, now: Timestamp, expires_at: Timestamp) -> Result<Keeping, StoreError> {
        let (sources, name) = (&self.sources, self.name());
        sources.keep_source(name, &self.node, now, expires_at).await
    }

    async fn renew(
        &self,
        token: FencingToken,
        now: Timestamp,
        expires_at: Timestamp,
    ) -> Result<bool, StoreError> {
        let (sources, name) = (&self.sources, self.name());
        sources.renew_source(name, token, now, expires_at).await
    }

    async fn release(&self, token: FencingToken, now: Timestamp) -> Result<(), StoreError> {
        self.sources.release_source(self.name(), token, now).await
    }
}
