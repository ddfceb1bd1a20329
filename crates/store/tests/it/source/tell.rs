//! What documents are told of their jobs.

use formhand_domain::JobId;
use formhand_store::{DocumentId, Looked, Note, NoteValue, Told, Verdict};
use mongodb::bson::{DateTime, doc};

use super::support::{Scene, customer, customers, fit, shown};
use crate::given::{at, record, start};

fn note(document: &str, status: &str) -> Note {
    Note {
        document: DocumentId::parse(document),
        fields: vec![
            ("formhand.status".into(), NoteValue::Text(status.into())),
            ("formhand.at".into(), NoteValue::Time(start())),
            (
                "formhand.receipt".into(),
                NoteValue::Texts([("proposal".to_owned(), "P-1".to_owned())].into()),
            ),
        ],
    }
}

fn id_of(looked: &Looked) -> JobId {
    match &looked.verdict {
        Verdict::Job(new) => new.job.id,
        _ => panic!("it is a job"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_note_changes_what_it_says_and_nothing_else() {
    let scene = Scene::new().await;
    scene.customers.insert_one(customer("A")).await.unwrap();
    for _ in 0..2 {
        let refused = scene
            .origin
            .tell(&[note("A", "completed"), note("gone", "pending")])
            .await;
        assert_eq!(refused.unwrap(), []);
    }
    let found = scene.customers.find_one(doc! {}).await.unwrap().unwrap();
    let mut expected = customer("A");
    let formhand = doc! {
        "status": "completed",
        "at": DateTime::from_millis(start().as_millisecond()),
        "receipt": { "proposal": "P-1" },
    };
    expected.insert("formhand", formhand);
    assert_eq!(found, expected);
    assert_eq!(scene.customers.count_documents(doc! {}).await.unwrap(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_that_refuses_a_note_keeps_no_other_from_getting_its_own() {
    let scene = Scene::new().await;
    let mut stubborn = customer("A");
    stubborn.insert("formhand", "a text is in the way");
    scene
        .customers
        .insert_many([stubborn, customer("B")])
        .await
        .unwrap();
    let refused = scene
        .origin
        .tell(&[note("A", "pending"), note("B", "pending")])
        .await
        .unwrap();
    assert_eq!(shown(&refused), ["A"]);
    let told = scene
        .customers
        .count_documents(doc! { "formhand.status": "pending" })
        .await;
    assert_eq!(told.unwrap(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_knows_its_document_and_how_far_documents_were_told_is_kept() {
    let scene = Scene::new().await;
    let keeper = scene.watched().await;
    let other = scene
        .store
        .submit(record("of nobody"))
        .await
        .unwrap()
        .job_id();
    let looked = [fit("1", "one"), fit("POL-2", "two")];
    let ids = [id_of(&looked[0]), id_of(&looked[1])];
    scene.take(keeper, looked.to_vec()).await;
    let found = scene
        .sources
        .jobs_of_source(&customers(), &[ids[0], ids[1], other])
        .await
        .unwrap();
    let mut found: Vec<_> = found
        .into_iter()
        .map(|(document, job)| (document.shown(), job.id))
        .collect();
    found.sort();
    assert_eq!(
        found,
        [("1".to_owned(), ids[0]), ("POL-2".to_owned(), ids[1])]
    );

    let told = Told {
        up_to: Some(17),
        refused: vec![ids[1], other],
        settled: Vec::new(),
    };
    scene
        .sources
        .set_told(&customers(), keeper, &told, at(10))
        .await
        .unwrap();
    assert_eq!(scene.saved().await.told, 17);
    let refused = |second| scene.sources.refused(&SOURCE, at(second), 9);
    assert_eq!(refused(10).await.unwrap(), []);
    assert_eq!(refused(11).await.unwrap(), [ids[1]]);
    let told = Told {
        settled: vec![ids[1]],
        ..Told::default()
    };
    scene
        .sources
        .set_told(&customers(), keeper, &told, at(12))
        .await
        .unwrap();
    assert_eq!(refused(99).await.unwrap(), []);
    assert_eq!(scene.saved().await.told, 17);
}

static SOURCE: std::sync::LazyLock<formhand_domain::SourceName> =
    std::sync::LazyLock::new(customers);
