//! How fast the stores are on this machine: whole job lives a second, claims by several servers, with and without a million
//! finished jobs, how soon another server begins with a job that was handed in, and how soon lists and counts are answered
//! (half of the answers within the first time, 99 % within the second).
//!
//! `cargo run --release -p formhand-store --example store_bench -- [FINISHED] [FOLDER]` puts so many finished jobs
//! into each store for the second half (they are copied from one to the other), in a folder on the disk that is to be
//! measured. MongoDB is a replica set of one member that is started for it.

#![expect(
    clippy::print_stdout,
    reason = "this program's purpose is to show figures"
)]

mod claims;
mod jobs;
mod lives;
mod reads;

use std::{env, error::Error, fs::File, path::PathBuf, sync::Arc, time::Instant};

use claims::Rates;
use formhand_mongod::ReplicaSet;
use formhand_seal::{Keyring, SealKey};
use formhand_store::{Store, StorePlace, copy};

type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

#[tokio::main]
async fn main() -> Outcome<()> {
    let mut arguments = env::args().skip(1);
    let finished: u32 = arguments.next().as_deref().unwrap_or("0").parse()?;
    let base = arguments.next().map_or_else(env::temp_dir, PathBuf::from);
    let folder = tempfile::tempdir_in(base)?;
    let file = |name: &str| folder.path().join(name);
    println!("SQLite");
    let rates = measure(&StorePlace::Sqlite(file("empty.db"))).await?;
    println!("the same, sealed");
    lives_sealed(&StorePlace::Sqlite(file("sealed.db"))).await?;
    let full = StorePlace::Sqlite(file("full.db"));
    if finished > 0 {
        fill(&full, finished).await?;
        measure_full(&full, &rates, finished).await?;
    }
    let database = ReplicaSet::start(&folder.path().join("mongodb")).await?;
    let url = |name| database.url().replace("/?", &format!("/{name}?"));
    println!("\nMongoDB");
    let rates = measure(&StorePlace::Mongo(url("empty"))).await?;
    println!("the same, sealed");
    lives_sealed(&StorePlace::Mongo(url("sealed"))).await?;
    if finished > 0 {
        copy(&file("full.db"), &url("full"), jobs::now(), &|_| {}).await?;
        measure_full(&StorePlace::Mongo(url("full")), &rates, finished).await?;
    }
    database.stop().await;
    Ok(())
}

async fn measure(empty: &StorePlace) -> Outcome<Rates> {
    measure_lives(empty.open(jobs::now()).await?).await?;
    if let StorePlace::Mongo(_) = empty {
        // The handles of one file hear of each other by its sweep only, as there is one server to a file.
        claims::waking(empty, 200).await?;
    }
    let rates = Rates::measure(empty).await?;
    rates.print(None);
    Ok(rates)
}

/// What sealing costs.
async fn lives_sealed(empty: &StorePlace) -> Outcome<()> {
    let keys = Keyring::new(&SealKey::new(rand::random()), &[]);
    measure_lives(empty.open_sealed(Some(&keys), jobs::now()).await?).await
}

async fn measure_lives(store: Arc<dyn Store>) -> Outcome<()> {
    for (together, count) in [(1, 300), (8, 1600), (64, 3200)] {
        lives::measure(&store, together, count).await?;
    }
    Ok(store.close().await?)
}

async fn measure_full(full: &StorePlace, beside: &Rates, finished: u32) -> Outcome<()> {
    Rates::measure(full).await?.print(Some(beside));
    let store = full.open(jobs::now()).await?;
    reads::measure(&store, finished).await?;
    store.close().await?;
    Ok(())
}

/// Puts finished jobs in, and has them written to where they stay: what is measured then is a store that has grown, not
/// one that is being filled.
async fn fill(place: &StorePlace, count: u32) -> Outcome<()> {
    let store = &place.open(jobs::now()).await?;
    let start = Instant::now();
    lives::together(store, 512, count, |store| async move {
        store.submit(jobs::finished()?).await?;
        Ok(())
    })
    .await?;
    let rate = f64::from(count) / start.elapsed().as_secs_f64();
    println!("{count} finished jobs put in, {rate:.0} a second");
    store.close().await?;
    if let StorePlace::Sqlite(file) = place {
        File::open(file)?.sync_all()?;
    }
    Ok(())
}
