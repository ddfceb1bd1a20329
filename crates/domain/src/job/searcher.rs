//! What a search of the portal may say of a job of unknown outcome.

use jiff::Timestamp;

use super::{
    event::JobEvent,
    refusal::Refusal,
    state::{Job, JobState, Search},
};
use crate::FencingToken;

/// Who has settled it, in the failure's words.
const SEARCHER: &str = "a search of the portal";

impl Job {
    pub(super) fn searcher_says(
        self,
        token: FencingToken,
        event: JobEvent,
        now: Timestamp,
    ) -> Result<Self, Refusal> {
        if self.fence != token {
            return Err(self.stale(token));
        }
        match event {
            JobEvent::Search { until } => self.search_begun(until, now),
            JobEvent::SearchEnded { next_at, said } => self.search_ended(next_at, said),
            JobEvent::Settle { settlement } => self.settled(SEARCHER, settlement, now),
            event => Err(Refusal::NotForWriter {
                event: event.name(),
            }),
        }
    }

    /// One search at a time: it counts as under way until `until`.
    fn search_begun(self, until: Timestamp, now: Timestamp) -> Result<Self, Refusal> {
        if self.search_at().is_none_or(|due_at| due_at > now) {
            let why = "no search is due";
            return Err(self.illegal(&JobEvent::Search { until }, why));
        }
        Ok(self.with_search(|search| Search {
            next_at: Some(until),
            tries: search.tries + 1,
            said: None,
        }))
    }

    fn search_ended(self, next_at: Option<Timestamp>, said: String) -> Result<Self, Refusal> {
        if !matches!(self.state, JobState::NeedsReview { .. }) {
            let why = "the job's outcome is known";
            return Err(self.illegal(&JobEvent::SearchEnded { next_at, said }, why));
        }
        Ok(self.with_search(|search| Search {
            next_at,
            said: Some(said),
            ..search
        }))
    }

    /// The portal is to be searched now, because a person says so.
    pub(super) fn verify_wished(self, now: Timestamp) -> Result<Self, Refusal> {
        if !matches!(self.state, JobState::NeedsReview { .. }) {
            let why = "only a job of unknown outcome (needs_review) is searched for";
            return Err(self.illegal(&JobEvent::Verify, why));
        }
        Ok(self.with_search(|search| Search {
            next_at: Some(now),
            ..search
        }))
    }

    fn with_search(self, change: impl FnOnce(Search) -> Search) -> Self {
        let state = match self.state {
            JobState::NeedsReview {
                since,
                commit,
                failure,
                search,
            } => JobState::NeedsReview {
                since,
                commit,
                failure,
                search: change(search),
            },
            other => other,
        };
        Self { state, ..self }
    }
}
