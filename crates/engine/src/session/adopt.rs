//! Going on with a session in another browser, without a new login: one of this server, or one that another server kept.

use std::sync::Arc;

use formhand_browser::{Context, StorageState};

use super::{Fault, check, establish::Establisher, master::crashed};

impl Establisher {
    /// Has what another server shared of the session tried before the next login.
    pub(super) fn offer(&mut self, storage: Arc<StorageState>) {
        self.offered = Some(storage);
    }

    /// The context, with the shared session in it if the portal does not know what the profile holds. The profile comes
    /// first: if this server kept the session before, it has what the portal has changed since then.
    pub(super) async fn context_with_offered(&mut self) -> Result<Context, Fault> {
        let context = self.context().await?;
        let Some(offered) = self.offered.take() else {
            return Ok(context);
        };
        let page = self.page(&context).await?;
        let known = check::logged_in(&self.setup.portal, &page).await;
        self.leave(page, known.is_ok());
        if known? {
            return Ok(context);
        }
        // A context takes a storage once, and before its first page shows anything.
        context.clear_cookies().await.map_err(crashed)?;
        self.close().await;
        let context = self.context().await?;
        let page = self.page(&context).await?;
        let adopted = context.adopt(StorageState::clone(&offered), &page).await;
        self.leave(page, adopted.is_ok());
        adopted.map_err(crashed)?;
        Ok(context)
    }

    /// A new browser, with the cookies that were last seen to work.
    pub(super) async fn start_with_keepsake(&mut self) -> Result<(), Fault> {
        let context = self.context().await?;
        if let Some(storage) = &self.keepsake {
            let set = context.set_cookies(&storage.cookies).await;
            set.map_err(crashed)?;
        }
        Ok(())
    }
}
