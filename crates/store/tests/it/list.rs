//! Reading many jobs.

use formhand_domain::{JobEvent, JobId, PortalName, Status};
use formhand_store::{JobFilter, Store, Total};

use crate::{
    backend::{Backend, on_every_backend},
    given::{at, but, person, record, submitted},
};

on_every_backend! {
    a_list_is_read_page_by_page_newest_first,
    a_list_of_some_statuses_is_in_order_over_them,
    a_list_of_one_portal_holds_no_other,
    kf46_a_page_is_never_longer_than_five_hundred,
    an_empty_store_has_an_empty_page,
}

async fn read(store: &dyn Store, filter: &JobFilter, limit: u32) -> (Vec<JobId>, Total) {
    let (mut ids, mut after) = (Vec::new(), None);
    loop {
        let page = store.jobs(filter.clone(), after, limit).await.unwrap();
        assert!(page.jobs.len() <= limit as usize);
        ids.extend(page.jobs.iter().map(|job| job.id));
        after = page.next;
        if after.is_none() {
            return (ids, page.total);
        }
    }
}

async fn a_list_is_read_page_by_page_newest_first(backend: &dyn Backend) {
    let store = backend.open().await;
    let mut made = Vec::new();
    for case in 0..12 {
        made.push(submitted(&*store, record(&case.to_string())).await);
    }
    made.reverse();
    for limit in [1, 5, 6, 12, 100] {
        assert_eq!(
            read(&*store, &JobFilter::default(), limit).await,
            (made.clone(), Total::Exactly(12))
        );
    }
}

async fn a_list_of_some_statuses_is_in_order_over_them(backend: &dyn Backend) {
    let store = backend.open().await;
    let mut wanted = Vec::new();
    for case in 0..12 {
        let id = submitted(&*store, record(&case.to_string())).await;
        let reason = String::new();
        match case % 3 {
            0 => drop(
                store
                    .apply(id, person(), JobEvent::Hold, at(1))
                    .await
                    .unwrap(),
            ),
            1 => drop(
                store
                    .apply(id, person(), JobEvent::Cancel { reason }, at(1))
                    .await
                    .unwrap(),
            ),
            _ => continue,
        }
        wanted.push(id);
    }
    wanted.reverse();
    let filter = JobFilter {
        statuses: vec![Status::OnHold, Status::Cancelled],
        ..JobFilter::default()
    };
    for limit in [1, 3, 8] {
        assert_eq!(
            read(&*store, &filter, limit).await,
            (wanted.clone(), Total::Exactly(8))
        );
    }
}

async fn a_list_of_one_portal_holds_no_other(backend: &dyn Backend) {
    let store = backend.open().await;
    let other = PortalName::new("another").unwrap();
    submitted(&*store, record("one")).await;
    let there = but(record("one"), |job| job.portal = other.clone());
    let id = submitted(&*store, there).await;
    let filter = JobFilter {
        portal: Some(other),
        ..JobFilter::default()
    };
    assert_eq!(
        read(&*store, &filter, 10).await,
        (vec![id], Total::Exactly(1))
    );
}

async fn kf46_a_page_is_never_longer_than_five_hundred(backend: &dyn Backend) {
    let store = backend.open().await;
    for case in 0..510 {
        submitted(&*store, record(&case.to_string())).await;
    }
    let page = store
        .jobs(JobFilter::default(), None, u32::MAX)
        .await
        .unwrap();
    assert_eq!((page.jobs.len(), page.total), (500, Total::Exactly(510)));
    let rest = store
        .jobs(JobFilter::default(), page.next, u32::MAX)
        .await
        .unwrap();
    assert_eq!((rest.jobs.len(), rest.next), (10, None));
}

async fn an_empty_store_has_an_empty_page(backend: &dyn Backend) {
    let store = backend.open().await;
    assert_eq!(
        read(&*store, &JobFilter::default(), 10).await,
        (vec![], Total::Exactly(0))
    );
}
