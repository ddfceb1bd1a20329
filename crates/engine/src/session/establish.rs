//! Finds the session alive, or logs in.

use std::sync::Arc;

use formhand_browser::{Context, Page};
use formhand_domain::{
    Failure, FailureCode, Generation,
    account::{LoginResult, NeedsHuman, SessionState},
};

use super::{
    KeeperSetup, Lent, NoSession, check,
    login::{self, Tried},
    master::{Master, crashed},
    register::Register,
};
use crate::flow::Stop;

/// Owns the master's browser.
pub(super) struct Establisher {
    setup: KeeperSetup,
    register: Register,
    master: Option<Master>,
}

/// Why there is no session after a try.
enum Ended {
    /// It is known what that means, and saved.
    Known(NoSession),
    /// Something broke on the way.
    Broke(Stop),
}

impl From<Stop> for Ended {
    fn from(stop: Stop) -> Self {
        Self::Broke(stop)
    }
}

impl Establisher {
    pub(super) fn new(setup: KeeperSetup, register: Register) -> Self {
        Self {
            setup,
            register,
            master: None,
        }
    }

    /// A session that the portal has just shown to know.
    pub(super) async fn establish(&mut self) -> Result<Lent, NoSession> {
        match self.try_establish().await {
            Ok(lent) => {
                let now = self.register.now();
                let generation = lent.generation;
                let active = SessionState::Active {
                    generation,
                    since: now,
                    validated_at: now,
                };
                self.register.save(active).await;
                Ok(lent)
            }
            Err(Ended::Known(no_session)) => Err(no_session),
            Err(Ended::Broke(stop)) => {
                // A browser in an unknown condition is not kept for the next try.
                self.close().await;
                let failure = match stop {
                    Stop::Failed(failed) => failed.failure,
                    _ => Failure::new(FailureCode::LoginFailed, "the login did not end"),
                };
                Err(self.register.down(failure).await)
            }
        }
    }

    /// Closes the master's browser.
    pub(super) async fn close(&mut self) {
        if let Some(master) = self.master.take() {
            master.browser.close().await;
        }
    }

    async fn try_establish(&mut self) -> Result<Lent, Ended> {
        let context = self.context().await?;
        let page = context.page().await.map_err(crashed)?;
        let result = self.on_page(&context, &page).await;
        page.close().await;
        result
    }

    async fn context(&mut self) -> Result<Context, Stop> {
        if let Some(master) = &self.master
            && master.browser.is_alive()
        {
            return Ok(master.context.clone());
        }
        self.close().await;
        let profile = self.setup.profile.clone();
        let executable = self.setup.executable.clone();
        let master = Master::start(&self.setup.portal, profile, executable).await?;
        let context = master.context.clone();
        self.master = Some(master);
        Ok(context)
    }

    async fn on_page(&self, context: &Context, page: &Page) -> Result<Lent, Ended> {
        let generation = if check::logged_in(&self.setup.portal, page).await? {
            self.known_generation().await?
        } else {
            self.log_in(context, page).await?
        };
        let origins = &self.setup.portal.origins;
        let storage = context.storage_state(origins).await.map_err(crashed)?;
        Ok(Lent {
            generation,
            storage: Arc::new(storage),
        })
    }

    /// The generation of a session that outlived its server.
    async fn known_generation(&self) -> Result<Generation, Ended> {
        let saved = self
            .setup
            .store
            .session(&self.register.account)
            .await
            .map_err(|error| store_failed(&error))?;
        Ok(saved.map_or(Generation::default().next(), |saved| saved.generation))
    }

    /// Tries until logged in; only a captcha mistake is tried again.
    async fn log_in(&self, context: &Context, page: &Page) -> Result<Generation, Ended> {
        let tries = self.setup.portal.session.captcha_tries.max(1);
        let mut last = Failure::new(FailureCode::LoginFailed, "no login was tried");
        self.register
            .save(SessionState::LoggingIn {
                since: self.register.now(),
            })
            .await;
        for number in 1..=tries {
            match self.one_login(context, page, number).await? {
                Ok(generation) => return Ok(generation),
                Err((LoginResult::CaptchaWrong, failure)) => last = failure,
                Err((result, failure)) => return Err(self.ended(result, failure).await),
            }
        }
        Err(Ended::Known(self.register.down(last).await))
    }

    async fn one_login(
        &self,
        context: &Context,
        page: &Page,
        number: u32,
    ) -> Result<Result<Generation, (LoginResult, Failure)>, Ended> {
        let (setup, register) = (&self.setup, &self.register);
        let (account, credentials) = (&register.account, &register.credentials);
        let budget = setup.portal.session.budget;
        let begun = setup
            .store
            .begin_login(account, credentials, budget, register.now())
            .await;
        let ticket = match begun.map_err(|error| store_failed(&error))? {
            Ok(ticket) => ticket,
            Err(refusal) => return Err(Ended::Known(register.refused(refusal).await)),
        };
        let tried = login::attempt(
            &setup.portal,
            &setup.account,
            &setup.solver,
            context,
            page,
            setup.step_timeout,
        )
        .await;
        let result = match &tried {
            Tried::LoggedIn => LoginResult::Succeeded,
            Tried::Failed(result, _) => *result,
        };
        tracing::info!(%account, number, ?result, "login");
        let finished = setup
            .store
            .finish_login(account, ticket, result, register.now())
            .await;
        let saved = finished.map_err(|error| store_failed(&error))?;
        Ok(match tried {
            Tried::LoggedIn => Ok(saved.generation),
            Tried::Failed(result, failure) => Err((result, failure)),
        })
    }

    async fn ended(&self, result: LoginResult, failure: Failure) -> Ended {
        let reason = match result {
            LoginResult::BadCredentials => NeedsHuman::BadCredentials,
            LoginResult::Locked => NeedsHuman::Locked,
            LoginResult::HumanNeeded => NeedsHuman::Demand,
            LoginResult::Succeeded | LoginResult::CaptchaWrong | LoginResult::Failed => {
                return Ended::Broke(failure.into());
            }
        };
        Ended::Known(self.register.human(reason, failure.message).await)
    }
}

fn store_failed(error: &formhand_store::StoreError) -> Ended {
    Ended::Broke(Stop::failed(FailureCode::Internal, error.to_string()))
}
