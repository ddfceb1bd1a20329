//! Reading some of many jobs.

use formhand_domain::{
    AccountName, BusinessKey, CallerId, FlowName, Job, JobEvent, JobId, PortalName, Status,
};
use formhand_store::{JobFilter, SearchText, Store, Total};
use jiff::SignedDuration;

use crate::{
    backend::{Backend, on_every_backend, on_every_plain_backend},
    given::{at, but, person, record, submitted},
};

on_every_plain_backend! {
    each_filter_holds_the_jobs_it_names_and_no_other,
    filters_hold_together_on_every_page,
    a_total_is_exact_up_to_a_thousand_that_are_counted_one_by_one,
}

on_every_backend! {
    what_is_kept_in_counts_is_exact_however_much_it_is,
    a_filter_that_nothing_fits_ends,
}

/// All that a filter holds, page by page, and the total that each page says.
async fn read(store: &dyn Store, filter: &JobFilter, limit: u32) -> (Vec<JobId>, Total) {
    let (mut ids, mut after) = (Vec::new(), None);
    let mut total = None;
    loop {
        let page = store.jobs(filter.clone(), after, limit).await.unwrap();
        assert!(page.jobs.len() <= limit as usize);
        assert!(total.is_none_or(|total| total == page.total), "{filter:?}");
        total = Some(page.total);
        ids.extend(page.jobs.iter().map(|job| job.id));
        after = page.next;
        if after.is_none() {
            return (ids, page.total);
        }
    }
}

/// Jobs of two portals, three accounts and two flows, of which some are held.
async fn many(store: &dyn Store) -> Vec<Job> {
    let mut jobs = Vec::new();
    for case in 0..36 {
        let new = but(record(&case.to_string()), |job| {
            let (portal, account) = [
                ("practice", "broker"),
                ("practice", "agent"),
                ("garden", "agent"),
            ][case % 3];
            job.portal = PortalName::new(portal).unwrap();
            job.account = AccountName::new(account).unwrap();
            job.flow = FlowName::new(["motor", "health"][case / 3 % 2]).unwrap();
            job.label = format!("{} Example", ["Asha", "Jürgen", "Asmita"][case / 6 % 3]);
            job.id = JobId::new(at(i64::try_from(case).unwrap()), case as u128);
            job.created_at = at(i64::try_from(case).unwrap());
        });
        let id = submitted(store, new).await;
        if case % 4 == 0 {
            let hold = store.apply(id, person(), JobEvent::Hold, at(100));
            hold.await.unwrap();
        }
        jobs.push(store.job(id).await.unwrap().unwrap());
    }
    jobs.reverse();
    jobs
}

/// What a filter means.
fn holds(filter: &JobFilter, job: &Job) -> bool {
    let label = job.label.to_lowercase().replace('ü', "u");
    (filter.statuses.is_empty() || filter.statuses.contains(&job.status()))
        && filter
            .portal
            .as_ref()
            .is_none_or(|name| *name == job.portal)
        && filter
            .account
            .as_ref()
            .is_none_or(|name| *name == job.account)
        && filter.flow.as_ref().is_none_or(|name| *name == job.flow)
        && filter.from.is_none_or(|from| job.created_at >= from)
        && filter.until.is_none_or(|until| job.created_at < until)
        && filter
            .caller_id
            .as_ref()
            .is_none_or(|id| *id == job.caller_id)
        && filter
            .business_key
            .as_ref()
            .is_none_or(|key| Some(key) == job.business_key.as_ref())
        && filter.text.as_ref().is_none_or(|text| {
            let wanted = if *text == SearchText::new("ash").unwrap() {
                "ash"
            } else {
                "jur"
            };
            label.starts_with(wanted)
        })
}

async fn check(store: &dyn Store, jobs: &[Job], filter: &JobFilter) {
    let wanted: Vec<JobId> = jobs
        .iter()
        .filter(|job| holds(filter, job))
        .map(|job| job.id)
        .collect();
    let total = Total::Exactly(wanted.len() as u64);
    for limit in [1, 5, 100] {
        assert_eq!(
            read(store, filter, limit).await,
            (wanted.clone(), total),
            "{filter:?}"
        );
    }
}

fn single(jobs: &[Job]) -> Vec<JobFilter> {
    let any = JobFilter::default;
    vec![
        JobFilter {
            statuses: vec![Status::OnHold],
            ..any()
        },
        JobFilter {
            portal: PortalName::new("practice").ok(),
            ..any()
        },
        JobFilter {
            account: AccountName::new("agent").ok(),
            ..any()
        },
        JobFilter {
            flow: FlowName::new("health").ok(),
            ..any()
        },
        JobFilter {
            from: Some(at(20)),
            ..any()
        },
        JobFilter {
            until: Some(at(20)),
            ..any()
        },
        JobFilter {
            caller_id: Some(jobs[7].caller_id.clone()),
            ..any()
        },
        JobFilter {
            business_key: jobs[9].business_key.clone(),
            ..any()
        },
        JobFilter {
            text: SearchText::new("Ash").ok(),
            ..any()
        },
        JobFilter {
            text: SearchText::new("JÜR").ok(),
            ..any()
        },
    ]
}

