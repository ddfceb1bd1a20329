//! The second promise under fire: what was acknowledged ends in a state that is true, whenever the server dies.

use std::collections::BTreeMap;

use formhand_practice::Practice;
use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};
use tokio::{join, sync::watch};

use super::support::{Api, Scene, SceneOptions, Server};

const CUSTOMERS: u32 = 20;
const KILLS: usize = 3;

/// A server that lives files a customer in some twenty entries of the ledger. A new customer comes more often than
/// that, so that there is work from the first to the last kill.
const ENTRIES_BETWEEN_CUSTOMERS: usize = 8;

/// The first customers come at once.
const TOGETHER: u32 = 4;

/// The moments of the kills follow from it. `FORMHAND_STORM_SEED` tries others.
const SEED: u64 = 0x5eed;

#[tokio::test(flavor = "multi_thread")]
async fn kf02_whatever_was_acknowledged_ends_in_a_true_state_over_random_kills() {
    let chosen = std::env::var("FORMHAND_STORM_SEED").ok();
    let seed = chosen.map_or(SEED, |seed| seed.parse().expect("a seed is a number"));
    let scene = Scene::new(SceneOptions::default()).await;
    let server = scene.serve().await;
    let api = watch::Sender::new(server.api.clone());
    let submitting = submit_all(&scene.practice, api.subscribe());
    let (jobs, server) = join!(submitting, live(&scene, server, &api, seed));
    for job in jobs.values() {
        server.end_of(job).await;
    }
    let stats = server.api.stats().await.expect("the server answers");
    assert_eq!(stats["total"], CUSTOMERS, "{stats}");
    let jobs: Vec<(u32, &str)> = jobs
        .iter()
        .map(|(number, job)| (*number, job.as_str()))
        .collect();
    scene.finish(server, &jobs).await;
}

/// Hands all customers in, each as often as it takes until it is acknowledged.
async fn submit_all(practice: &Practice, mut api: watch::Receiver<Api>) -> BTreeMap<u32, String> {
    let mut jobs = BTreeMap::new();
    for number in 1..=CUSTOMERS {
        if number > TOGETHER {
            entries(practice, ENTRIES_BETWEEN_CUSTOMERS).await;
        }
        let job = loop {
            let server = api.borrow_and_update().clone();
            if let Some(job) = server.submit(number).await {
                break job;
            }
            // Dead. The next one has another address.
            api.changed().await.expect("there is a next one");
        };
        jobs.insert(number, job.id.to_string());
    }
    jobs
}

/// Lets servers live and die. The moments are as random as the seed; they are counted in what the portal sees, and a
/// moment more, so that they fall between its requests too.
async fn live(scene: &Scene, first: Server, api: &watch::Sender<Api>, seed: u64) -> Server {
    let mut random = StdRng::seed_from_u64(seed);
    let mut server = first;
    for _ in 0..KILLS {
        entries(&scene.practice, random.random_range(5..110)).await;
        let moment = random.random_range(0..40);
        tokio::time::sleep(std::time::Duration::from_millis(moment)).await;
        server = scene.kill_and_restart(server).await;
        api.send_replace(server.api.clone());
    }
    server
}

/// Waits until the portal's ledger is longer by so many entries.
async fn entries(practice: &Practice, mut count: usize) {
    let mark = practice.mark();
    let counted = |_: &formhand_practice::Entry| {
        count -= 1;
        count == 0
    };
    practice.when_after(mark, counted).await;
}
