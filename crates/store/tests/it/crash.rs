//! What was acknowledged is there after the process was killed at any moment.

use std::{
    collections::BTreeSet,
    env,
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Child, Command, Stdio},
};

use formhand_domain::{JobEvent, JobId};
use formhand_store::{SqliteStore, Store, verify};
use jiff::SignedDuration;
use tokio::task::JoinSet;

use crate::{
    backend::Sqlite,
    given::{at, but, receipt, record, request, submitted, worker},
};

const FILE: &str = "FORMHAND_CRASH_FILE";
const ROUND: &str = "FORMHAND_CRASH_ROUND";
const ROUNDS: usize = 12;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_acknowledged_survives_a_kill_at_any_moment() {
    let place = Sqlite::new();
    let mut acknowledged = BTreeSet::new();
    for round in 0..ROUNDS {
        let mut helper = spawn_helper(&place.path(), round);
        let mut lines = BufReader::new(helper.stdout.take().unwrap()).lines();
        // Each round dies at another point: after its first word, or in the middle of a busy time.
        let wanted = 1 + round * 17;
        let mut heard = 0;
        while heard < wanted {
            let line = lines.next().expect("the helper ended by itself").unwrap();
            heard += usize::from(remember(&line, &mut acknowledged));
        }
        helper.kill().unwrap();
        // It may have said more before the signal reached it.
        for line in lines.map_while(Result::ok) {
            remember(&line, &mut acknowledged);
        }
        helper.wait().unwrap();
        check(&place.path(), &acknowledged).await;
    }
}

fn spawn_helper(file: &Path, round: usize) -> Child {
    Command::new(env::current_exe().unwrap())
        .args([
            "--exact",
            "crash::helper_that_is_killed",
            "--ignored",
            "--nocapture",
        ])
        .env(FILE, file)
        .env(ROUND, round.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

fn remember(line: &str, acknowledged: &mut BTreeSet<(JobId, String)>) -> bool {
    let Some((id, event)) = line
        .strip_prefix("ack ")
        .and_then(|rest| rest.split_once(' '))
    else {
        return false;
    };
    acknowledged.insert((id.parse().unwrap(), event.to_owned()))
}

async fn check(file: &Path, acknowledged: &BTreeSet<(JobId, String)>) {
    let store = SqliteStore::open(file).unwrap();
    let entries = store.audit_after(0, u32::MAX).await.unwrap();
    let kept: BTreeSet<_> = entries
        .iter()
        .map(|entry| (entry.job, entry.event.clone()))
        .collect();
    let lost: Vec<_> = acknowledged.difference(&kept).collect();
    assert!(lost.is_empty(), "{lost:?}");
    assert!(
        entries
            .iter()
            .map(|entry| entry.seq)
            .eq(1..=entries.len() as u64)
    );
    let proved = verify(&store, None, |_| ()).await.unwrap();
    assert_eq!(proved.unwrap().entries, entries.len() as u64);
    let jobs: BTreeSet<_> = kept.iter().map(|(job, _)| *job).collect();
    assert_eq!(store.stats().await.unwrap().total(), jobs.len() as u64);
    for job in jobs {
        let newest = store.history(job, 1).await.unwrap().pop().unwrap();
        let job = store.job(job).await.unwrap().unwrap();
        assert_eq!((job.status(), job.stage()), (newest.to, newest.stage));
    }
    store.close().await.unwrap();
}

/// Files jobs as fast as it can and says what the store has acknowledged, until it is killed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "the helper process of the test above"]
async fn helper_that_is_killed() {
    let (Ok(file), Ok(round)) = (env::var(FILE), env::var(ROUND)) else {
        return;
    };
    let store = std::sync::Arc::new(SqliteStore::open(file).unwrap());
    let mut workers = JoinSet::new();
    for number in 0..8 {
        let (store, round) = (store.clone(), round.clone());
        workers.spawn(async move {
            for case in 0..100_000 {
                live(&*store, &format!("{round}-{number}-{case}")).await;
            }
        });
    }
    workers.join_all().await;
}

async fn live(store: &dyn Store, case: &str) {
    // The counter of `record` starts anew in every process; the case makes id and caller's id its own.
    let new = but(record(case), |job| {
        let hash = case
            .bytes()
            .fold(7_u128, |hash, byte| hash * 31 + u128::from(byte));
        job.id = JobId::new(at(0), hash);
    });
    let id = submitted(store, new).await;
    acknowledge(id, "submit");
    let Some(job) = store.claim(request(0)).await.unwrap() else {
        return;
    };
    acknowledge(job.id, "claim");
    let margin = SignedDuration::ZERO;
    for event in [
        JobEvent::EnterForm,
        JobEvent::Arm {
            margin,
            session: None,
        },
        JobEvent::Cross {
            fingerprint: "ab".into(),
            margin,
        },
        JobEvent::Receive { receipt: receipt() },
        JobEvent::Complete {
            optional_failure: None,
        },
    ] {
        let name = event.name();
        store
            .apply(job.id, worker(&job), event, at(1))
            .await
            .unwrap();
        acknowledge(job.id, name);
    }
}

fn acknowledge(id: JobId, event: &str) {
    // One write a line, so that a kill never leaves half of one.
    let line = format!("ack {id} {event}\n");
    std::io::stdout().lock().write_all(line.as_bytes()).unwrap();
}
