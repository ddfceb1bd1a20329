//! Finds the session alive, or logs in: one try, at one level of the recovery.

use std::{sync::Arc, time::Duration};

use formhand_browser::{Context, Deadline, Page, StorageState, copy_profile};
use formhand_domain::{
    Failure, FailureCode, Generation,
    account::{RecoveryLevel, SessionHappening, Validation},
};
use formhand_portal::CloneMode;
use tokio::time::Instant;

use super::{
    Fault, KeeperSetup, carried, check,
    fault::{disk, not_copied},
    held::{Live, ms},
    lend::{Copied, ProfileSource},
    login,
    master::{Master, crashed},
    page::Leaving,
    profile::MasterProfile,
    register::Register,
};

/// A browser that has not answered within this hangs.
pub(super) const ANSWER_LIMIT: Duration = Duration::from_secs(2);

/// Owns the master's browser.
pub(super) struct Establisher {
    pub(super) setup: KeeperSetup,
    pub(super) register: Register,
    profile: MasterProfile,
    master: Option<Master>,
    /// The page of logins and checks: always the same one, because session storage is a page's own.
    pub(super) page: Option<Leaving>,
    /// The cookies that were last seen to work. A browser that is killed loses those of its last half a minute.
    pub(super) keepsake: Option<Arc<StorageState>>,
    /// What another server shared of the session, to be tried before a login.
    pub(super) offered: Option<Arc<StorageState>>,
    /// Whether what a killed process left of the profile has been looked at.
    mended: bool,
    copies: u64,
}

/// What is done with a session that is found alive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    /// It is used.
    Kept,
    /// It is replaced by a new login.
    Replaced,
}

impl Establisher {
    pub(super) fn new(setup: KeeperSetup, register: Register) -> Self {
        Self {
            profile: MasterProfile::at(setup.profile.clone()),
            setup,
            register,
            master: None,
            page: None,
            keepsake: None,
            offered: None,
            mended: false,
            copies: 0,
        }
    }

    /// One try, within a time.
    pub(super) async fn attempt(
        &mut self,
        level: RecoveryLevel,
        limit: Duration,
        captchas: &mut u32,
    ) -> Result<Live, Fault> {
        match level {
            RecoveryLevel::Soft => self.within(limit, captchas).await,
            RecoveryLevel::Hard => {
                self.close().await;
                self.start_with_keepsake().await?;
                self.within(limit, captchas).await
            }
            RecoveryLevel::Nuclear => self.on_empty_profile(limit, captchas).await,
        }
    }

    /// A new login in the place of a session that lives. The old one is put back if it fails.
    pub(super) async fn renew(
        &mut self,
        limit: Duration,
        captchas: &mut u32,
    ) -> Result<Live, Fault> {
        let context = self.context().await?;
        let before = context.cookies().await.map_err(crashed)?;
        let renewed = tokio::time::timeout(limit, self.session(Found::Replaced, captchas)).await;
        let renewed = renewed.unwrap_or_else(|_| Err(Fault::timed_out(NO_SESSION, limit)));
        if renewed.is_err() {
            // A context that cannot take them back has lost them; the heartbeat will find out.
            let _ = context.clear_cookies().await;
            let _ = context.set_cookies(&before).await;
        }
        renewed
    }

    /// Asks the portal whether it knows the session. Says how long that took.
    pub(super) async fn validate(&mut self) -> Result<(bool, Duration), Fault> {
        let began = Instant::now();
        let context = self.context().await?;
        let page = self.page(&context).await?;
        let known = check::logged_in(&self.setup.portal, &page).await;
        let took = began.elapsed();
        self.leave(page, known.is_ok());
        Ok((known?, took))
    }

    /// Resolves when the master's browser has ended without being asked to. Never, if there is none.
    pub(super) async fn gone(&self) {
        match &self.master {
            Some(master) => {
                master.browser.gone().await;
            }
            None => std::future::pending().await,
        }
    }

    /// Forgets the login that the profile holds.
    pub(super) async fn forget(&mut self) -> Result<(), Fault> {
        let context = self.context().await?;
        context.clear_cookies().await.map_err(crashed)?;
        Ok(())
    }

    /// Closes the master's browser.
    pub(super) async fn close(&mut self) {
        self.page = None;
        if let Some(master) = self.master.take() {
            master.browser.close().await;
        }
    }

