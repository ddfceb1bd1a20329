//! Whether two stores hold the same, as far as anybody can see.

use std::collections::BTreeSet;

use formhand_domain::{AccountKey, Job, JobId, QuestionId, Status};
use formhand_store::{
    DeliveryFilter, EndedJobs, JobFilter, KeptHead, SearchText, SessionHistoryFilter, Store, Total,
    verify,
};
use jiff::{SignedDuration, Timestamp};

use super::filled::BUDGET;
use crate::given::{account_named, at};

/// Compares all that can be asked of both.
pub(super) async fn assert_same(one: &dyn Store, other: &dyn Store) {
    let jobs = all_jobs(one).await;
    assert!(jobs == all_jobs(other).await, "the jobs differ");
    let statuses: BTreeSet<Status> = jobs.iter().map(Job::status).collect();
    assert_eq!(statuses.len(), Status::ALL.len(), "{statuses:?}");
    for job in &jobs {
        let id = job.id;
        assert_eq!(one.job(id).await.unwrap(), other.job(id).await.unwrap());
        let history = one.history(id, 500).await.unwrap();
        assert_eq!(history, other.history(id, 500).await.unwrap());
        let of_caller = one.job_of_caller(&job.caller_id).await.unwrap();
        assert_eq!(
            of_caller,
            other.job_of_caller(&job.caller_id).await.unwrap()
        );
    }
    assert_eq!(one.stats().await.unwrap(), other.stats().await.unwrap());
    let audit = one.audit_after(0, 10_000).await.unwrap();
    assert_eq!(audit, other.audit_after(0, 10_000).await.unwrap());
    chain(one, other).await;
    queues(one, other, &jobs).await;
    listing(one, other).await;
    accounts(one, other).await;
    webhooks(one, other).await;
}

/// Byte for byte, with what is left of a removed job; and it holds.
async fn chain(one: &dyn Store, other: &dyn Store) {
    let links = one.links(0, 10_000).await.unwrap();
    assert_eq!(links, other.links(0, 10_000).await.unwrap());
    let head = one.head().await.unwrap();
    assert_eq!(head, other.head().await.unwrap());
    let kept = head.map(KeptHead::from);
    let proved = verify(other, kept, |_| ()).await.unwrap().unwrap();
    assert_eq!((proved.head, proved.removed), (head, 2));
    let known = one.slate("alerts").await.unwrap();
    assert!(known.is_some());
    assert_eq!(known, other.slate("alerts").await.unwrap());
}

async fn webhooks(one: &dyn Store, other: &dyn Store) {
    let known = one.webhooks().await.unwrap();
    assert_eq!(known.len(), 2);
    assert_eq!(known, other.webhooks().await.unwrap());
    let mut count = 0;
    for webhook in &known {
        let (name, all) = (&webhook.name, DeliveryFilter::default());
        let page = one.deliveries(name, all.clone(), None, 100).await.unwrap();
        count += page.deliveries.len();
        let others = other.deliveries(name, all, None, 100).await.unwrap();
        assert_eq!(page, others);
        assert_eq!(
            one.next_delivery_at(name).await.unwrap(),
            other.next_delivery_at(name).await.unwrap()
        );
    }
    assert_eq!(count, 5);
}

async fn all_jobs(store: &dyn Store) -> Vec<Job> {
    let (mut jobs, mut after) = (Vec::new(), None);
    loop {
        let page = store.jobs(JobFilter::default(), after, 17).await.unwrap();
        jobs.extend(page.jobs);
        after = page.next;
        if after.is_none() {
            assert_eq!(page.total, Total::Exactly(jobs.len() as u64));
            return jobs;
        }
    }
}

