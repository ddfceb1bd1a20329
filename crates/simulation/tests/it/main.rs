//! The promises hold in random histories, and the simulation finds what breaks them.

use std::{ops::Range, path::Path};

use formhand_mongod::ReplicaSet;
use formhand_simulation::{Mutation, Simulation, Summary};
use formhand_store::StorePlace;
use tempfile::TempDir;

/// What survives a cut of power is no matter of these tests, so a disk would only make them slow.
fn folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() {
        tempfile::tempdir_in(memory).expect("a folder can be made")
    } else {
        tempfile::tempdir().expect("a folder can be made")
    }
}

/// Lets the histories of these seeds happen.
async fn histories(seeds: Range<u64>) -> Summary {
    let folder = folder();
    let simulation = Simulation::open(folder.path()).await;
    all_hold(simulation.expect("a store can be made"), seeds).await
}

async fn all_hold(mut simulation: Simulation, seeds: Range<u64>) -> Summary {
    let mut summary = Summary::default();
    for seed in seeds {
        if let Err(broken) = simulation.run(seed, None, &mut summary).await {
            panic!("{broken}\n{}", broken.trace.join("\n"));
        }
    }
    summary
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_history_files_twice_loses_a_job_or_ends_with_a_lie() {
    let halves = [0..500, 500..1000].map(|seeds| tokio::spawn(histories(seeds)));
    for half in halves {
        let summary = half.await.unwrap();
        // Dull histories would prove little.
        assert!(summary.filed > 1000, "{summary:?}");
        assert!(summary.kills_at_submit > 150, "{summary:?}");
        assert!(summary.pauses > 500, "{summary:?}");
        assert!(summary.settled > 400, "{summary:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_holds_on_mongodb() {
    let folder = folder();
    let database = ReplicaSet::start(&folder.path().join("mongodb")).await;
    let database = database.unwrap();
    let place = StorePlace::Mongo(database.url().to_owned());
    let simulation = Simulation::at(&place).await.unwrap();
    let summary = all_hold(simulation, 1000..1015).await;
    assert!(summary.filed > 20, "{summary:?}");
    assert!(summary.kills_at_submit > 2, "{summary:?}");
    assert!(summary.settled > 5, "{summary:?}");
    drop(database);
}

#[tokio::test]
async fn every_mutation_of_the_protocol_is_found() {
    for mutation in Mutation::ALL {
        let folder = folder();
        let mut simulation = Simulation::open(folder.path()).await.unwrap();
        let mut found = None;
        for seed in 0..2000 {
            let mut summary = Summary::default();
            let told = simulation.run(seed, Some(mutation), &mut summary).await;
            found = told.err();
            if found.is_some() {
                break;
            }
        }
        assert!(found.is_some(), "{} is not found", mutation.name());
    }
}

#[tokio::test]
async fn a_seed_tells_the_same_history_again() {
    let mut told = Vec::new();
    for _ in 0..2 {
        let folder = folder();
        let mut simulation = Simulation::open(folder.path()).await.unwrap();
        let trace = simulation.run(7, None, &mut Summary::default()).await;
        told.push(trace.unwrap());
    }
    assert_eq!(told[0], told[1]);
    assert!(told[0].len() > 20, "{told:?}");
}
