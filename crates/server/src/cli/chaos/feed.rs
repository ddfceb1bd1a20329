//! Hands customers in, each as often as it takes until it is acknowledged, and no faster than the storm goes on.

use std::sync::Arc;

use formhand_domain::JobId;
use formhand_practice::Practice;
use serde::Deserialize;
use tokio::sync::watch;

use super::{course::Course, customers::Customers, moment::entries};
use crate::cli::{CliError, Exit, client::Client, demo::submit};

/// How much the portal sees between two looks at how much work there is. A customer takes more than that.
const LOOK_EVERY: usize = 8;

/// A blow that meets a single job meets little.
const AT_LEAST: u64 = 2;

/// One of so many customers is handed in once more by the same call, as by a caller that did not get its answer.
const REPEATED: u32 = 3;

/// A customer and the job that was acknowledged.
#[derive(Debug, Clone, Copy)]
pub(super) struct Taken {
    pub(super) number: u32,
    pub(super) job: JobId,
}

/// All that was handed in.
#[derive(Debug, Default)]
pub(super) struct HandedIn {
    pub(super) taken: Vec<Taken>,
    /// Repeated calls that got another job than the first one.
    pub(super) twice: usize,
}

/// Who hands in, and to whom.
pub(super) struct Feed<'a> {
    pub(super) practice: &'a Practice,
    pub(super) customers: &'a Customers,
    /// So many at least: a storm that runs out of work gets more.
    pub(super) count: u32,
    /// So many jobs are enough to do at a time.
    pub(super) flow: u64,
    /// The one that serves at present.
    pub(super) server: watch::Receiver<Arc<Client>>,
    pub(super) course: watch::Receiver<Course>,
}

impl Feed<'_> {
    /// The jobs of all customers, in their order, when the storm is over and all are handed in.
    pub(super) async fn all(mut self) -> Result<HandedIn, CliError> {
        let mut handed_in = HandedIn::default();
        for number in 1.. {
            while !self.is_due(number).await? {
                self.next_look().await;
            }
            let course = *self.course.borrow();
            if course.over && number > self.count {
                break;
            }
            let job = self.hand_in(number).await?;
            if number % REPEATED == 0 && self.hand_in(number).await? != job {
                handed_in.twice += 1;
            }
            handed_in.taken.push(Taken { number, job });
        }
        Ok(handed_in)
    }

    /// Whether this customer comes now. When the storm is over, nobody waits any more.
    async fn is_due(&mut self, number: u32) -> Result<bool, CliError> {
        let course = *self.course.borrow_and_update();
        if course.over {
            return Ok(true);
        }
        let due = number as usize <= course.due(self.count as usize);
        Ok(match self.open().await? {
            Some(open) => open < AT_LEAST || (due && open < self.flow),
            None => false,
        })
    }

    async fn hand_in(&mut self, number: u32) -> Result<JobId, CliError> {
        let record = self.customers.records("chaos", &[number]);
        let key = format!("chaos-{number}");
        loop {
            let client = Arc::clone(&self.server.borrow_and_update());
            match submit::csv(&client, record.clone(), &key).await {
                Ok(jobs) => {
                    let none = || CliError::new(Exit::Internal, "a record got no job");
                    return jobs.first().copied().ok_or_else(none);
                }
                Err(error) if error.exit == Exit::Unreachable => self.next_look().await,
                Err(error) => return Err(error),
            }
        }
    }

    /// How many jobs there are to do; nothing if nobody can be asked.
    async fn open(&mut self) -> Result<Option<u64>, CliError> {
        let client = Arc::clone(&self.server.borrow_and_update());
        match client.get::<Stats>(&["api", "jobs", "stats"]).await {
            Ok(stats) => Ok(Some(stats.open())),
            Err(error) if error.exit == Exit::Unreachable => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Another server, another blow, some work done, or a moment in which nothing of that came.
    async fn next_look(&mut self) {
        tokio::select! {
            _ = self.server.changed() => {}
            _ = self.course.changed() => {}
            () = entries(self.practice, LOOK_EVERY) => {}
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Stats {
    by_status: Waiting,
    waiting_for_retry: u64,
}

#[derive(Deserialize)]
struct Waiting {
    pending: u64,
    processing: u64,
}

impl Stats {
    fn open(&self) -> u64 {
        self.by_status.pending + self.by_status.processing + self.waiting_for_retry
    }
}
