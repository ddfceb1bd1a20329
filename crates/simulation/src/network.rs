//! Requests and answers under way, and the portal at the other end.

use std::collections::BTreeMap;

use formhand_domain::JobId;
use jiff::{SignedDuration, Timestamp};

/// The portal takes no longer than this to file what it has let in.
pub(crate) const WORKS_ON_IT: SignedDuration = SignedDuration::from_secs(60);

/// A request that files a form, somewhere between browser and portal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Flight {
    pub(crate) job: JobId,
    /// The attempt that sent it.
    pub(crate) attempt: u64,
    /// The session that it was sent with.
    pub(crate) session: u64,
}

/// What the portal says to a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Answer {
    /// The form is filed under this number.
    Filed(String),
    /// The portal refuses the data, and has filed nothing.
    Rejected,
}

/// Everything outside the servers.
#[derive(Debug, Default)]
pub(crate) struct Network {
    pub(crate) flights: Vec<Flight>,
    /// Requests that the portal has let in, and when it is done with each at the latest.
    pub(crate) let_in: Vec<(Flight, Timestamp)>,
    /// Answers on their way back, with the attempt they are for.
    pub(crate) answers: Vec<(u64, Answer)>,
    /// Numbers of the forms that the portal has filed.
    pub(crate) filed: BTreeMap<JobId, Vec<String>>,
    /// The session that the portal knows. Requests of an older one are turned away.
    pub(crate) session: u64,
    /// Requests that have left a browser, whatever became of them.
    pub(crate) sent: u64,
}

impl Network {
    pub(crate) fn send(&mut self, flight: Flight) {
        self.sent += 1;
        self.flights.push(flight);
    }

    /// The portal keeps one session: nothing that is sent with the one before is let in any more.
    pub(crate) fn log_in(&mut self) {
        self.session += 1;
    }

    /// A request reaches the portal. Says what the portal made of it, for the trace.
    pub(crate) fn arrive(&mut self, index: usize, refuses: bool, now: Timestamp) -> &'static str {
        let flight = self.flights.swap_remove(index);
        if flight.session < self.session {
            return "turned away: its session is over";
        }
        if refuses {
            self.answers.push((flight.attempt, Answer::Rejected));
            return "refused";
        }
        self.let_in.push((flight, now + WORKS_ON_IT));
        "let in"
    }

    /// The portal files one of those that it has let in.
    pub(crate) fn file(&mut self, index: usize) -> JobId {
        let (flight, _) = self.let_in.swap_remove(index);
        let numbers = self.filed.entry(flight.job).or_default();
        let number = format!("{}-{}", flight.job, numbers.len() + 1);
        numbers.push(number.clone());
        self.answers.push((flight.attempt, Answer::Filed(number)));
        flight.job
    }

    /// One that must be filed by now.
    pub(crate) fn overdue(&self, now: Timestamp) -> Option<usize> {
        self.let_in.iter().position(|(_, by)| *by <= now)
    }

    /// Whether a request of this attempt has left and is not yet filed.
    pub(crate) fn is_under_way(&self, attempt: u64) -> bool {
        let let_in = self.let_in.iter().map(|(flight, _)| flight);
        let mut open = self.flights.iter().chain(let_in);
        open.any(|flight| flight.attempt == attempt)
    }

    pub(crate) fn filed(&self, job: JobId) -> &[String] {
        self.filed.get(&job).map_or(&[], Vec::as_slice)
    }
}