    /// From an empty profile. The old one is a backup then, or is put back.
    async fn on_empty_profile(
        &mut self,
        limit: Duration,
        captchas: &mut u32,
    ) -> Result<Live, Fault> {
        self.close().await;
        self.profile
            .set_aside()
            .await
            .map_err(|error| disk(&error))?;
        let tried = self.within(limit, captchas).await;
        let generation = match &tried {
            Ok(live) => live.generation,
            Err(_) => Generation::default(),
        };
        let happened = if tried.is_ok() {
            let most = self.setup.portal.session.recovery.backups;
            self.profile
                .keep_aside(most)
                .await
                .map_err(|error| disk(&error))?;
            SessionHappening::BackedUp
        } else {
            self.close().await;
            self.profile
                .put_back()
                .await
                .map_err(|error| disk(&error))?;
            SessionHappening::Restored
        };
        self.register.record(generation, happened).await;
        tried
    }

    async fn within(&mut self, limit: Duration, captchas: &mut u32) -> Result<Live, Fault> {
        let limit = limit + self.setup.patience;
        match tokio::time::timeout(limit, self.session(Found::Kept, captchas)).await {
            Ok(result) => result,
            Err(_) if self.answers().await => Err(Fault::timed_out(NO_SESSION, limit)),
            Err(_) => Err(Fault::Browser(Failure::new(
                FailureCode::BrowserCrashed,
                "the browser does not answer",
            ))),
        }
    }

    async fn session(&mut self, found: Found, captchas: &mut u32) -> Result<Live, Fault> {
        let context = match found {
            Found::Kept => self.context_with_offered().await?,
            Found::Replaced => self.context().await?,
        };
        if found == Found::Replaced {
            context.clear_cookies().await.map_err(crashed)?;
        }
        let page = self.page(&context).await?;
        let live = self.on_page(&context, &page, captchas).await;
        self.leave(page, live.is_ok());
        let mut live = live?;
        if let Copied::Storage(storage) = &live.copy {
            self.keepsake = Some(Arc::clone(storage));
            // Before all else: if this server dies now, another goes on with it.
            self.share(live.generation, storage).await;
        }
        if self.setup.portal.session.clone == CloneMode::Profile {
            live.copy = self.copy_of_profile().await?;
        }
        Ok(live)
    }

    async fn on_page(
        &self,
        context: &Context,
        page: &Page,
        captchas: &mut u32,
    ) -> Result<Live, Fault> {
        let rules = &self.setup.portal.session;
        let began = Instant::now();
        let checked = check::check(&self.setup.portal, page).await?;
        let (generation, since) = if checked.is_known {
            let validated = SessionHappening::Validated {
                by: Validation::Start,
                round_trip_ms: ms(began.elapsed()),
            };
            let (generation, since) = self.register.known().await?;
            self.register.record(generation, validated).await;
            (generation, since.unwrap_or_else(|| self.register.now()))
        } else {
            // Where a portal sends those it does not know to its login, the check has opened that already.
            let is_open = checked.status < 400 && login::is_open(&self.setup.portal, page);
            let opened = is_open.then_some(began);
            let generation = self.log_in(context, page, opened, captchas).await?;
            (generation, self.register.now())
        };
        let origins = &self.setup.portal.origins;
        let storage = context
            .storage_state_with(origins, carried::parts(&rules.carries))
            .await;
        let now = Instant::now();
        let mut live = Live {
            generation,
            copy: Copied::Storage(Arc::new(storage.map_err(not_copied)?)),
            since,
            seen_at: self.register.now(),
            beat_at: rules.heartbeat.map(|every| now + every),
            renew_at: None,
        };
        live.renew_at = self.renewal_of(&live).await;
        Ok(live)
    }

    /// A copy of the profile for clones, made while its browser is stopped. The browser starts again when it is needed.
    async fn copy_of_profile(&mut self) -> Result<Copied, Fault> {
        self.close().await;
        self.copies += 1;
        let path = self.profile.source(&self.copies.to_string());
        let copied = copy_profile(self.profile.path(), &path).await;
        copied.map_err(|error| {
            Fault::Broke(Failure::new(FailureCode::Internal, error.to_string()))
        })?;
        Ok(Copied::Profile(Arc::new(ProfileSource { path })))
    }

    pub(super) async fn context(&mut self) -> Result<Context, Fault> {
        if let Some(master) = &self.master
            && master.browser.is_alive()
        {
            return Ok(master.context.clone());
        }
        self.close().await;
        if !self.mended && self.profile.mend().await.map_err(|error| disk(&error))? {
            let generation = Generation::default();
            self.register
                .record(generation, SessionHappening::Restored)
                .await;
        }
        self.mended = true;
        let profile = self.profile.path().to_owned();
        let executable = self.setup.executable.clone();
        let master = Master::start(&self.setup.portal, profile, executable).await?;
        let context = master.context.clone();
        self.master = Some(master);
        Ok(context)
    }

    async fn answers(&self) -> bool {
        match &self.master {
            Some(master) => {
                let asked = master.browser.answers(Deadline::after(ANSWER_LIMIT));
                asked.await
            }
            None => false,
        }
    }
}

/// What a time-out has to say.
const NO_SESSION: &str = "no session";
