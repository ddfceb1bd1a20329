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

/// A filter, by what it is.
type Named = (&'static str, JobFilter);

fn filters(count: u32) -> Outcome<Vec<Named>> {
    let any = JobFilter::default();
    let status = |statuses: &[Status]| JobFilter {
        statuses: statuses.to_vec(),
        ..JobFilter::default()
    };
    let mut of_portal = status(&[Status::FailedValidation]);
    of_portal.portal = Some(PortalName::new("practice")?);
    let mut of_account = any.clone();
    of_account.account = Some(AccountName::new("broker")?);
    let flow = |name: &str| {
        let flow = Some(FlowName::new(name)?);
        Outcome::Ok(JobFilter {
            flow,
            ..JobFilter::default()
        })
    };
    let mut of_time = any.clone();
    of_time.from = Some(at(count / 10 * 4));
    of_time.until = Some(at(count / 10 * 5));
    let one = count / 2;
    let mut of_caller = any.clone();
    of_caller.caller_id = Some(CallerId::new(format!("record-{one}"))?);
    let mut of_key = any.clone();
    of_key.business_key = Some(BusinessKey::new(format!("chassis-{one}"))?);
    let mut filters = vec![
        ("all", any),
        (
            "two statuses",
            status(&[Status::Completed, Status::FailedValidation]),
        ),
        ("portal and status", of_portal),
        ("account", of_account),
        ("flow that all have", flow("motor")?),
        ("flow that none has", flow("fire")?),
        ("a tenth of the time", of_time),
        ("caller's id", of_caller),
        ("business key", of_key),
    ];
    filters.extend(words(one)?);
    Ok(filters)
}

fn words(one: u32) -> Outcome<Vec<Named>> {
    let text = |text: &str, statuses: &[Status]| {
        Outcome::Ok(JobFilter {
            statuses: statuses.to_vec(),
            text: Some(SearchText::new(text)?),
            ..JobFilter::default()
        })
    };
    let ended = [Status::FailedValidation];
    Ok(vec![
        ("words of one", text(&format!("asha {one}"), &[])?),
        ("a word of all", text("examp", &[])?),
        ("a name of one in a thousand", text("name777", &[])?),
        (
            "a name of one in nine, and a status",
            text("name7 exa", &ended)?,
        ),
        ("a letter", text("a", &[])?),
        ("words that none has", text("example zzz", &[])?),
        (
            "words of all, and a status of none",
            text("examp", &[Status::OnHold])?,
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
