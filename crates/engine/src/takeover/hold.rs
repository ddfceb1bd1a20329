//! One take-over, from the halt of the steps to the hand-back.

use std::time::Duration;

use formhand_browser::Page;
use formhand_domain::{Acts, Failure, HandBack, JobEvent, Writer};
use tokio::{
    sync::mpsc,
    time::{Instant, sleep_until},
};

use super::{
    Act, Hands, Held, HowToEnd, TakeOverRefused,
    patience::Pause,
    room::{Asked, Holding, Order, Stage},
};
use crate::submit::WriteError;

/// What follows on a take-over.
pub(crate) enum Handed {
    /// The steps go on.
    GoOn,
    /// The step that failed is tried again.
    TryAgain,
    /// Nobody helped with the failure: it stands.
    Nobody,
    /// The page was left, and not as it was: the attempt is given back, unspent.
    Left,
    /// The attempt ends, unspent, and people see to the job.
    GivenUp(GivenUp),
}

/// What a person said who gave up.
#[derive(Debug, Clone)]
pub(crate) struct GivenUp {
    pub(crate) by: String,
    pub(crate) acts: Acts,
    pub(crate) reason: String,
}

/// How the waiting for orders ended.
enum Ended {
    Said(HowToEnd),
    Idle,
    TooLong,
}

impl Hands {
    /// Halts the steps until the page is handed back. Dropped, it ends at once.
    pub(super) async fn hold(
        &self,
        asked: Asked,
        page: &Page,
        step: &str,
        failure: Option<&Failure>,
    ) -> Result<Handed, WriteError> {
        let by = asked.by;
        let pause = self.patience.pause();
        let (job, token) = (self.writer.job, self.writer.token);
        let writer = Writer::Person { name: by.clone() };
        let recorded = self.writer.write_as(writer, JobEvent::TakeOver { token });
        if let Err(error) = recorded.await {
            *self.entry.room.stage() = Stage::Working;
            return match error {
                WriteError::LeaseLost(_) => Err(error),
                error => {
                    tracing::warn!(%job, %error, "a take-over was not recorded, so the steps go on");
                    Ok(failure.map_or(Handed::GoOn, |_| Handed::Nobody))
                }
            };
        }
        *self.open() = Some(Acts::default());
        tracing::info!(%job, step, caller = by, "a person has taken the page over");
        let (orders, said) = mpsc::channel(1);
        let whole = Instant::now() + self.timing.whole;
        let holding = Holding {
            held: Held {
                by: by.clone(),
                since: self.writer.clock.now(),
                idle_ends_at: self.until(self.timing.idle.min(self.timing.whole)),
                ends_at: self.until(self.timing.whole),
                step: step.to_owned(),
                failure: failure.map(|failure| self.words(failure)),
                act_count: 0,
                refused: Vec::new(),
            },
            orders,
            context: self.context.clone(),
            refused_before: self.context.refused().len(),
        };
        let hold = Hold::begin(self, holding, page, pause);
        let ended = hold.wait(said, whole, failure.is_some()).await;
        let acts = hold.acts();
        drop(hold);
        Ok(self.handed(ended, acts, by, failure.is_some()).await)
    }

    async fn handed(&self, ended: Ended, acts: Acts, by: String, has_failed: bool) -> Handed {
        let (how, said_by) = match &ended {
            Ended::Said(HowToEnd::GiveUp { reason }) => {
                // Recorded once the context is closed, as the end of the attempt.
                *self.open() = None;
                let reason = reason.clone();
                return Handed::GivenUp(GivenUp { by, acts, reason });
            }
            Ended::Said(HowToEnd::GoOn) => (HandBack::GoOn, Some(by.as_str())),
            Ended::Said(HowToEnd::TryAgain) => (HandBack::TryAgain, Some(by.as_str())),
            Ended::Idle => (HandBack::Idle, None),
            Ended::TooLong => (HandBack::TooLong, None),
        };
        self.record(acts, how, said_by).await;
        *self.open() = None;
        tracing::info!(job = %self.writer.job, acts = acts.count, ?how, "the page is handed back");
        match how {
            HandBack::GoOn => Handed::GoOn,
            HandBack::TryAgain => Handed::TryAgain,
            _ if has_failed => Handed::Nobody,
            // Nobody says that the page is as the steps need it, unless it was not touched.
            _ if acts.count == 0 => Handed::GoOn,
            _ => Handed::Left,
        }
    }
}