async fn listing(one: &dyn Store, other: &dyn Store) {
    let (from, until) = (at(-99_999), at(99_999));
    let ended = one.outcomes(from, until).await.unwrap();
    // One of them was removed.
    assert_eq!(ended.iter().map(|ended| ended.jobs).sum::<u64>(), 9);
    assert_eq!(ended, other.outcomes(from, until).await.unwrap());
    for text in ["asha completed", "many 3", "p 1", "removed", "forgotten"] {
        let filter = JobFilter {
            text: SearchText::new(text).ok(),
            ..JobFilter::default()
        };
        let found = one.jobs(filter.clone(), None, 50).await.unwrap();
        let others = other.jobs(filter, None, 50).await.unwrap();
        assert!(
            found.jobs == others.jobs && found.total == others.total,
            "{text}"
        );
    }
}

async fn queues(one: &dyn Store, other: &dyn Store, jobs: &[Job]) {
    let flows = [(jobs[0].portal.clone(), jobs[0].flow.clone())];
    let searched = one.to_search(&flows, 100).await.unwrap();
    assert_eq!(searched.len(), 1);
    assert_eq!(searched, other.to_search(&flows, 100).await.unwrap());
    let expired = expired(one).await;
    assert_eq!(expired.len(), 4);
    assert_eq!(expired, self::expired(other).await);
    assert_eq!(
        one.next_due_at().await.unwrap(),
        other.next_due_at().await.unwrap()
    );
    for which in [EndedJobs::Filed, EndedJobs::Unfiled] {
        let ended = one.ended(which, Timestamp::MAX, None, 100).await.unwrap();
        let others = other.ended(which, Timestamp::MAX, None, 100).await;
        assert_eq!(ended, others.unwrap());
    }
}

/// Jobs of a status, of which there are few.
pub(super) async fn jobs_that_are(store: &dyn Store, status: Status) -> Vec<Job> {
    let filter = JobFilter {
        statuses: vec![status],
        ..JobFilter::default()
    };
    store.jobs(filter, None, 100).await.unwrap().jobs
}

/// Those whose leases end at the same time are in no order.
async fn expired(store: &dyn Store) -> BTreeSet<JobId> {
    let expired = store.expired(at(1_000), 100).await.unwrap();
    expired.into_iter().map(|job| job.id).collect()
}

async fn accounts(one: &dyn Store, other: &dyn Store) {
    let sessions = one.sessions().await.unwrap();
    assert!(sessions.len() >= 2);
    assert!(sessions == other.sessions().await.unwrap());
    for name in [
        "broker",
        "agent",
        "locked-out",
        "forgiven",
        "spent",
        "begun",
        "unknown",
    ] {
        account(one, other, &account_named(name)).await;
    }
    let all = SessionHistoryFilter::default();
    let events = one.session_history(all.clone(), None, 500).await.unwrap();
    assert_eq!(events.len(), 60);
    assert_eq!(events, other.session_history(all, None, 500).await.unwrap());
    let open = one.open_questions(at(1)).await.unwrap();
    assert_eq!(open.len(), 1);
    assert!(open == other.open_questions(at(1)).await.unwrap());
    let answered = QuestionId::new("answered").unwrap();
    assert!(other.question(&answered).await.unwrap().is_none());
}

async fn account(one: &dyn Store, other: &dyn Store, of: &AccountKey) {
    assert_eq!(
        one.session_wish(of).await.unwrap(),
        other.session_wish(of).await.unwrap()
    );
    assert_eq!(
        one.at_work(of).await.unwrap(),
        other.at_work(of).await.unwrap()
    );
    let pace = SignedDuration::from_secs(7);
    let next = one.next_start_at(of, pace).await.unwrap();
    assert_eq!(next, other.next_start_at(of, pace).await.unwrap());
    assert!(other.account_lease(of).await.unwrap().is_none());
    for (credentials, second) in [("p1", 9), ("p2", 10), ("p1", 4_000)] {
        let may = one.begin_login(of, None, credentials, BUDGET, at(second));
        let others = other.begin_login(of, None, credentials, BUDGET, at(second));
        let (may, others) = (may.await.unwrap(), others.await.unwrap());
        assert_eq!(may.map(drop), others.map(drop), "{of} {credentials}");
    }
}
