//! The page of one job, between the person who wants it and the steps that have it.

use std::sync::{Mutex, MutexGuard, PoisonError};

use formhand_browser::{Context, Refused};
use jiff::Timestamp;
use tokio::sync::{Notify, mpsc, oneshot};

use super::{Act, Held, HowToEnd, TakeOverRefused, TakeOverState};

/// The page of one job.
#[derive(Default)]
pub(super) struct Room {
    stage: Mutex<Stage>,
    /// Somebody asked.
    asked: Notify,
}

/// Who has the page.
#[derive(Default)]
pub(super) enum Stage {
    /// The steps, and nobody has asked.
    #[default]
    Working,
    /// The steps; this person has asked.
    Asked(Asked),
    /// Nobody: a step failed, and waits for a person.
    Waiting {
        step: String,
        failure: String,
        until: Timestamp,
    },
    /// A person.
    Held(Box<Holding>),
    /// The steps, for good.
    TooLate,
}

/// Who has asked.
#[derive(Clone)]
pub(super) struct Asked {
    pub(super) by: String,
    at: Timestamp,
}

/// A page that a person has.
pub(super) struct Holding {
    pub(super) held: Held,
    pub(super) orders: mpsc::Sender<Order>,
    /// Where requests are refused.
    pub(super) context: Context,
    /// How many were before.
    pub(super) refused_before: usize,
}

/// What the person who has the page says.
pub(super) enum Order {
    Act(Act, oneshot::Sender<Result<(), TakeOverRefused>>),
    End(HowToEnd, oneshot::Sender<Result<(), TakeOverRefused>>),
}

impl Room {
    pub(super) fn stage(&self) -> MutexGuard<'_, Stage> {
        self.stage.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks for the page.
    pub(super) fn ask(&self, by: &str, at: Timestamp) -> Result<(), TakeOverRefused> {
        let mut stage = self.stage();
        let holder = match &*stage {
            Stage::TooLate => return Err(TakeOverRefused::TooLate),
            Stage::Asked(asked) => &asked.by,
            Stage::Held(holding) => &holding.held.by,
            Stage::Working | Stage::Waiting { .. } => {
                let by = by.to_owned();
                *stage = Stage::Asked(Asked { by, at });
                self.asked.notify_one();
                return Ok(());
            }
        };
        if holder == by {
            return Ok(());
        }
        Err(TakeOverRefused::Others { by: holder.clone() })
    }

    /// Takes back what was asked, before the steps have halted. False if they have, or it was another's wish.
    pub(super) fn withdraw(&self, by: &str) -> bool {
        let mut stage = self.stage();
        let is_theirs = matches!(&*stage, Stage::Asked(asked) if asked.by == by);
        if is_theirs {
            *stage = Stage::Working;
        }
        is_theirs
    }

    /// Where the person who has the page says what to do.
    pub(super) fn orders(&self, by: &str) -> Result<mpsc::Sender<Order>, TakeOverRefused> {
        match &*self.stage() {
            Stage::Held(holding) if holding.held.by == by => Ok(holding.orders.clone()),
            Stage::Held(holding) => Err(TakeOverRefused::Others {
                by: holding.held.by.clone(),
            }),
            Stage::TooLate => Err(TakeOverRefused::TooLate),
            _ => Err(TakeOverRefused::NotYours),
        }
    }

    /// Who has asked, if somebody has.
    pub(super) fn who_asks(&self) -> Option<Asked> {
        match &*self.stage() {
            Stage::Asked(asked) => Some(asked.clone()),
            _ => None,
        }
    }

    /// Resolves when somebody has asked.
    pub(super) async fn is_asked(&self) -> Asked {
        loop {
            if let Some(asked) = self.who_asks() {
                return asked;
            }
            self.asked.notified().await;
        }
    }

    /// What is seen of it.
    pub(super) fn view(&self) -> TakeOverState {
        match &*self.stage() {
            Stage::Working => TakeOverState::Free,
            Stage::Asked(asked) => TakeOverState::Asked {
                by: asked.by.clone(),
                at: asked.at,
            },
            Stage::Waiting {
                step,
                failure,
                until,
            } => TakeOverState::Waiting {
                step: step.clone(),
                failure: failure.clone(),
                until: *until,
            },
            Stage::Held(holding) => TakeOverState::Held(Held {
                refused: holding.refused().map(|one| words(&one)).collect(),
                ..holding.held.clone()
            }),
            Stage::TooLate => TakeOverState::TooLate,
        }
    }
}

/// A page could be refused things all the time.
const MOST_SHOWN: usize = 20;

impl Holding {
    /// What was refused since the person has the page, the newest ones.
    fn refused(&self) -> impl Iterator<Item = Refused> {
        let all = self.context.refused();
        let first = self
            .refused_before
            .max(all.len().saturating_sub(MOST_SHOWN));
        all.into_iter().skip(first)
    }
}

/// A refusal in words. Of its address only where it goes: the rest may hold what was typed.
fn words(refused: &Refused) -> String {
    let url = url::Url::parse(&refused.request.url).ok();
    let origin = url.map_or_else(
        || "nowhere".to_owned(),
        |url| url.origin().ascii_serialization(),
    );
    if refused.request.pattern.is_empty() {
        return format!("a page of {origin} was not opened: {}", refused.reason);
    }
    "the request that files the form was stopped: nothing was filed. The form is submitted by the steps alone, once they \
     have compared it with the record"
        .to_owned()
}