/// While it lives, a person has the page.
struct Hold<'a> {
    hands: &'a Hands,
    page: &'a Page,
    refused_before: usize,
    _pause: Pause,
}

impl<'a> Hold<'a> {
    fn begin(hands: &'a Hands, holding: Holding, page: &'a Page, pause: Pause) -> Self {
        let refused_before = holding.refused_before;
        hands.gate.lend();
        hands.sight.turn_to(hands.writer.job, page);
        *hands.entry.room.stage() = Stage::Held(Box::new(holding));
        Self {
            hands,
            page,
            refused_before,
            _pause: pause,
        }
    }

    /// Does what the person says, until the page is handed back or the time is over.
    async fn wait(
        &self,
        mut said: mpsc::Receiver<Order>,
        whole: Instant,
        has_failed: bool,
    ) -> Ended {
        let mut idle = self.idle_from_now(whole);
        loop {
            tokio::select! {
                biased;
                () = sleep_until(whole) => return Ended::TooLong,
                () = sleep_until(idle) => return Ended::Idle,
                Some(order) = said.recv() => {
                    (self.hands.moved)();
                    match order {
                        Order::Act(act, told) => {
                            // Whoever asked may have gone; it is done all the same.
                            let _ = told.send(self.act(act).await);
                        }
                        Order::End(how, told) => match fits(&how, has_failed) {
                            Ok(()) => {
                                let _ = told.send(Ok(()));
                                return Ended::Said(how);
                            }
                            Err(refused) => drop(told.send(Err(refused))),
                        },
                    }
                    idle = self.idle_from_now(whole);
                }
            }
        }
    }

    async fn act(&self, act: Act) -> Result<(), TakeOverRefused> {
        let hands = self.hands;
        match &act {
            Act::Text(text) => hands.writer.typed.add(text),
            _ => hands.writer.typed.close(),
        }
        // Counted before: what is cut off may have taken effect.
        if let Some(acts) = hands.open().as_mut() {
            acts.count += 1;
        }
        let done = act.perform(self.page).await;
        hands.sight.is_old(hands.writer.job);
        if let Some(acts) = hands.open().as_mut() {
            acts.refused_count = self.refused_count();
        }
        done.map_err(|error| TakeOverRefused::NotDone(hands.writer.blank(&error.to_string())))
    }

    /// When nothing more was done for too long, and tells the person.
    fn idle_from_now(&self, whole: Instant) -> Instant {
        let timing = &self.hands.timing;
        let end = whole.min(Instant::now() + timing.idle);
        let left: Duration = end.saturating_duration_since(Instant::now());
        if let Stage::Held(holding) = &mut *self.hands.entry.room.stage() {
            holding.held.idle_ends_at = self.hands.until(left);
            holding.held.act_count = self.hands.open().map_or(0, |acts| acts.count);
        }
        end
    }

    fn refused_count(&self) -> u32 {
        let count = self.hands.context.refused().len() - self.refused_before;
        u32::try_from(count).unwrap_or(u32::MAX)
    }

    fn acts(&self) -> Acts {
        Acts {
            refused_count: self.refused_count(),
            ..self.hands.open().unwrap_or_default()
        }
    }
}

impl Drop for Hold<'_> {
    fn drop(&mut self) {
        *self.hands.entry.room.stage() = Stage::Working;
        self.hands.gate.take_back();
        if let Some(acts) = self.hands.open().as_mut() {
            acts.refused_count = self.refused_count();
        }
    }
}

/// Whether the page can be handed back so.
fn fits(how: &HowToEnd, has_failed: bool) -> Result<(), TakeOverRefused> {
    match how {
        HowToEnd::GoOn if has_failed => Err(TakeOverRefused::StepFailed),
        HowToEnd::TryAgain if !has_failed => Err(TakeOverRefused::NothingFailed),
        _ => Ok(()),
    }
}
