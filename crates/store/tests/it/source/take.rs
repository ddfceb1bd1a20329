//! Taking documents, and keeping how far a source was read.

use formhand_domain::{JobEvent, Status};
use formhand_store::{Looked, SourceError, SourceTask, StoreError, Taken, Verdict};
use jiff::SignedDuration;
use tokio::task::JoinSet;

use super::support::{Fault, Scene, customers, fit, job, kept, key, nothing};
use crate::given::{at, but, invalid, person, record, start};

fn jobs(jobs: u64) -> Taken {
    Taken {
        jobs,
        ..Taken::default()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn documents_become_jobs_and_how_far_they_were_read_is_kept_with_them() {
    let scene = Scene::new().await;
    let keeper = scene.watched().await;
    let reached = scene.present().await;
    let looked = (1..=5)
        .map(|n| fit(&n.to_string(), &format!("case {n}")))
        .collect();
    let source = customers();
    let taken = scene
        .sources
        .take(&source, keeper, looked, Some(&reached), start())
        .await;
    assert_eq!(taken.unwrap(), jobs(5));
    let saved = scene.saved().await;
    assert_eq!(saved.reached, Some(reached));
    assert_eq!(saved.counts.taken, 5);
    assert_eq!(scene.jobs([Status::Pending]).await, [5]);
    // Each has its entry in the audit, like any other job.
    let entries = scene.store.audit_after(0, 100).await.unwrap();
    assert_eq!(entries.len(), 5);
}

/// Of a transaction that does not come to its end nothing is there.
#[tokio::test(flavor = "multi_thread")]
async fn kf36_jobs_and_how_far_a_source_was_read_are_kept_together_or_not_at_all() {
    let scene = Scene::new().await;
    let sources = scene.named("kf36").await;
    let fault = Fault::new().await;
    let mut second = 0;
    for (command, jobs_made) in [
        ("insert", 0),
        ("update", 0),
        ("commitTransaction", 0),
        ("none", 2),
    ] {
        second += 100;
        let keeper = kept(&*sources, "node-a", second).await;
        let before = scene.present().await;
        sources
            .set_out(&customers(), keeper, &before)
            .await
            .unwrap();
        // The session is noted before, by an update of its own.
        sources
            .take(&customers(), keeper, Vec::new(), Some(&before), start())
            .await
            .unwrap();
        fault.set(command, 8_000, "kf36").await;
        let reached = scene.present().await;
        let looked = vec![fit("1", "one"), fit("2", "two")];
        let taken = sources
            .take(&customers(), keeper, looked, Some(&reached), start())
            .await;
        fault.heal().await;
        assert_eq!(taken.is_ok(), jobs_made > 0, "{command}: {taken:?}");
        assert_eq!(
            scene.jobs([Status::Pending]).await,
            [jobs_made],
            "{command}"
        );
        let kept = scene.saved().await.reached.unwrap();
        let expected = if jobs_made > 0 { reached } else { before };
        assert_eq!(kept, expected, "{command}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn kf37_a_document_becomes_one_job_however_often_it_is_taken() {
    for scene in Scene::both().await {
        let keeper = scene.watched().await;
        let looked = || (1..=9).map(|n| fit(&n.to_string(), &format!("case {n}")));
        scene.take(keeper, looked().collect()).await;
        // Again, with a new one among them, and with the same as another business case.
        let again = looked()
            .chain([fit("10", "case 10"), fit("3", "another case")])
            .collect();
        let taken = scene.take(keeper, again).await;
        assert_eq!((taken.jobs, taken.known, taken.duplicates), (1, 10, 0));
        assert_eq!(
            scene.jobs([Status::Pending, Status::FailedDuplicate]).await,
            [10, 0]
        );
        let known = scene
            .sources
            .taken(&[key("9"), key("10"), key("11")])
            .await
            .unwrap();
        assert_eq!(known.into_iter().collect::<Vec<_>>(), [key("10"), key("9")]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn kf37_a_document_that_many_take_at_once_becomes_one_job() {
    let scene = Scene::new().await;
    let keeper = scene.watched().await;
    let mut tasks = JoinSet::new();
    for _ in 0..8 {
        let sources = scene.other().await;
        tasks.spawn(async move {
            let looked = vec![fit("1", "one"), fit("2", "two"), fit("3", "three")];
            sources
                .take_again(&customers(), looked, start())
                .await
                .unwrap()
        });
    }
    let watcher = scene
        .take(keeper, vec![fit("2", "two"), fit("3", "three")])
        .await;
    let taken = tasks.join_all().await.into_iter().fold(watcher, Taken::and);
    assert_eq!(taken.jobs, 3);
    assert_eq!(
        scene.jobs([Status::Pending, Status::FailedDuplicate]).await,
        [3, 0]
    );
    assert_eq!(scene.saved().await.counts.taken, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_whose_business_case_another_job_holds_becomes_a_duplicate() {
    for scene in Scene::both().await {
        let keeper = scene.watched().await;
        let first = record("case 4");
        scene.store.submit(first.clone()).await.unwrap();
        let mut looked: Vec<Looked> = (1..=7)
            .map(|n| fit(&n.to_string(), &format!("case {n}")))
            .collect();
        // Two of one batch may be the same case, too.
        looked.push(fit("8", "case 1"));
        looked.push(Looked {
            verdict: Verdict::Job(Box::new(job("9", invalid("case 9")))),
            ..nothing("9")
        });
        let taken = scene.take(keeper, looked).await;
        assert_eq!(
            (taken.jobs, taken.duplicates, taken.invalid, taken.known),
            (9, 2, 1, 0)
        );
        let statuses = [
            Status::Pending,
            Status::FailedDuplicate,
            Status::FailedValidation,
        ];
        assert_eq!(scene.jobs(statuses).await, [7, 2, 1]);
        let counts = scene.saved().await.counts;
        assert_eq!((counts.taken, counts.duplicates, counts.invalid), (9, 2, 1));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_callers_id_that_is_in_use_makes_a_duplicate() {
    for scene in Scene::both().await {
        let keeper = scene.watched().await;
        let first = record("one");
        let caller_id = first.job.caller_id.clone();
        scene.store.submit(first).await.unwrap();
        let second = but(record("two"), |job| job.caller_id = caller_id.clone());
        let looked = Looked {
            verdict: Verdict::Job(Box::new(job("2", second))),
            ..nothing("2")
        };
        assert_eq!(scene.take(keeper, vec![looked]).await.duplicates, 1);
    }
}

/// Who removes what was not filed must not have it filed by that.
#[tokio::test(flavor = "multi_thread")]
async fn kf37_a_document_whose_job_was_removed_is_not_taken_once_more() {
    for scene in Scene::both().await {
        let keeper = scene.watched().await;
        let looked = fit("1", "one");
        let Verdict::Job(new) = &looked.verdict else {
            panic!("it is a job");
        };
        let id = new.job.id;
        scene.take(keeper, vec![looked]).await;
        let cancel = JobEvent::Cancel {
            reason: "withdrawn".into(),
        };
        scene
            .store
            .apply(id, person(), cancel, at(1))
            .await
            .unwrap();
        assert!(scene.store.remove(id, at(10), at(9)).await.unwrap());
        assert_eq!(scene.sources.taken(&[key("1")]).await.unwrap().len(), 1);
        let taken = scene
            .take(keeper, vec![fit("1", "one"), fit("2", "two")])
            .await;
        assert_eq!((taken.jobs, taken.known), (1, 1));
        assert_eq!(
            scene.jobs([Status::Pending, Status::Cancelled]).await,
            [1, 0]
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_of_a_document_without_its_key_is_refused() {
    let scene = Scene::new().await;
    let keeper = scene.watched().await;
    let looked = Looked {
        verdict: Verdict::Job(Box::new(record("one"))),
        ..nothing("1")
    };
    let taken = scene
        .sources
        .take(&customers(), keeper, vec![looked], None, start())
        .await;
    assert!(
        matches!(taken, Err(SourceError::Store(StoreError::Backend(_)))),
        "{taken:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn where_a_source_is_read_from_and_what_is_wrong_with_it_is_kept() {
    let scene = Scene::new().await;
    assert_eq!(scene.sources.source(&customers()).await.unwrap(), None);
    scene.store.submit(record("before")).await.unwrap();
    scene.store.audit_after(0, 9).await.unwrap();
    let keeper = kept(&*scene.sources, "node-a", 0).await;
    assert_eq!(scene.saved().await.reached, None);
    let mut reached = scene.present().await;
    reached.scan = Some(formhand_store::Scan {
        since: Some(start()),
        after: Some(formhand_store::DocumentId::parse(
            "65a1b2c3d4e5f60718293a4b",
        )),
    });
    scene
        .sources
        .set_out(&customers(), keeper, &reached)
        .await
        .unwrap();
    let saved = scene.saved().await;
    assert_eq!(saved.reached, Some(reached));
    assert_eq!(
        saved.told, 1,
        "what was before the source is told to nobody"
    );
    assert_eq!(saved.lease.unwrap().token, keeper);
    for (second, text) in [(5, "it is down"), (9, "it is still down")] {
        let said = scene
            .sources
            .set_trouble(
                &customers(),
                keeper,
                SourceTask::Watching,
                Some(text),
                at(second),
            )
            .await;
        said.unwrap();
    }
    let trouble = scene.saved().await.trouble.unwrap();
    assert_eq!(
        (trouble.since, trouble.text.as_str()),
        (at(5), "it is still down")
    );
    scene
        .sources
        .set_trouble(&customers(), keeper, SourceTask::Watching, None, at(10))
        .await
        .unwrap();
    assert_eq!(scene.saved().await.trouble, None);
    assert_eq!(
        scene.sources.sources().await.unwrap(),
        [scene.saved().await]
    );
    // Later on it is not begun anew.
    scene.store.submit(record("after")).await.unwrap();
    scene.store.audit_after(0, 9).await.unwrap();
    let later = formhand_store::Reached {
        at: start() + SignedDuration::from_secs(1),
        ..scene.present().await
    };
    scene
        .sources
        .set_out(&customers(), keeper, &later)
        .await
        .unwrap();
    assert_eq!(scene.saved().await.told, 1);
}
