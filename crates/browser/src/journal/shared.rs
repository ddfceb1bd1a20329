//! The journal of a context while it is being written.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::time::Instant;

use super::{ConsoleLine, Journal, RequestLine};

/// The newest so many of each are kept. A job of a whole form writes a few dozen.
const MOST: usize = 500;

/// The journal of a context while it is being written.
pub(crate) struct JournalShared {
    began: Instant,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    console: VecDeque<ConsoleLine>,
    console_lost: u64,
    requests: VecDeque<Open>,
    requests_lost: u64,
    /// The number of each request that is under way, counted from the first; by Chromium's id.
    under_way: HashMap<String, u64>,
}

struct Open {
    line: RequestLine,
    /// Chromium's clock when it began, in seconds.
    began_s: f64,
}

impl Default for JournalShared {
    fn default() -> Self {
        Self {
            began: Instant::now(),
            state: Mutex::default(),
        }
    }
}

impl JournalShared {
    pub(super) fn now_ms(&self) -> u64 {
        u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    pub(super) fn write(&self, line: ConsoleLine) {
        let mut state = self.state();
        if state.console.len() == MOST {
            state.console.pop_front();
            state.console_lost += 1;
        }
        state.console.push_back(line);
    }

    pub(super) fn begin(&self, id: &str, line: RequestLine, began_s: f64) {
        let mut state = self.state();
        if state.requests.len() == MOST {
            state.requests.pop_front();
            state.requests_lost += 1;
            let first = state.requests_lost;
            state.under_way.retain(|_, number| *number >= first);
        }
        let number = state.requests_lost + state.requests.len() as u64;
        state.requests.push_back(Open { line, began_s });
        state.under_way.insert(id.to_owned(), number);
    }

    /// Changes a request that is under way. With `ends` it is so no more.
    pub(super) fn change(&self, id: &str, ends: bool, change: impl FnOnce(&mut RequestLine, f64)) {
        let mut state = self.state();
        let number = if ends {
            state.under_way.remove(id)
        } else {
            state.under_way.get(id).copied()
        };
        let lost = state.requests_lost;
        let at = number.and_then(|number| usize::try_from(number.checked_sub(lost)?).ok());
        if let Some(open) = at.and_then(|at| state.requests.get_mut(at)) {
            change(&mut open.line, open.began_s);
        }
    }

    pub(crate) fn copy(&self) -> Journal {
        let state = self.state();
        Journal {
            console: state.console.iter().cloned().collect(),
            requests: state
                .requests
                .iter()
                .map(|open| open.line.clone())
                .collect(),
            console_lost: state.console_lost,
            requests_lost: state.requests_lost,
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::super::RequestEnd;
    use super::*;

    fn request(number: usize) -> RequestLine {
        RequestLine {
            at_ms: 0,
            method: "GET".to_owned(),
            url: format!("http://a.example/{number}"),
            kind: "XHR".to_owned(),
            end: RequestEnd::Open { status: None },
        }
    }

    #[test]
    fn the_newest_are_kept_and_an_end_finds_its_request() {
        let journal = JournalShared::default();
        for number in 0..MOST + 10 {
            journal.begin(&number.to_string(), request(number), 0.0);
            journal.write(ConsoleLine::new(
                0,
                "info",
                "x",
                &number.to_string(),
                "",
                None,
            ));
        }
        let failed = RequestEnd::Failed {
            reason: "net::ERR_FAILED".to_owned(),
            duration_ms: 1,
        };
        // One that was let go is not taken for another.
        for id in ["5", "10", "10", "nobody's"] {
            journal.change(id, true, |line, _| line.end = failed.clone());
        }
        let copy = journal.copy();
        assert_eq!((copy.console.len(), copy.console_lost), (MOST, 10));
        assert_eq!((copy.requests.len(), copy.requests_lost), (MOST, 10));
        assert_eq!(copy.console[0].text, "10");
        let ended: Vec<_> = copy
            .requests
            .iter()
            .filter(|line| line.end == failed)
            .collect();
        assert_eq!(ended, [&copy.requests[0]]);
        assert_eq!(ended[0].url, "http://a.example/10");
    }
}
