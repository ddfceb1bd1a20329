//! Documents that could not be taken.

use formhand_domain::SourceName;
use formhand_store::DocumentId;

use super::support::{Scene, broken, customers, fit, nothing, shown};
use crate::given::{at, start};

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_taken_waits_with_its_problems_and_is_counted() {
    let scene = Scene::new().await;
    let keeper = scene.watched().await;
    let source = customers();
    for second in [1, 2, 3] {
        let looked = vec![
            broken("7"),
            fit(&format!("9{second}"), &format!("case {second}")),
        ];
        let taken = scene
            .sources
            .take(&source, keeper, looked, None, at(second))
            .await
            .unwrap();
        assert_eq!((taken.broken, taken.jobs), (1, 1));
    }
    let page = scene.sources.quarantine(&source, None, 10).await.unwrap();
    assert_eq!((page.total, page.next, page.entries.len()), (1, None, 1));
    let entry = &page.entries[0];
    assert_eq!(
        (entry.first_at, entry.last_at, entry.seen),
        (at(1), at(3), 3)
    );
    let problem = &entry.problems[0];
    assert_eq!(
        (problem.path.as_str(), problem.field.as_str()),
        ("dob", "/birthDate")
    );
    assert_eq!(problem.message, "is missing; expected a date");
    assert_eq!(scene.saved().await.quarantined, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_can_be_taken_or_is_no_business_of_ours_leaves_the_quarantine() {
    let scene = Scene::new().await;
    let keeper = scene.watched().await;
    scene
        .take(
            keeper,
            vec![broken("1"), broken("2"), broken("3"), broken("4")],
        )
        .await;
    scene
        .take(keeper, vec![fit("1", "one"), nothing("2"), broken("4")])
        .await;
    let again = vec![fit("3", "three")];
    let taken = scene
        .sources
        .take_again(&customers(), again, start())
        .await
        .unwrap();
    assert_eq!(taken.jobs, 1);
    let page = scene
        .sources
        .quarantine(&customers(), None, 10)
        .await
        .unwrap();
    assert_eq!(
        shown(page.entries.iter().map(|entry| &entry.document)),
        ["4"]
    );
    assert_eq!(scene.saved().await.counts.taken, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_quarantine_is_read_in_pages_whatever_kinds_of_ids_there_are() {
    let scene = Scene::new().await;
    let keeper = scene.watched().await;
    let ids = [
        "-3",
        "17",
        "1.5",
        "POL-2",
        "POL-1",
        "65a1b2c3d4e5f60718293a4b",
        "{\"branch\":\"BLR\",\"number\":7}",
    ];
    scene.take(keeper, ids.map(broken).to_vec()).await;
    let mut read = Vec::new();
    let mut after: Option<DocumentId> = None;
    loop {
        let page = scene
            .sources
            .quarantine(&customers(), after.as_ref(), 2)
            .await
            .unwrap();
        assert_eq!(page.total, 7);
        read.extend(shown(page.entries.iter().map(|entry| &entry.document)));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    let order = ["-3", "1.5", "17", "POL-1", "POL-2", ids[6], ids[5]];
    assert_eq!(read, order);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_or_all_of_a_source_can_be_dropped() {
    let scene = Scene::new().await;
    let keeper = scene.watched().await;
    scene
        .take(keeper, vec![broken("1"), broken("2"), broken("3")])
        .await;
    let other = SourceName::new("customers-2").unwrap();
    let drop = |source, document| scene.sources.drop_quarantined(source, document);
    assert_eq!(drop(&other, None).await, Ok(0));
    let second = DocumentId::parse("2");
    let source = customers();
    assert_eq!(drop(&source, Some(&second)).await, Ok(1));
    assert_eq!(drop(&source, Some(&second)).await, Ok(0));
    assert_eq!(drop(&source, None).await, Ok(2));
}
