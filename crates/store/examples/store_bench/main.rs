//! How fast the stores are on this machine: whole job lives a second, claims by several servers, with and without a million
//! finished jobs, and how soon another server begins with a job that was handed in.
//!
//! `cargo run --release -p formhand-store --example store_bench -- [FINISHED] [FOLDER]` puts so many finished jobs
//! into each store for the second half, in a folder on the disk that is to be measured. MongoDB is a replica set of one
//! member that is started for it.

#![expect(
    clippy::print_stdout,
    reason = "this program's purpose is to show figures"
)]

mod claims;
mod jobs;
mod lives;

use std::{env, error::Error, path::PathBuf, sync::Arc, time::Instant};

use claims::Rates;
use formhand_mongod::ReplicaSet;
use formhand_store::{JobFilter, Store, StorePlace};

type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

#[tokio::main]
async fn main() -> Outcome<()> {
    let mut arguments = env::args().skip(1);
    let finished: u32 = arguments.next().as_deref().unwrap_or("0").parse()?;
    let base = arguments.next().map_or_else(env::temp_dir, PathBuf::from);
    let folder = tempfile::tempdir_in(base)?;
    let file = |name| StorePlace::Sqlite(folder.path().join(name));
    println!("SQLite");
    measure(&file("empty.db"), &file("full.db"), finished).await?;
    let database = ReplicaSet::start(&folder.path().join("mongodb")).await?;
    let url = |name| StorePlace::Mongo(database.url().replace("/?", &format!("/{name}?")));
    println!("\nMongoDB");
    measure(&url("empty"), &url("full"), finished).await?;
    database.stop().await;
    Ok(())
}

async fn measure(empty: &StorePlace, full: &StorePlace, finished: u32) -> Outcome<()> {
    let store = empty.open(jobs::now()).await?;
    for (together, count) in [(1, 300), (8, 1600), (64, 3200)] {
        lives::measure(&store, together, count).await?;
    }
    store.close().await?;
    if let StorePlace::Mongo(_) = empty {
        // The handles of one file hear of each other by its sweep only, as there is one server to a file.
        claims::waking(empty, 200).await?;
    }
    let rates = Rates::measure(empty).await?;
    rates.print(None);
    if finished > 0 {
        let store = full.open(jobs::now()).await?;
        fill(&store, finished).await?;
        Rates::measure(full).await?.print(Some(&rates));
        reads(&store).await?;
        store.close().await?;
    }
    Ok(())
}

async fn fill(store: &Arc<dyn Store>, count: u32) -> Outcome<()> {
    let start = Instant::now();
    lives::together(store, 512, count, |store| async move {
        store.submit(jobs::finished()?).await?;
        Ok(())
    })
    .await?;
    let rate = f64::from(count) / start.elapsed().as_secs_f64();
    println!("{count} finished jobs put in, {rate:.0} a second");
    Ok(())
}

async fn reads(store: &Arc<dyn Store>) -> Outcome<()> {
    let start = Instant::now();
    let page = store.jobs(JobFilter::default(), None, 50).await?;
    println!("page of 50 of {} jobs: {:?}", page.total, start.elapsed());
    let start = Instant::now();
    let stats = store.stats().await?;
    println!("counts of {} jobs: {:?}", stats.total(), start.elapsed());
    Ok(())
}
