//! The actor that owns the master session of one account.
//!
//! One loop owns the state, so that a login never runs twice: whoever asks while one is under way waits in the
//! mailbox and is answered from its result.

use std::{path::PathBuf, sync::Arc, time::Duration};

use formhand_browser::StorageState;
use formhand_domain::{
    Clock, Failure, FailureCode, Generation,
    account::{BudgetRefusal, LoginResult, NeedsHuman, SessionState},
};
use formhand_portal::Portal;
use formhand_store::{Change, Store};
use jiff::{SignedDuration, Timestamp};
use tokio::sync::{mpsc, oneshot, watch};

use super::{
    Availability, Lent, NoSession, check,
    login::{self, Tried},
    master::Master,
};
use crate::{captcha::Solver, flow::Stop, setup::AccountSetup};

/// What a keeper needs.
pub(crate) struct KeeperSetup {
    pub(crate) portal: Arc<Portal>,
    pub(crate) account: AccountSetup,
    pub(crate) solver: Arc<dyn Solver>,
    pub(crate) store: Arc<dyn Store>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) profile: PathBuf,
    pub(crate) executable: Option<PathBuf>,
    pub(crate) step_timeout: Duration,
    pub(crate) rest: SignedDuration,
}

/// A handle on the actor.
#[derive(Clone)]
pub(crate) struct Keeper {
    asks: mpsc::Sender<Ask>,
    availability: watch::Receiver<Availability>,
}

enum Ask {
    Lend(oneshot::Sender<Result<Lent, NoSession>>),
    Stale(Generation),
    Close(oneshot::Sender<()>),
}

/// More callers than this wait at the mailbox's door; nothing is lost.
const MAILBOX: usize = 64;

impl Keeper {
    /// Starts the actor. It does nothing before the first job needs a session.
    pub(crate) fn start(setup: KeeperSetup) -> Self {
        let (asks, mailbox) = mpsc::channel(MAILBOX);
        let (status, availability) = watch::channel(Availability::Ready);
        let actor = Actor {
            setup,
            status,
            master: None,
            held: Held::Cold,
        };
        tokio::spawn(actor.run(mailbox));
        Self { asks, availability }
    }

    /// A copy of the session, after a login if one is needed.
    pub(crate) async fn lend(&self) -> Result<Lent, NoSession> {
        let (reply, answer) = oneshot::channel();
        self.asks
            .send(Ask::Lend(reply))
            .await
            .map_err(|_| NoSession::Closing)?;
        answer.await.unwrap_or(Err(NoSession::Closing))
    }

    /// Says that a copy of this generation is no longer known to the portal.
    pub(crate) async fn stale(&self, generation: Generation) {
        // A keeper that is gone lends nothing any more, so there is nothing to mend.
        let _ = self.asks.send(Ask::Stale(generation)).await;
    }

    /// Closes the master's browser.
    pub(crate) async fn close(&self) {
        let (reply, closed) = oneshot::channel();
        if self.asks.send(Ask::Close(reply)).await.is_ok() {
            let _ = closed.await;
        }
    }

    /// Whether jobs of the account may be claimed.
    pub(crate) fn availability(&self) -> watch::Receiver<Availability> {
        self.availability.clone()
    }
}

/// What the actor holds.
enum Held {
    Cold,
    Active(Lent),
    Down { until: Timestamp, reason: String },
    NeedsHuman(String),
}

struct Actor {
    setup: KeeperSetup,
    status: watch::Sender<Availability>,
    master: Option<Master>,
    held: Held,
}

impl Actor {
    async fn run(mut self, mut mailbox: mpsc::Receiver<Ask>) {
        let mut changes = self.setup.store.changes();
        loop {
            tokio::select! {
                ask = mailbox.recv() => match ask {
                    Some(Ask::Lend(reply)) => {
                        let answer = self.lend().await;
                        // The asker may have given up; the session is kept for the next one.
                        let _ = reply.send(answer);
                    }
                    Some(Ask::Stale(generation)) => self.stale(generation).await,
                    Some(Ask::Close(reply)) => {
                        self.stop_master().await;
                        let _ = reply.send(());
                        return;
                    }
                    None => {
                        self.stop_master().await;
                        return;
                    }
                },
                change = changes.recv() => {
                    if matches!(change, Ok(Change::Session)) && self.was_forgiven().await {
                        self.hold(Held::Cold);
                    }
                }
            }
        }
    }

