//! Requests and answers under way, and the portal at the other end.

use std::collections::BTreeMap;

use formhand_domain::JobId;

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

    /// The portal ends its session with us: nothing that was sent with it is taken any more.
    pub(crate) fn revoke(&mut self) {
        self.session += 1;
    }

    /// A request reaches the portal. Says what the portal made of it, for the trace.
    pub(crate) fn arrive(&mut self, index: usize, refuses: bool) -> &'static str {
        let flight = self.flights.swap_remove(index);
        if flight.session < self.session {
            return "turned away: its session is over";
        }
        if refuses {
            self.answers.push((flight.attempt, Answer::Rejected));
            return "refused";
        }
        let numbers = self.filed.entry(flight.job).or_default();
        let number = format!("{}-{}", flight.job, numbers.len() + 1);
        numbers.push(number.clone());
        self.answers.push((flight.attempt, Answer::Filed(number)));
        "filed"
    }

    pub(crate) fn filed(&self, job: JobId) -> &[String] {
        self.filed.get(&job).map_or(&[], Vec::as_slice)
    }
}
