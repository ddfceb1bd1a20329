//! Claims, each with the end of its job: how many a second by so many servers, and what a million finished jobs cost them.

use std::{
    collections::BTreeSet,
    sync::Arc,
    time::{Duration, Instant},
};

use formhand_domain::{Failure, FailureCode, Job, JobEvent, JobId, RetryPolicy, Writer};
use formhand_store::{Store, StorePlace};
use jiff::SignedDuration;
use tokio::task::JoinSet;

use crate::{
    Outcome,
    jobs::{now, pending, request},
    lives::together,
};

/// Claims of each measurement.
const CLAIMS: u32 = 800;

/// Each is another server with a handle of its own; they claim jobs of one account.
const SERVERS: [u32; 4] = [1, 2, 4, 8];

/// Claims a second, by so many servers.
pub(crate) struct Rates([(u32, f64); SERVERS.len()]);

impl Rates {
    /// Measures them.
    pub(crate) async fn measure(place: &StorePlace) -> Outcome<Self> {
        let mut rates = SERVERS.map(|servers| (servers, 0.0));
        for (servers, rate) in &mut rates {
            *rate = of(place, *servers).await?;
        }
        Ok(Self(rates))
    }

    /// Prints them, beside others.
    pub(crate) fn print(&self, beside: Option<&Self>) {
        for (index, (servers, rate)) in self.0.iter().enumerate() {
            let ratio = beside.map_or_else(String::new, |beside| {
                format!(
                    ", {:.2} of the rate without finished jobs",
                    rate / beside.0[index].1
                )
            });
            println!(
                "{servers:>4} servers: {rate:>6.0} jobs of one account claimed and ended a second{ratio}"
            );
        }
    }
}

async fn of(place: &StorePlace, servers: u32) -> Outcome<f64> {
    let store = place.open(now()).await?;
    together(&store, 32, CLAIMS, |store| async move {
        store.submit(pending()?).await?;
        Ok(())
    })
    .await?;
    let mut handles = Vec::new();
    for _ in 0..servers {
        handles.push(place.open(now()).await?);
    }
    let start = Instant::now();
    let mut claiming = JoinSet::new();
    for (number, handle) in handles.into_iter().enumerate() {
        claiming.spawn(claim_all(handle, format!("node-{number}")));
    }
    let mut claimed = 0;
    let mut seen = BTreeSet::new();
    while let Some(jobs) = claiming.join_next().await {
        let jobs = jobs??;
        claimed += jobs.len();
        seen.extend(jobs);
    }
    let took = start.elapsed();
    if (claimed, seen.len()) != (CLAIMS as usize, CLAIMS as usize) {
        return Err(format!("{claimed} claims of {} jobs", seen.len()).into());
    }
    Ok(f64::from(CLAIMS) / took.as_secs_f64())
}

/// Claims until nothing is due. Each job ends at once, so that the account holds no more jobs than it has servers.
async fn claim_all(store: Arc<dyn Store>, node: String) -> Outcome<Vec<JobId>> {
    let mut claimed = Vec::new();
    while let Some(job) = store.claim(request(&node)?).await? {
        end(&*store, &job).await?;
        claimed.push(job.id);
    }
    store.close().await?;
    Ok(claimed)
}

async fn end(store: &dyn Store, job: &Job) -> Outcome<()> {
    let failed = JobEvent::Fail {
        failure: Failure::new(FailureCode::Internal, "measured"),
        retry: RetryPolicy {
            max_attempts: 1,
            first_delay: SignedDuration::ZERO,
        },
        random: 0.0,
    };
    let writer = Writer::Worker { token: job.fence };
    store.apply(job.id, writer, failed, now()).await?;
    Ok(())
}

/// The time from handing a job in at one server to its start at another, which is told of it by a signal.
pub(crate) async fn waking(place: &StorePlace, count: usize) -> Outcome<()> {
    let (door, worker) = (place.open(now()).await?, place.open(now()).await?);
    let mut times = Vec::new();
    let mut changes = worker.changes();
    for _ in 0..count {
        let start = Instant::now();
        door.submit(pending()?).await?;
        let job = loop {
            if let Some(job) = worker.claim(request("node-a")?).await? {
                break job;
            }
            // A signal that was missed is a signal all the same.
            let _ = changes.recv().await;
        };
        times.push(start.elapsed());
        end(&*worker, &job).await?;
        // The next one meets an idle system.
        tokio::time::sleep(Duration::from_millis(20)).await;
        while changes.try_recv().is_ok() {}
    }
    times.sort();
    let at = |share: usize| times[(times.len() - 1) * share / 100];
    println!(
        "from handing in at one server to the start at another: median {:.1?}, 95 % {:.1?}, at most {:.1?}",
        at(50),
        at(95),
        at(100)
    );
    door.close().await?;
    worker.close().await?;
    Ok(())
}