    async fn was_forgiven(&self) -> bool {
        if !matches!(self.held, Held::NeedsHuman(_)) {
            return false;
        }
        let saved = self.setup.store.session(&self.setup.account.key).await;
        !matches!(saved, Ok(Some(saved)) if matches!(saved.state, SessionState::NeedsHuman { .. }))
    }

    fn hold(&mut self, held: Held) {
        self.status.send_replace(match &held {
            Held::Cold | Held::Active(_) => Availability::Ready,
            Held::Down { until, .. } => Availability::NotBefore(*until),
            Held::NeedsHuman(_) => Availability::NeedsHuman,
        });
        self.held = held;
    }

    async fn lend(&mut self) -> Result<Lent, NoSession> {
        match &self.held {
            Held::Active(lent) => return Ok(lent.clone()),
            Held::Down { until, reason } if *until > self.setup.clock.now() => {
                return Err(NoSession::Until(*until, reason.clone()));
            }
            Held::NeedsHuman(reason) => return Err(NoSession::Human(reason.clone())),
            Held::Cold | Held::Down { .. } => {}
        }
        match self.establish().await {
            Ok(lent) => {
                self.hold(Held::Active(lent.clone()));
                Ok(lent)
            }
            Err(no_session) => {
                match &no_session {
                    NoSession::Until(until, reason) => {
                        self.hold(Held::Down {
                            until: *until,
                            reason: reason.clone(),
                        });
                    }
                    NoSession::Human(reason) => self.hold(Held::NeedsHuman(reason.clone())),
                    NoSession::Closing => {}
                }
                Err(no_session)
            }
        }
    }

    /// An older generation is old news: its reporter just gets the present one.
    async fn stale(&mut self, generation: Generation) {
        let present = match &self.held {
            Held::Active(lent) => lent.generation,
            _ => return,
        };
        if present == generation {
            tracing::info!(account = %self.setup.account.key, generation = generation.0, "the session is over");
            self.hold(Held::Cold);
            self.save(SessionState::Cold).await;
        }
    }

    /// Finds the session alive, or logs in.
    async fn establish(&mut self) -> Result<Lent, NoSession> {
        match self.try_establish().await {
            Ok(lent) => {
                let now = self.setup.clock.now();
                let generation = lent.generation;
                self.save(SessionState::Active {
                    generation,
                    since: now,
                    validated_at: now,
                })
                .await;
                Ok(lent)
            }
            Err(Ended::No(no_session)) => Err(no_session),
            Err(Ended::Stop(stop)) => {
                // A browser in an unknown condition is not kept for the next try.
                self.stop_master().await;
                let failure = match stop {
                    Stop::Failed(failed) => failed.failure,
                    _ => Failure::new(FailureCode::LoginFailed, "the login did not end"),
                };
                Err(self.down(failure).await)
            }
        }
    }

    async fn try_establish(&mut self) -> Result<Lent, Ended> {
        if self
            .master
            .as_ref()
            .is_none_or(|master| !master.browser.is_alive())
        {
            self.stop_master().await;
            let profile = self.setup.profile.clone();
            let executable = self.setup.executable.clone();
            self.master = Some(Master::start(&self.setup.portal, profile, executable).await?);
        }
        let Some(master) = &self.master else {
            return Err(Ended::Stop(super::master::crashed(
                "the master's browser is not there",
            )));
        };
        let context = master.context.clone();
        let page = context.page().await.map_err(super::master::crashed)?;
        let result = async {
            let generation = if check::logged_in(&self.setup.portal, &page).await? {
                self.known_generation().await?
            } else {
                self.log_in(&context, &page).await?
            };
            let storage = context
                .storage_state(&self.setup.portal.origins)
                .await
                .map_err(super::master::crashed)?;
            Ok(lent(generation, storage))
        }
        .await;
        page.close().await;
        result
    }

    /// The generation of a session that outlived its server.
    async fn known_generation(&self) -> Result<Generation, Ended> {
        let saved = self
            .setup
            .store
            .session(&self.setup.account.key)
            .await
            .map_err(store_failed)?;
        Ok(saved.map_or(Generation::default().next(), |saved| saved.generation))
    }

