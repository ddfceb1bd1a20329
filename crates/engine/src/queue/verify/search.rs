//! One search, in a clone of the account's session, like an attempt; but its gate never opens.

use std::{sync::Arc, time::Duration};

use formhand_domain::{Failure, Job, job::Sight};
use formhand_portal::{Flow, Portal, Verify, value::Scope};
use tokio::sync::watch;

use super::super::{
    Shop,
    clone::order,
    end::{End, stopped},
    evidence::{Seen, failure_words},
    shop::Account,
};
use crate::{
    browsers::Place,
    flow::{Run, RunSetup, Stop},
    session::{Lent, NoSession, NotLoggedIn},
    submit::{JobGate, JobWriter},
    takeover::Typed,
};

/// What the picture of a search is called.
const PICTURE: &str = "search";

/// One search for what a job may have filed.
pub(super) struct Search<'a> {
    pub(super) shop: &'a Shop,
    pub(super) account: &'a Account,
    pub(super) portal: &'a Arc<Portal>,
    pub(super) flow: &'a Flow,
    pub(super) verify: &'a Verify,
    pub(super) job: &'a Job,
}

impl Search<'_> {
    /// Searches, in a session that is brought back first if need be.
    pub(super) async fn look(&self) -> Sight {
        let lent = tokio::select! {
            biased;
            () = self.shop.draining.cancelled() => Err(NoSession::Closing),
            lent = self.account.keeper.lend() => lent,
        };
        let sight = match lent {
            Ok(lent) => self.with(&lent).await,
            Err(no_session) => self.no_session(no_session),
        };
        match sight {
            // What a page said may name the customer, and is shown in the job's history.
            Sight::Unclear(words) => {
                let allowed = failure_words(self.portal, self.flow, self.job);
                Sight::Unclear(allowed.redacted(&words, &Typed::default()))
            }
            sight => sight,
        }
    }

    fn no_session(&self, no_session: NoSession) -> Sight {
        match no_session {
            NoSession::Until(until, why) => Sight::NoSession(until, why),
            // Searches of this account wait until a person has helped.
            NoSession::Human(why) => Sight::NoSession(self.shop.clock.now(), why),
            NoSession::Closing => {
                Sight::NoSession(self.shop.clock.now(), "the server shuts down".to_owned())
            }
        }
    }

    async fn with(&self, lent: &Lent) -> Sight {
        // Nobody arms it: whatever the page sends that would file something is refused.
        let gate = JobGate::new(
            JobWriter {
                store: Arc::clone(&self.shop.store),
                clock: Arc::clone(&self.shop.clock),
                job: self.job.id,
                token: self.job.fence,
                words: Arc::default(),
                typed: Typed::default(),
                late: None,
            },
            self.shop.timing.margin,
        );
        let order = order(self.job.account_key(), self.portal, lent);
        let place = match self.shop.workers.place(order, Arc::new(gate)).await {
            Ok(place) => place,
            Err(stop) => return unclear(stop),
        };
        let sight = self.at(&place, lent).await;
        place.close().await;
        sight
    }

    async fn at(&self, place: &Place, lent: &Lent) -> Sight {
        if let Some(login) = &self.account.login
            && let Err(error) = login.log_in(&place.context, &place.page).await
        {
            return match error {
                NotLoggedIn::NoSession(no_session) => self.no_session(no_session),
                NotLoggedIn::Failed(failure) => Sight::Unclear(failure.message),
            };
        }
        let mut run = self.run(place);
        let searched = tokio::select! {
            biased;
            gone = place.browser.gone() => {
                return Sight::Unclear(format!("the browser died: {gone:?}"));
            }
            crash = place.page.crashed() => {
                return Sight::Unclear(format!("the page crashed: {crash:?}"));
            }
            () = self.shop.draining.cancelled() => return self.no_session(NoSession::Closing),
            () = tokio::time::sleep(LIMIT) => {
                return Sight::Unclear(format!("the search was not done within {LIMIT:?}"));
            }
            searched = run.search(self.verify) => searched,
        };
        match searched {
            Err(Stop::SessionGone) => {
                self.account.keeper.stale(lent.generation).await;
                Sight::Unclear("the session ended during the search".to_owned())
            }
            Err(stop) => {
                let log = match &stop {
                    Stop::Failed(failed) => failed.log.clone(),
                    _ => String::new(),
                };
                self.keep(place, &log).await;
                unclear(stop)
            }
            Ok(found) => {
                self.keep(place, "").await;
                found.map_or(
                    Sight::Nothing {
                        session: lent.generation,
                    },
                    Sight::Found,
                )
            }
        }
    }

    fn run(&self, place: &Place) -> Run {
        // Whether the session is over is asked of the page that does not answer; a search is short.
        let (_, over) = watch::channel(false);
        Run::new(RunSetup {
            portal: Arc::clone(self.portal),
            context: place.context.clone(),
            page: place.page.clone(),
            scope: Scope::for_record(self.job.record.clone()),
            step_timeout: self.shop.timing.step,
            desk: None,
            solver: None,
            codes: None,
            documents: None,
            session_over: Some(over),
            trace: None,
            hands: None,
            progress: Arc::new(|_| {}),
        })
    }

    /// The proof of what was seen.
    async fn keep(&self, place: &Place, log: &str) {
        let seen = Seen {
            shop: self.shop,
            job: self.job,
            flow: self.flow,
            page: &place.page,
            typed: &Typed::default(),
        };
        seen.keep_picture(PICTURE).await;
        seen.keep_log(log).await;
    }
}

/// Longer than any search of a portal that works.
pub(super) const LIMIT: Duration = Duration::from_mins(5);

fn unclear(stop: Stop) -> Sight {
    Sight::Unclear(match stopped(stop) {
        End::Failed(Failure { message, .. }) => message,
        _ => "the search was broken off".to_owned(),
    })
}
