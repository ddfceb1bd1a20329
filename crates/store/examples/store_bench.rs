//! How fast the store is on this machine: whole job lives a second, alone and together, and a claim among many jobs.
//!
//! `cargo run --release -p formhand-store --example store_bench -- [FINISHED] [FOLDER]` puts so many finished jobs
//! into the file first, in a folder on the disk that is to be measured.

#![expect(
    clippy::print_stdout,
    reason = "this program's purpose is to show figures"
)]

use std::{
    env,
    error::Error,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Instant,
};

use formhand_domain::{
    AccountKey, AccountName, BusinessKey, CallerId, End, Failure, FailureCode, FencingToken,
    FlowName, Job, JobEvent, JobId, JobState, NewJob, NodeId, PortalName, Receipt, Writer,
};
use formhand_store::{Capacity, ClaimRequest, SqliteStore, Store};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use tokio::task::JoinSet;

type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

#[tokio::main]
async fn main() -> Outcome<()> {
    let mut arguments = env::args().skip(1);
    let finished: u32 = arguments.next().as_deref().unwrap_or("0").parse()?;
    let base = arguments.next().map_or_else(env::temp_dir, PathBuf::from);
    let folder = tempfile::tempdir_in(base)?;
    let store = Arc::new(SqliteStore::open(folder.path().join("bench.db"))?);
    fill(&store, finished).await?;
    lives(&store, 1, 300).await?;
    for together in [8, 64, 256] {
        lives(&store, together, 6000).await?;
    }
    reads(&store, finished).await?;
    store.close().await?;
    Ok(())
}

async fn fill(store: &Arc<SqliteStore>, count: u32) -> Outcome<()> {
    let start = Instant::now();
    together(store, 512, count, |store| async move {
        store.submit(finished()?).await?;
        Ok(())
    })
    .await?;
    if count > 0 {
        let rate = f64::from(count) / start.elapsed().as_secs_f64();
        println!("{count} finished jobs put in, {rate:.0} a second");
    }
    Ok(())
}

async fn lives(store: &Arc<SqliteStore>, workers: u32, count: u32) -> Outcome<()> {
    let start = Instant::now();
    together(
        store,
        workers,
        count,
        |store| async move { live(&*store).await },
    )
    .await?;
    let rate = f64::from(count) / start.elapsed().as_secs_f64();
    println!("{workers:>4} at once: {rate:>6.0} whole lives a second (7 durable writes each)");
    Ok(())
}

async fn together<F>(
    store: &Arc<SqliteStore>,
    workers: u32,
    count: u32,
    work: impl Fn(Arc<SqliteStore>) -> F + Send + Copy + 'static,
) -> Outcome<()>
where
    F: Future<Output = Outcome<()>> + Send,
{
    let mut tasks = JoinSet::new();
    for _ in 0..workers {
        let store = store.clone();
        tasks.spawn(async move {
            for _ in 0..count / workers {
                work(store.clone()).await?;
            }
            Outcome::Ok(())
        });
    }
    while let Some(done) = tasks.join_next().await {
        done??;
    }
    Ok(())
}

async fn live(store: &dyn Store) -> Outcome<()> {
    store.submit(pending()?).await?;
    let job = store.claim(request()?).await?.ok_or("nothing is due")?;
    let margin = SignedDuration::ZERO;
    for event in [
        JobEvent::EnterForm,
        JobEvent::Arm {
            margin,
            session: None,
        },
        JobEvent::Cross {
            fingerprint: "ab".repeat(32),
            margin,
        },
        JobEvent::Receive {
            receipt: Receipt::default(),
        },
        JobEvent::Complete {
            optional_failure: None,
        },
    ] {
        let writer = Writer::Worker { token: job.fence };
        store.apply(job.id, writer, event, now()).await?;
    }
    Ok(())
}

async fn reads(store: &Arc<SqliteStore>, finished: u32) -> Outcome<()> {
    store.submit(pending()?).await?;
    let start = Instant::now();
    let claimed = store.claim(request()?).await?;
    println!(
        "claim among {finished} finished jobs: {:?} ({})",
        start.elapsed(),
        claimed.is_some()
    );
    let start = Instant::now();
    let page = store
        .jobs(formhand_store::JobFilter::default(), None, 50)
        .await?;
    println!("page of 50 of {} jobs: {:?}", page.total, start.elapsed());
    let start = Instant::now();
    let stats = store.stats().await?;
    println!("counts of {} jobs: {:?}", stats.total(), start.elapsed());
    Ok(())
}

fn now() -> Timestamp {
    Timestamp::UNIX_EPOCH
}

fn account() -> Outcome<AccountKey> {
    Ok(AccountKey {
        portal: PortalName::new("practice")?,
        account: AccountName::new("broker")?,
    })
}

fn request() -> Outcome<ClaimRequest> {
    Ok(ClaimRequest {
        owner: NodeId::new("node-a")?,
        now: now(),
        lease_for: SignedDuration::from_mins(1),
        accounts: vec![Capacity {
            account: account()?,
            max_parallel: 10_000,
            pace: None,
        }],
    })
}

fn finished() -> Outcome<NewJob> {
    let mut new = pending()?;
    let failure = Failure::new(FailureCode::InvalidRecord, "/idv: is missing");
    new.job.state = JobState::finished(End::Invalid { failure }, now());
    Ok(new)
}

/// A job with a record of about one kilobyte.
fn pending() -> Outcome<NewJob> {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let account = account()?;
    let job = Job {
        id: JobId::new(
            now() + SignedDuration::from_millis(number.into()),
            number.into(),
        ),
        portal: account.portal,
        flow: FlowName::new("motor")?,
        account: account.account,
        caller_id: CallerId::new(format!("record-{number}"))?,
        business_key: Some(BusinessKey::new(format!("chassis-{number}"))?),
        label: "Asha Example".into(),
        record: json!({ "chassisNumber": number, "filler": "x".repeat(1000) }),
        created_at: now(),
        attempts: 0,
        fence: FencingToken::default(),
        state: JobState::Pending { due_at: now() },
    };
    Ok(NewJob {
        job,
        idempotency_key: None,
    })
}
