//! The promises of the design, over random lives.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex},
};

use formhand_domain::Status;
use proptest::{
    collection::vec,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};

use crate::{life::Life, step::step};

/// At most one pass of the gate; nothing that may have left is tried again by the machine; a stale token changes
/// nothing; what was filed stays filed; attempts are bounded; every state survives being stored. The checks
/// themselves are in [`Life::take`].
#[test]
fn no_life_breaks_a_promise() {
    let seen = Arc::new(Mutex::new(BTreeSet::new()));
    let config = Config {
        cases: 1500,
        failure_persistence: None,
        ..Config::default()
    };
    // The same lives every time: a failure of this test can be looked at.
    let random = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let lives = (1..5_u32, vec(step(), 1..120));
    let witness = seen.clone();
    let result = TestRunner::new_with_rng(config, random).run(&lives, |(max_attempts, steps)| {
        let mut life = Life::new(max_attempts);
        for step in &steps {
            life.take(step)?;
            witness.lock().unwrap().insert(life.job.status());
        }
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
    // The test would prove little if the lives were dull.
    let dull = [Status::FailedValidation, Status::FailedDuplicate];
    let seen = seen.lock().unwrap();
    let missed: Vec<_> = Status::ALL
        .iter()
        .filter(|status| !seen.contains(status) && !dull.contains(status))
        .collect();
    assert!(missed.is_empty(), "never reached: {missed:?}");
}
