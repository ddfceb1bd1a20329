//! Finding a few jobs among thousands, where no store looks at each.

use formhand_domain::{FlowName, Job, JobEvent, JobId, Receipt, Status, Writer};
use formhand_store::{JobFilter, SearchText, Store, Total};
use futures_util::future::join_all;
use jiff::{SignedDuration, Timestamp};

use crate::{
    backend::{Backend, on_every_plain_backend},
    given::{at, but, person, record, request, say},
};

on_every_plain_backend! {
    few_are_found_among_thousands_and_thousands_page_by_page,
}

/// More than a store looks at for one page.
const MANY: usize = 2_600;

async fn many(store: &dyn Store) -> Vec<JobId> {
    let mut ids = Vec::with_capacity(MANY);
    for hundred in 0..MANY / 100 {
        let new = (hundred * 100..hundred * 100 + 100).map(|number| {
            let new = but(record(&number.to_string()), |job| {
                job.label = match number {
                    100 | 2_000 => "Rare Bird".to_owned(),
                    number if number % 2 == 0 => "Crowd Even".to_owned(),
                    _ => "Crowd Odd".to_owned(),
                };
                if number < 50 {
                    job.flow = FlowName::new("health").unwrap();
                }
            });
            store.submit(new)
        });
        let stored = join_all(new).await.into_iter();
        ids.extend(stored.map(|stored| stored.unwrap().job_id()));
    }
    ids.reverse();
    ids
}

fn words(text: &str) -> JobFilter {
    JobFilter {
        text: SearchText::new(text).ok(),
        ..JobFilter::default()
    }
}

async fn read(store: &dyn Store, filter: &JobFilter, limit: u32) -> (Vec<JobId>, Total) {
    let (mut ids, mut after) = (Vec::new(), None);
    loop {
        let page = store.jobs(filter.clone(), after, limit).await.unwrap();
        ids.extend(page.jobs.iter().map(|job| job.id));
        after = page.next;
        if after.is_none() {
            return (ids, page.total);
        }
    }
}

/// Of the numbers that fit, newest first.
fn of(ids: &[JobId], fits: impl Fn(usize) -> bool) -> Vec<JobId> {
    let numbers = ids.iter().zip((0..MANY).rev());
    numbers
        .filter(|(_, number)| fits(*number))
        .map(|(id, _)| *id)
        .collect()
}

async fn few_are_found_among_thousands_and_thousands_page_by_page(backend: &dyn Backend) {
    let store = backend.open().await;
    let store = &*store;
    let ids = many(store).await;
    let rare = of(&ids, |number| number == 100 || number == 2_000);
    for text in ["rare b", "RARE", "bird"] {
        let found = read(store, &words(text), 1).await;
        assert_eq!(found, (rare.clone(), Total::Exactly(2)), "{text}");
    }
    let even = of(&ids, |number| {
        number % 2 == 0 && !matches!(number, 100 | 2_000)
    });
    let (mut found, total) = read(store, &words("crowd even"), 500).await;
    // They were handed in together, so each store may have taken them in an order of its own.
    found.sort_unstable_by(|one, other| other.cmp(one));
    assert!(
        found == even && matches!(total, Total::AtLeast(_)),
        "{total:?}"
    );
    assert_eq!(
        read(store, &words("crowd ra"), 5).await,
        (vec![], Total::Exactly(0))
    );

    let old = of(&ids, |number| number < 50);
    let mut flow = JobFilter {
        flow: FlowName::new("health").ok(),
        ..JobFilter::default()
    };
    let first = store.jobs(flow.clone(), None, 10).await.unwrap();
    assert!(
        first.jobs.is_empty() && first.next.is_some(),
        "it is gone on with"
    );
    let (found, total) = read(store, &flow, 20).await;
    assert!(
        found == old && matches!(total, Total::AtLeast(_)),
        "{total:?}"
    );
    flow.text = SearchText::new("crowd").ok();
    assert_eq!(read(store, &flow, 20).await.0, old);
    let held = JobFilter {
        statuses: vec![Status::OnHold],
        ..words("crowd")
    };
    assert_eq!(read(store, &held, 20).await, (vec![], Total::Exactly(0)));
    changes(store, &rare).await;
}

/// What changes is found as it is then, also if it was in an index before.
async fn changes(store: &dyn Store, rare: &[JobId]) {
    let job = filed(store).await;
    assert_eq!(read(store, &words("zz 77"), 5).await.0, [job.id]);
    let forget = store.apply(job.id, Writer::Queue, JobEvent::Forget, at(9));
    forget.await.unwrap();
    assert_eq!(read(store, &words("zz 77"), 5).await.0, []);
    let reason = String::new();
    let cancel = store.apply(rare[0], person(), JobEvent::Cancel { reason }, at(2));
    cancel.await.unwrap();
    assert_eq!(read(store, &words("rare"), 5).await.0, rare);
    assert!(store.remove(rare[0], Timestamp::MAX, at(9)).await.unwrap());
    assert_eq!(read(store, &words("rare"), 5).await.0, rare[1..]);
    assert_eq!(store.stats().await.unwrap().total(), MANY as u64 - 1);
}

/// The job that is due first is done, and has the number ZZ-77.
async fn filed(store: &dyn Store) -> Job {
    let job = store.claim(request(0)).await.unwrap().unwrap();
    let margin = SignedDuration::from_secs(5);
    let receipt = Receipt([("proposal".to_owned(), "ZZ-77".to_owned())].into());
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
        JobEvent::Receive { receipt },
        JobEvent::Complete {
            optional_failure: None,
        },
    ] {
        say(store, &job, event).await;
    }
    job
}
