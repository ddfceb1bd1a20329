//! The browsers of an examination, and the login, which the store counts.

use std::{path::PathBuf, time::Duration};

use formhand_browser::{
    Browser, Context, ContextOptions, Kind, Launch, Page, Profile, StorageState,
};
use formhand_domain::FailureCode;
use tokio::time::Instant;

use super::PortalDoctorError;
use crate::{
    flow::Stop,
    session::{CloneLogin, KeeperSetup, Master, crashed, logged_in},
};

/// A master on a profile of its own, beside a headless shell for clones.
pub(super) struct Lab {
    pub(super) setup: KeeperSetup,
    login: CloneLogin,
    pub(super) folder: PathBuf,
    master: Option<(Master, Page)>,
    shell: Option<Browser>,
    shell_program: Option<PathBuf>,
    pub(super) logins: u32,
    /// When the session that is looked at began.
    pub(super) since: Instant,
}

impl Lab {
    pub(super) fn new(setup: KeeperSetup, folder: PathBuf, shell_program: Option<PathBuf>) -> Self {
        Self {
            login: CloneLogin::new(setup.clone()),
            setup,
            folder,
            master: None,
            shell: None,
            shell_program,
            logins: 0,
            since: Instant::now(),
        }
    }

    /// The master's context and its page. Its browser starts if it does not run. The page stays open: session storage
    /// is that of a tab.
    pub(super) async fn master(&mut self) -> Result<(Context, Page), PortalDoctorError> {
        if self.master.is_none() {
            let program = self.setup.executable.clone();
            let master = Master::start(&self.setup.portal, self.profile(), program).await?;
            match master.context.page().await {
                Ok(page) => self.master = Some((master, page)),
                Err(error) => {
                    master.browser.close().await;
                    return Err(crashed(error).into());
                }
            }
        }
        match &self.master {
            Some((master, page)) => Ok((master.context.clone(), page.clone())),
            None => Err(crashed("the browser is gone").into()),
        }
    }

    /// Logs a page in. Returns how long that took.
    pub(super) async fn log_in(
        &mut self,
        context: &Context,
        page: &Page,
    ) -> Result<Duration, PortalDoctorError> {
        let began = Instant::now();
        self.logins += 1;
        self.login.log_in(context, page).await?;
        self.since = Instant::now();
        Ok(began.elapsed())
    }

    /// Asks the portal whether it knows a clone.
    pub(super) async fn knows_clone(&self, clone: &Context) -> Result<bool, PortalDoctorError> {
        let page = clone.page().await.map_err(crashed)?;
        let known = self.knows(&page).await;
        page.close().await;
        known
    }

    /// Asks the portal whether it knows this page. One that shows neither sign is no proof of a session.
    pub(super) async fn knows(&self, page: &Page) -> Result<bool, PortalDoctorError> {
        match logged_in(&self.setup.portal, page).await {
            Err(Stop::Failed(failed)) if failed.failure.code != FailureCode::BrowserCrashed => {
                Ok(false)
            }
            known => Ok(known?),
        }
    }

    /// The master, logged in again if what was tried before has ended its session.
    pub(super) async fn live_master(&mut self) -> Result<(Context, Page), PortalDoctorError> {
        let (context, page) = self.master().await?;
        if !self.knows(&page).await? {
            self.log_in(&context, &page).await?;
        }
        Ok((context, page))
    }

    /// A new context for a clone, in the headless shell that jobs work in.
    pub(super) async fn clone_context(
        &mut self,
        storage: Option<StorageState>,
    ) -> Result<Context, PortalDoctorError> {
        let shell = if let Some(shell) = &self.shell {
            shell.clone()
        } else {
            let launch = Launch {
                kind: Kind::StillShell,
                executable: self.shell_program.clone(),
                profile: Profile::Persistent(self.folder.join("shell")),
                headless: true,
            };
            let shell = launch.start().await.map_err(crashed)?;
            self.shell.insert(shell).clone()
        };
        let portal = &self.setup.portal;
        let options = ContextOptions {
            origins: portal.origins.clone(),
            locale: portal.locale.clone(),
            time_zone: portal.time_zone.clone(),
            storage,
            ..ContextOptions::default()
        };
        Ok(shell.context(options).await.map_err(crashed)?)
    }

    pub(super) fn profile(&self) -> PathBuf {
        self.folder.join("master")
    }

    /// Closes the master's browser in order, so that its profile is whole.
    pub(super) async fn close_master(&mut self) {
        if let Some((master, _)) = self.master.take() {
            master.browser.close().await;
        }
    }

    /// Closes everything and removes the profiles, which hold sessions.
    pub(super) async fn clear(&mut self) {
        self.close_master().await;
        if let Some(shell) = self.shell.take() {
            shell.close().await;
        }
        // What cannot be removed now is removed at the next start.
        let _ = tokio::fs::remove_dir_all(&self.folder).await;
    }
}
