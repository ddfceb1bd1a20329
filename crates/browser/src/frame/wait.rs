//! `Frame::first_of`: the first of several conditions, over navigations, without polling.
//!
//! Elements are watched by one script in the page, addresses and answers by the event loop. When one of the latter
//! changes, the script is told to stop and a new one starts with the new facts.

use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};

use super::condition::{Condition, Hit, Outside};
use super::error::WaitError;
use super::handle::Frame;
use super::script::ScriptError;
use crate::action::CallLog;
use crate::deadline::Deadline;

/// A page that is worked on changes hundreds of times a second, and each look costs it a layout. What is watched for
/// beside the work (the end of a session) is still seen within this time.
const WATCH_EVERY: Duration = Duration::from_millis(25);

/// What the script says.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case", tag = "is")]
enum Seen {
    Hit {
        index: usize,
        text: Option<String>,
    },
    TimedOut {
        states: Vec<String>,
        log: Vec<String>,
    },
    Ambiguous {
        index: usize,
        count: usize,
    },
    Disagree {
        index: usize,
    },
    Invalid {
        what: String,
    },
    Cancelled,
}

impl Frame {
    /// Waits for the first of several conditions; of those that are true at the same moment, the first in the list.
    pub async fn first_of(
        &self,
        conditions: &[Condition],
        deadline: Deadline,
    ) -> Result<Hit, WaitError> {
        let waiting = Box::pin(self.first_of_seen(conditions, deadline, Duration::ZERO));
        self.shared().drawing(waiting).await
    }

    /// The same, beside other work in the page: it looks less often and makes nothing draw, so that it is not felt
    /// there.
    pub async fn watch_for(
        &self,
        conditions: &[Condition],
        deadline: Deadline,
    ) -> Result<Hit, WaitError> {
        self.first_of_seen(conditions, deadline, WATCH_EVERY).await
    }

    async fn first_of_seen(
        &self,
        conditions: &[Condition],
        deadline: Deadline,
        calm: Duration,
    ) -> Result<Hit, WaitError> {
        let calm_ms = u64::try_from(calm.as_millis()).unwrap_or(u64::MAX);
        self.watch_responses(conditions).await?;
        let mut changed = self.shared().changed.subscribe();
        let mut call_log = CallLog::default();
        loop {
            changed.borrow_and_update();
            if let Some(index) = self.decided(conditions) {
                return Ok(Hit { index, text: None });
            }
            let facts = self.facts(conditions);
            let token = self.page.browser.next_token();
            let limit_ms = deadline.remaining_ms();
            let arguments = vec![facts.clone(), json!(limit_ms), json!(token), json!(calm_ms)];
            let script = self.script_beside("firstOf", arguments, deadline);
            let mut script = std::pin::pin!(script);
            let seen = loop {
                tokio::select! {
                    seen = &mut script => break Some(seen),
                    _ = changed.changed() => {
                        let changed = self.facts(conditions) != facts
                            || self.decided(conditions).is_some();
                        if changed || self.shared().is_closed() {
                            break None;
                        }
                    }
                }
            };
            match seen {
                None => self.cancel(&token),
                Some(Ok(value)) => match read(value)? {
                    Seen::Hit { index, text } => return Ok(Hit { index, text }),
                    Seen::TimedOut { states, log } => {
                        call_log.extend(log);
                        return Err(timed_out(conditions, &states.join("; "), call_log));
                    }
                    Seen::Ambiguous { index, count } => {
                        return Err(WaitError::Ambiguous { index, count });
                    }
                    Seen::Disagree { index } => return Err(WaitError::Disagree { index }),
                    Seen::Invalid { what } => return Err(WaitError::Invalid { what }),
                    Seen::Cancelled => {}
                },
                Some(Err(ScriptError::ContextLost)) => {
                    call_log.add("the page navigated");
                    self.is_there(deadline).await.ok_or(WaitError::Closed)?;
                }
                Some(Err(ScriptError::Hung)) => {
                    return Err(timed_out(conditions, "the page does not answer", call_log));
                }
                Some(Err(ScriptError::Threw(what))) => return Err(WaitError::Invalid { what }),
                Some(Err(ScriptError::Page(error))) => return Err(error.into()),
            }
            if deadline.has_passed() {
                return Err(timed_out(conditions, "the page is navigating", call_log));
            }
        }
    }

    /// Waits until the frame is there; nothing when it is gone for good.
    pub(crate) async fn is_there(&self, deadline: Deadline) -> Option<()> {
        let there = self.shared().until(deadline, |state| {
            (state.ended.is_some() || state.frames.contains_key(&self.id))
                .then(|| state.ended.is_none())
        });
        there.await.unwrap_or(true).then_some(())
    }

    pub(super) fn facts(&self, conditions: &[Condition]) -> Value {
        self.with_outside(|outside| {
            conditions
                .iter()
                .map(|condition| condition.to_script(outside))
                .collect()
        })
    }

    /// The first condition that holds, if that can be said without a look into the page. While another document is on
    /// its way no look is possible: those that need one are passed over then.
    fn decided(&self, conditions: &[Condition]) -> Option<usize> {
        let is_leaving = self.shared().state().is_leaving(&self.id);
        self.with_outside(|outside| {
            for (index, condition) in conditions.iter().enumerate() {
                match condition.known(outside) {
                    Some(true) => return Some(index),
                    None if !is_leaving => return None,
                    Some(false) | None => {}
                }
            }
            None
        })
    }

    fn with_outside<T>(&self, look: impl FnOnce(&Outside<'_>) -> T) -> T {
        let state = self.shared().state();
        let url = state.frames.get(&self.id).map(|frame| frame.url.clone());
        let seen = state.responses.iter();
        let responses: Vec<_> = seen.map(|seen| (seen.url.clone(), seen.status)).collect();
        drop(state);
        look(&Outside {
            url: url.as_deref().unwrap_or_default(),
            responses: &responses,
        })
    }

    async fn watch_responses(&self, conditions: &[Condition]) -> Result<(), WaitError> {
        let mut globs = Vec::new();
        for condition in conditions {
            condition.responses(&mut globs);
        }
        let globs: Vec<_> = globs.into_iter().cloned().collect();
        if globs.is_empty() || !self.shared().context.watch(&globs) {
            return Ok(());
        }
        self.page
            .browser
            .update_patterns()
            .await
            .map_err(|error| self.shared().explain(error).into())
    }

    fn cancel(&self, token: &str) {
        let frame = self.clone();
        let token = token.to_owned();
        // On its own task: the wait itself must not be held up by a page that does not answer.
        tokio::spawn(async move {
            let limit = Deadline::after(Duration::from_secs(1));
            let _ = frame.script("cancel", vec![json!(token)], limit).await;
        });
    }
}

fn read(value: Value) -> Result<Seen, WaitError> {
    serde_json::from_value(value).map_err(|error| WaitError::Protocol {
        detail: error.to_string(),
    })
}

fn timed_out(conditions: &[Condition], last_seen: &str, call_log: CallLog) -> WaitError {
    let waiting_for: Vec<String> = conditions.iter().map(ToString::to_string).collect();
    WaitError::TimedOut {
        waiting_for: waiting_for.join(", or "),
        last_seen: last_seen.to_owned(),
        call_log,
    }
}
