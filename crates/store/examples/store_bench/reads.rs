//! What a dashboard reads, how soon it is answered, and whether it still is while jobs are worked on.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    time::{Duration, Instant},
};

use formhand_domain::{AccountName, BusinessKey, CallerId, FlowName, PortalName, Status};
use formhand_store::{JobFilter, SearchText, Store};
use jiff::{SignedDuration, Timestamp};
use tokio::task::JoinSet;

use crate::{Outcome, jobs::now, lives};

/// Reads of each kind.
const READS: usize = 200;

/// Jobs that live at the same time, as fast as the store lets them.
const WRITERS: usize = 8;

/// Measures all kinds of reads, among `count` jobs.
pub(crate) async fn measure(store: &Arc<dyn Store>, count: u32) -> Outcome<()> {
    println!("reads while nothing is written:");
    all(store, count).await?;
    let (stop, lived) = (
        Arc::new(AtomicBool::new(false)),
        Arc::new(AtomicU32::new(0)),
    );
    let mut writing = JoinSet::new();
    for _ in 0..WRITERS {
        let (store, stop, lived) = (Arc::clone(store), Arc::clone(&stop), Arc::clone(&lived));
        writing.spawn(async move {
            while !stop.load(Ordering::Relaxed) {
                lives::live(&*store).await?;
                lived.fetch_add(1, Ordering::Relaxed);
            }
            Outcome::Ok(())
        });
    }
    let start = Instant::now();
    println!("reads while {WRITERS} jobs at once are worked on:");
    let read = all(store, count).await;
    stop.store(true, Ordering::Relaxed);
    let rate = f64::from(lived.load(Ordering::Relaxed)) / start.elapsed().as_secs_f64();
    while let Some(done) = writing.join_next().await {
        done??;
    }
    println!("  {rate:.0} whole lives a second meanwhile");
    read
}

async fn all(store: &Arc<dyn Store>, count: u32) -> Outcome<()> {
    for (what, filter) in filters(count)? {
        let mut times = Vec::with_capacity(READS);
        let (mut found, mut total) = (0, String::new());
        for _ in 0..READS {
            let start = Instant::now();
            let page = store.jobs(filter.clone(), None, 50).await?;
            times.push(start.elapsed());
            found = page.jobs.len();
            total = format!("{:?}", page.total);
        }
        print(&format!("{what} ({found} of {total})"), times);
    }
    deep(store).await?;
    let mut times = Vec::with_capacity(READS);
    for _ in 0..READS {
        let start = Instant::now();
        store.stats().await?;
        times.push(start.elapsed());
    }
    print("stats", times);
    let mut times = Vec::with_capacity(READS);
    for _ in 0..READS {
        let start = Instant::now();
        let week = SignedDuration::from_hours(7 * 24);
        store.outcomes(now() - week, now() + week).await?;
        times.push(start.elapsed());
    }
    print("outcomes of two weeks", times);
    Ok(())
}

/// Pages one behind the other.
async fn deep(store: &Arc<dyn Store>) -> Outcome<()> {
    let mut times = Vec::with_capacity(READS);
    let mut after = None;
    for _ in 0..READS {
        let start = Instant::now();
        let page = store.jobs(JobFilter::default(), after, 50).await?;
        times.push(start.elapsed());
        after = page.next;
    }
    print("the pages behind", times);
    Ok(())
}

fn filters(count: u32) -> Outcome<Vec<(&'static str, JobFilter)>> {
    let any = JobFilter::default;
    let text = |text: &str| Outcome::Ok(Some(SearchText::new(text)?));
    let millis = |share: u32| Some(at(count / 10 * share));
    let practice = Some(PortalName::new("practice")?);
    let one = count / 2;
    Ok(vec![
        ("all", any()),
        (
            "two statuses",
            JobFilter {
                statuses: vec![Status::Completed, Status::FailedValidation],
                ..any()
            },
        ),
        (
            "portal and status",
            JobFilter {
                portal: practice.clone(),
                statuses: vec![Status::FailedValidation],
                ..any()
            },
        ),
        (
            "account",
            JobFilter {
                account: Some(AccountName::new("broker")?),
                ..any()
            },
        ),
        (
            "flow that all have",
            JobFilter {
                flow: Some(FlowName::new("motor")?),
                ..any()
            },
        ),
        (
            "flow that none has",
            JobFilter {
                flow: Some(FlowName::new("fire")?),
                ..any()
            },
        ),
        (
            "a tenth of the time",
            JobFilter {
                from: millis(4),
                until: millis(5),
                ..any()
            },
        ),
        (
            "caller's id",
            JobFilter {
                caller_id: Some(CallerId::new(format!("record-{one}"))?),
                ..any()
            },
        ),
        (
            "business key",
            JobFilter {
                business_key: Some(BusinessKey::new(format!("chassis-{one}"))?),
                ..any()
            },
        ),
        (
            "words of one",
            JobFilter {
                text: text(&format!("asha {one}"))?,
                ..any()
            },
        ),
        (
            "a word of all",
            JobFilter {
                text: text("examp")?,
                ..any()
            },
        ),
        (
            "a name of one in a thousand",
            JobFilter {
                text: text("name777")?,
                ..any()
            },
        ),
        (
            "a name of one in ten",
            JobFilter {
                text: text("name7 exa")?,
                statuses: vec![Status::FailedValidation],
                ..any()
            },
        ),
        (
            "a letter",
            JobFilter {
                text: text("a")?,
                ..any()
            },
        ),
        (
            "words that none has",
            JobFilter {
                text: text("example zzz")?,
                ..any()
            },
        ),
        (
            "words of all, and a status of none",
            JobFilter {
                text: text("examp")?,
                statuses: vec![Status::OnHold],
                ..any()
            },
        ),
    ])
}

/// When the job of this number was made.
fn at(number: u32) -> Timestamp {
    now() + SignedDuration::from_millis(number.into())
}

fn print(what: &str, mut times: Vec<Duration>) {
    times.sort();
    let share = |share: usize| times[(times.len() - 1) * share / 100];
    println!("  {:>9.2?} {:>9.2?}  {what}", share(50), share(99));
}