    async fn log_in(
        &self,
        context: &formhand_browser::Context,
        page: &formhand_browser::Page,
    ) -> Result<Generation, Ended> {
        let setup = &self.setup;
        let key = &setup.account.key;
        let credentials = self.credentials();
        let tries = setup.portal.session.captcha_tries.max(1);
        let mut last = Failure::new(FailureCode::LoginFailed, "no login was tried");
        self.save(SessionState::LoggingIn {
            since: setup.clock.now(),
        })
        .await;
        for number in 1..=tries {
            let budget = setup.portal.session.budget;
            let now = setup.clock.now();
            let ticket = match setup
                .store
                .begin_login(key, &credentials, budget, now)
                .await
            {
                Ok(Ok(ticket)) => ticket,
                Ok(Err(refusal)) => return Err(Ended::No(self.refused(refusal).await)),
                Err(error) => return Err(store_failed(error)),
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
            tracing::info!(account = %key, number, ?result, "login");
            let saved = setup
                .store
                .finish_login(key, ticket, result, setup.clock.now())
                .await
                .map_err(store_failed)?;
            let failure = match tried {
                Tried::LoggedIn => return Ok(saved.generation),
                Tried::Failed(_, failure) => failure,
            };
            match result {
                LoginResult::CaptchaWrong => last = failure,
                LoginResult::BadCredentials => {
                    return Err(Ended::No(
                        self.human(NeedsHuman::BadCredentials, failure.message)
                            .await,
                    ));
                }
                LoginResult::Locked => {
                    return Err(Ended::No(
                        self.human(NeedsHuman::Locked, failure.message).await,
                    ));
                }
                LoginResult::HumanNeeded => {
                    return Err(Ended::No(
                        self.human(NeedsHuman::Demand, failure.message).await,
                    ));
                }
                LoginResult::Succeeded | LoginResult::Failed => {
                    return Err(Ended::Stop(failure.into()));
                }
            }
        }
        Err(Ended::No(self.down(last).await))
    }

    async fn refused(&self, refusal: BudgetRefusal) -> NoSession {
        let words = refusal.to_string();
        match refusal {
            BudgetRefusal::RefusedBefore { .. } => {
                self.human(NeedsHuman::BadCredentials, words).await
            }
            BudgetRefusal::PersonAsked { .. } => self.human(NeedsHuman::Demand, words).await,
            BudgetRefusal::Spent { until, .. } => {
                self.save(SessionState::Down {
                    until,
                    reason: words.clone(),
                })
                .await;
                NoSession::Until(until, words)
            }
        }
    }

    async fn human(&self, reason: NeedsHuman, message: String) -> NoSession {
        tracing::error!(account = %self.setup.account.key, ?reason, "the account needs a person");
        let credentials = self.credentials();
        self.save(SessionState::NeedsHuman {
            reason,
            message: message.clone(),
            credentials,
        })
        .await;
        NoSession::Human(message)
    }

    async fn down(&self, failure: Failure) -> NoSession {
        let now = self.setup.clock.now();
        let until = now
            .saturating_add(self.setup.rest)
            .unwrap_or(Timestamp::MAX);
        tracing::warn!(account = %self.setup.account.key, code = %failure.code, %until, "no session");
        self.save(SessionState::Down {
            until,
            reason: failure.message.clone(),
        })
        .await;
        NoSession::Until(until, failure.message)
    }

    async fn save(&self, state: SessionState) {
        let saved = self
            .setup
            .store
            .save_session(&self.setup.account.key, state, self.setup.clock.now())
            .await;
        if let Err(error) = saved {
            // What is saved is for people to see; the session itself does not depend on it.
            tracing::warn!(account = %self.setup.account.key, %error, "the session's state was not saved");
        }
    }

    fn credentials(&self) -> String {
        let account = &self.setup.account;
        account
            .password
            .fingerprint(&format!("{}\n{}", account.key, account.user))
    }

    async fn stop_master(&mut self) {
        if let Some(master) = self.master.take() {
            master.browser.close().await;
        }
    }
}

/// Why there is no session after a try.
enum Ended {
    No(NoSession),
    Stop(Stop),
}

impl From<Stop> for Ended {
    fn from(stop: Stop) -> Self {
        Self::Stop(stop)
    }
}

fn store_failed(error: formhand_store::StoreError) -> Ended {
    Ended::Stop(Stop::failed(FailureCode::Internal, error.to_string()))
}

fn lent(generation: Generation, storage: StorageState) -> Lent {
    Lent {
        generation,
        storage: Arc::new(storage),
    }
}
