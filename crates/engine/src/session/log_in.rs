//! A login, with the tries that a captcha may take, each counted in the store before it is made.

use formhand_browser::{Context, Page};
use formhand_domain::{
    Failure, Generation,
    account::{LoginResult, NeedsHuman, SessionHappening},
};
use tokio::time::Instant;

use super::{
    Fault,
    establish::Establisher,
    held::ms,
    login::{self, Tried},
};

/// What one try came to.
type Try = Result<Generation, (LoginResult, Failure)>;

impl Establisher {
    /// Tries until logged in; only a captcha mistake is tried again, as long as `captchas` lasts. `opened` says when the
    /// page began to open the login, if that is what it shows; no try after the first finds it fresh.
    pub(super) async fn log_in(
        &self,
        context: &Context,
        page: &Page,
        opened: Option<Instant>,
        captchas: &mut u32,
    ) -> Result<Generation, Fault> {
        let began = opened.unwrap_or_else(Instant::now);
        let mut count = 0;
        loop {
            count += 1;
            let is_open = opened.is_some() && count == 1;
            let tried = self.one_login(context, page, is_open).await?;
            let duration_ms = ms(began.elapsed());
            match tried {
                Ok(generation) => {
                    let logged_in = SessionHappening::LoggedIn {
                        duration_ms,
                        tries: count,
                    };
                    self.register.record(generation, logged_in).await;
                    return Ok(generation);
                }
                Err((LoginResult::CaptchaWrong, failure)) => {
                    *captchas = captchas.saturating_sub(1);
                    if *captchas == 0 {
                        return Err(self
                            .failed(LoginResult::CaptchaWrong, failure, duration_ms)
                            .await);
                    }
                }
                Err((result, failure)) => {
                    return Err(self.failed(result, failure, duration_ms).await);
                }
            }
        }
    }

    async fn one_login(&self, context: &Context, page: &Page, is_open: bool) -> Result<Try, Fault> {
        let (setup, register) = (&self.setup, &self.register);
        let (account, credentials) = (&register.account, &register.credentials);
        let budget = setup.portal.session.budget;
        let begun = setup
            .store
            .begin_login(
                account,
                register.pen.token(),
                credentials,
                budget,
                register.now(),
            )
            .await;
        let ticket = match begun.map_err(|error| register.failed(&error))? {
            Ok(ticket) => ticket,
            Err(refusal) => return Err(register.refused(refusal).await),
        };
        let tried = login::attempt(setup, context, page, is_open).await;
        let result = match &tried {
            Tried::LoggedIn => LoginResult::Succeeded,
            Tried::Failed(result, _) => *result,
        };
        tracing::info!(%account, ?result, "login");
        let finished = register.finish_login(ticket, result).await;
        let saved = finished.map_err(|error| register.failed(&error))?;
        Ok(match tried {
            Tried::LoggedIn => Ok(saved.generation),
            Tried::Failed(result, failure) => Err((result, failure)),
        })
    }

    async fn failed(&self, result: LoginResult, failure: Failure, duration_ms: u64) -> Fault {
        let generation = self
            .register
            .known()
            .await
            .map_or_else(|_| Generation::default(), |known| known.0);
        let failed = SessionHappening::LoginFailed {
            result,
            duration_ms,
        };
        self.register.record(generation, failed).await;
        let reason = match result {
            LoginResult::BadCredentials => NeedsHuman::BadCredentials,
            LoginResult::Locked => NeedsHuman::Locked,
            LoginResult::HumanNeeded => NeedsHuman::Demand,
            LoginResult::CaptchaWrong => return Fault::Hopeless(failure),
            LoginResult::Succeeded | LoginResult::Failed => {
                return crate::flow::Stop::from(failure).into();
            }
        };
        self.register.human(reason, failure.message).await
    }
}
