//! Sharing the session with other servers, through the store, and working with one that another shares.

use std::sync::Arc;

use formhand_browser::StorageState;
use formhand_domain::{Generation, account::SessionState};
use formhand_portal::CloneMode;
use formhand_store::SavedSession;

use super::{actor::Actor, establish::Establisher, held::Elsewhere, lend::Copied, seal};

impl Establisher {
    /// Shares what clones are made of with the other servers.
    pub(super) async fn share(&self, generation: Generation, storage: &StorageState) {
        let Some(key) = &self.setup.sharing.seal else {
            return;
        };
        let account = &self.register.account;
        if let Some(copy) = seal::seal(key, rand::random(), account, generation, storage) {
            self.register.share(copy).await;
        }
    }
}

impl Actor {
    /// A copy of the session that another server keeps, if it is fit to be worked with.
    pub(super) async fn shared(&mut self) -> Option<(Generation, Copied)> {
        let (store, account) = (&self.register.store, &self.register.account);
        let saved = store.session(account).await.ok().flatten()?;
        let elsewhere = self.elsewhere(Some(&saved));
        let (Elsewhere::Shared | Elsewhere::Retiring) = elsewhere else {
            return None;
        };
        let generation = saved.generation;
        let is_known = self
            .opened
            .as_ref()
            .is_some_and(|(of, _)| *of == generation);
        if !is_known {
            self.opened = Some((generation, self.open_copy(generation).await?));
        }
        self.opened.clone()
    }

    /// The copy that the keeper before has shared is tried before a new login is made.
    pub(super) async fn take_over_copy(&mut self) {
        if self.establisher.setup.sharing.seal.is_none() {
            return;
        }
        let (store, account) = (&self.register.store, &self.register.account);
        let Ok(Some(saved)) = store.session(account).await else {
            return;
        };
        if saved.stale >= saved.generation {
            return;
        }
        if let Some(Copied::Storage(storage)) = self.open_copy(saved.generation).await {
            self.establisher.offer(storage);
        }
    }

    async fn open_copy(&self, generation: Generation) -> Option<Copied> {
        let key = self.establisher.setup.sharing.seal.as_ref()?;
        let (store, account) = (&self.register.store, &self.register.account);
        let copy = store.shared_copy(account).await.ok().flatten()?;
        if copy.generation != generation {
            return None;
        }
        match seal::open(key, account, &copy) {
            Ok(storage) => Some(Copied::Storage(Arc::new(storage))),
            Err(error) => {
                tracing::error!(%account, %error, "the shared session was not opened");
                None
            }
        }
    }

    /// Whether jobs of this server can work with a session that another keeps.
    pub(super) fn elsewhere(&self, saved: Option<&SavedSession>) -> Elsewhere {
        if !self.shares() {
            return Elsewhere::Busy;
        }
        let Some(saved) = saved else {
            return Elsewhere::Busy;
        };
        match &saved.state {
            SessionState::Active { generation, .. } if *generation > saved.stale => {
                if *generation > saved.retire {
                    Elsewhere::Shared
                } else {
                    Elsewhere::Retiring
                }
            }
            SessionState::Retiring { .. } => Elsewhere::Retiring,
            _ => Elsewhere::Busy,
        }
    }

    /// Whether what clones are made of can go through the store.
    fn shares(&self) -> bool {
        let setup = &self.establisher.setup;
        setup.sharing.seal.is_some() && setup.portal.session.clone == CloneMode::Context
    }
}