async fn each_filter_holds_the_jobs_it_names_and_no_other(backend: &dyn Backend) {
    let store = backend.open().await;
    let jobs = many(&*store).await;
    for filter in single(&jobs) {
        assert!(jobs.iter().any(|job| holds(&filter, job)), "{filter:?}");
        check(&*store, &jobs, &filter).await;
    }
}

async fn filters_hold_together_on_every_page(backend: &dyn Backend) {
    let store = backend.open().await;
    let jobs = many(&*store).await;
    let single = single(&jobs);
    for one in &single {
        for other in &single {
            let mut statuses = one.statuses.clone();
            statuses.extend(&other.statuses);
            let both = JobFilter {
                statuses,
                portal: one.portal.clone().or(other.portal.clone()),
                account: one.account.clone().or(other.account.clone()),
                flow: one.flow.clone().or(other.flow.clone()),
                from: one.from.or(other.from),
                until: one.until.or(other.until),
                caller_id: one.caller_id.clone().or(other.caller_id.clone()),
                business_key: one.business_key.clone().or(other.business_key.clone()),
                text: one.text.clone().or(other.text.clone()),
            };
            let wanted: Vec<JobId> = jobs
                .iter()
                .filter(|job| holds(&both, job))
                .map(|job| job.id)
                .collect();
            assert_eq!(read(&*store, &both, 4).await.0, wanted, "{both:?}");
        }
    }
    let all = JobFilter {
        statuses: vec![Status::Pending, Status::OnHold],
        portal: PortalName::new("practice").ok(),
        account: AccountName::new("agent").ok(),
        flow: FlowName::new("motor").ok(),
        from: Some(at(3)),
        until: Some(at(30)),
        text: SearchText::new("ash").ok(),
        ..JobFilter::default()
    };
    assert!(jobs.iter().any(|job| holds(&all, job)));
    check(&*store, &jobs, &all).await;
}

async fn a_total_is_exact_up_to_a_thousand_that_are_counted_one_by_one(backend: &dyn Backend) {
    let store = backend.open().await;
    for case in 0..1_000 {
        submitted(&*store, record(&case.to_string())).await;
    }
    let filter = JobFilter {
        flow: FlowName::new("motor").ok(),
        ..JobFilter::default()
    };
    let page = store.jobs(filter.clone(), None, 10).await.unwrap();
    assert_eq!(page.total, Total::Exactly(1_000));
    submitted(&*store, record("one more")).await;
    let page = store.jobs(filter.clone(), None, 10).await.unwrap();
    assert_eq!((page.jobs.len(), page.total), (10, Total::AtLeast(1_000)));
    let second = store.jobs(filter, page.next, 10).await.unwrap();
    assert_eq!(
        (second.jobs.len(), second.total),
        (10, Total::AtLeast(1_000))
    );
    let words = JobFilter {
        text: SearchText::new("asha exam").ok(),
        ..JobFilter::default()
    };
    let page = store.jobs(words, None, 10).await.unwrap();
    assert_eq!((page.jobs.len(), page.total), (10, Total::AtLeast(1_000)));
    assert!(page.next.is_some());
    let all = store.jobs(JobFilter::default(), None, 10).await.unwrap();
    assert_eq!(all.total, Total::Exactly(1_001));
}

async fn what_is_kept_in_counts_is_exact_however_much_it_is(backend: &dyn Backend) {
    let store = backend.open().await;
    let jobs = many(&*store).await;
    let filter = JobFilter {
        statuses: vec![Status::OnHold],
        portal: PortalName::new("practice").ok(),
        account: AccountName::new("agent").ok(),
        ..JobFilter::default()
    };
    check(&*store, &jobs, &filter).await;
    let nobody = JobFilter {
        account: AccountName::new("nobody").ok(),
        ..JobFilter::default()
    };
    check(&*store, &jobs, &nobody).await;
}

async fn a_filter_that_nothing_fits_ends(backend: &dyn Backend) {
    let store = backend.open().await;
    many(&*store).await;
    let any = JobFilter::default;
    for filter in [
        JobFilter {
            caller_id: CallerId::new("nobody").ok(),
            ..any()
        },
        JobFilter {
            business_key: BusinessKey::new("nothing").ok(),
            ..any()
        },
        JobFilter {
            text: SearchText::new("zzz").ok(),
            ..any()
        },
        JobFilter {
            text: SearchText::new("asha zzz").ok(),
            ..any()
        },
        JobFilter {
            from: Some(at(99)),
            ..any()
        },
        JobFilter {
            from: Some(at(9)),
            until: Some(at(9) - SignedDuration::from_secs(1)),
            ..any()
        },
        JobFilter {
            flow: FlowName::new("fire").ok(),
            ..any()
        },
    ] {
        assert_eq!(
            read(&*store, &filter, 5).await,
            (vec![], Total::Exactly(0)),
            "{filter:?}"
        );
    }
}
