//! Whole job lives: handed in, claimed, and filed, each step durable.

use std::{sync::Arc, time::Instant};

use formhand_domain::{JobEvent, Receipt, Writer};
use formhand_store::Store;
use jiff::SignedDuration;
use tokio::task::JoinSet;

use crate::{
    Outcome,
    jobs::{now, pending, request},
};

/// Measures lives that so many live at once.
pub(crate) async fn measure(store: &Arc<dyn Store>, workers: u32, count: u32) -> Outcome<()> {
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

/// Does something so often, by so many at once.
pub(crate) async fn together<F>(
    store: &Arc<dyn Store>,
    workers: u32,
    count: u32,
    work: impl Fn(Arc<dyn Store>) -> F + Send + Copy + 'static,
) -> Outcome<()>
where
    F: Future<Output = Outcome<()>> + Send,
{
    let mut tasks = JoinSet::new();
    for _ in 0..workers {
        let store = Arc::clone(store);
        tasks.spawn(async move {
            for _ in 0..count / workers {
                work(Arc::clone(&store)).await?;
            }
            Outcome::Ok(())
        });
    }
    while let Some(done) = tasks.join_next().await {
        done??;
    }
    Ok(())
}

pub(crate) async fn live(store: &dyn Store) -> Outcome<()> {
    store.submit(pending()?).await?;
    let job = store
        .claim(request("node-a")?)
        .await?
        .ok_or("nothing is due")?;
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
