//! What is handed over is read, linked and removed where it is.

use std::time::Duration;

use formhand_domain::JobId;
use formhand_evidence::{Bundle, Content, Evidence, Place};
use futures_util::StreamExt as _;
use jiff::Timestamp;
use tempfile::TempDir;
use tokio::io::AsyncReadExt as _;

use crate::bucket::Bucket;

fn job(number: u128) -> JobId {
    JobId::new(Timestamp::UNIX_EPOCH, number)
}

/// A job with a log, a page and a document.
async fn kept(evidence: &Evidence, folder: &TempDir, job: JobId) {
    evidence
        .keep_text(job, 1, "call-log", "clicked")
        .await
        .unwrap();
    evidence.keep_page(job, 2, &["<p>seen</p>"]).await.unwrap();
    let file = folder.path().join("download");
    std::fs::write(&file, "%PDF").unwrap();
    let document = evidence.keep_document(job, 2, "Police (août).pdf", &file);
    document.await.unwrap();
}

async fn read(evidence: &Evidence, place: &Place) -> Option<(bool, String)> {
    let (kept, content) = evidence.open(place).await.unwrap()?;
    let mut bytes = Vec::new();
    let is_here = match content {
        Content::File(mut file) => {
            file.read_to_end(&mut bytes).await.unwrap();
            true
        }
        Content::Object(mut pieces) => {
            while let Some(piece) = pieces.next().await {
                bytes.extend_from_slice(&piece.unwrap());
            }
            false
        }
    };
    assert_eq!(kept.size_bytes, bytes.len() as u64);
    Some((is_here, String::from_utf8(bytes).unwrap()))
}

fn places(job: JobId) -> [(Place, &'static str); 3] {
    [
        (Place::file(job, 1, "call-log.txt").unwrap(), "clicked"),
        (
            Place::document(job, 2, "Police (août).pdf").unwrap(),
            "%PDF",
        ),
        (Place::file(job, 2, "page.html").unwrap(), "<p>seen</p>"),
    ]
}

#[tokio::test]
async fn what_is_handed_over_is_read_where_it_is_by_every_server() {
    let bucket = Bucket::start().await;
    let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let [one, other] = [0, 1].map(|at: usize| bucket.evidence(&folders[at]));
    let job = job(1);
    kept(&one, &folders[0], job).await;
    let before = one.of(job).await.unwrap();
    assert_eq!(one.jobs_here().await.unwrap(), [job]);
    assert_eq!(other.of(job).await.unwrap(), Vec::<String>::new());

    assert_eq!(one.hand_over(job).await.unwrap(), 3);
    assert_eq!(one.jobs_here().await.unwrap(), []);
    assert!(!folders[0].path().join(job.to_string()).exists());
    for evidence in [&one, &other] {
        assert_eq!(evidence.of(job).await.unwrap(), before);
        let files = evidence.files(job).await.unwrap();
        let listed: Vec<_> = files
            .iter()
            .map(|kept| (kept.place.clone(), kept.size_bytes))
            .collect();
        let expected = places(job).map(|(place, text)| (place, text.len() as u64));
        assert_eq!(listed, expected);
        for (place, text) in places(job) {
            assert_eq!(
                read(evidence, &place).await.unwrap(),
                (false, text.to_owned())
            );
        }
    }
    // A second time there is nothing to do.
    assert_eq!(one.hand_over(job).await.unwrap(), 0);
}

#[tokio::test]
async fn storage_that_does_not_answer_costs_nothing_and_gets_all_when_it_does() {
    let mut bucket = Bucket::start().await;
    let folder = tempfile::tempdir().unwrap();
    let evidence = bucket.evidence(&folder);
    let job = job(1);
    kept(&evidence, &folder, job).await;
    bucket.stop().await;
    assert!(evidence.hand_over(job).await.is_err());
    // What is here is listed, and read without asking anybody.
    assert_eq!(evidence.of(job).await.unwrap().len(), 3);
    assert_eq!(evidence.files(job).await.unwrap().len(), 3);
    for (place, text) in places(job) {
        assert_eq!(
            read(&evidence, &place).await.unwrap(),
            (true, text.to_owned())
        );
    }
    // So a restart needs to remember nothing.
    bucket.go_on().await;
    let anew = bucket.evidence(&folder);
    assert_eq!(anew.jobs_here().await.unwrap(), [job]);
    assert_eq!(anew.hand_over(job).await.unwrap(), 3);
    assert_eq!(
        bucket
            .keys()
            .iter()
            .filter(|key| key.contains(&job.to_string()))
            .count(),
        3
    );
}

#[tokio::test]
async fn a_wrong_key_hands_nothing_over_and_removes_nothing() {
    let bucket = Bucket::start().await;
    let folder = tempfile::tempdir().unwrap();
    let evidence = bucket.evidence_with(&folder, "another-key");
    let job = job(1);
    kept(&evidence, &folder, job).await;
    let refused = evidence.hand_over(job).await.unwrap_err().to_string();
    assert!(!refused.contains("another-key"), "{refused}");
    assert_eq!(evidence.jobs_here().await.unwrap(), [job]);
    assert!(
        !bucket
            .keys()
            .iter()
            .any(|key| key.contains(&job.to_string()))
    );
}

#[tokio::test]
async fn what_is_old_is_removed_there_too_and_nothing_of_another_job() {
    let bucket = Bucket::start().await;
    let folder = tempfile::tempdir().unwrap();
    let evidence = bucket.evidence(&folder);
    let jobs = [job(1), job(2)];
    for job in jobs {
        kept(&evidence, &folder, job).await;
        evidence.hand_over(job).await.unwrap();
    }
    evidence.remove_pictures(jobs[0]).await.unwrap();
    let [_, (document, _), _] = places(jobs[0]);
    assert_eq!(evidence.of(jobs[0]).await.unwrap(), [document.path()]);
    evidence.remove_all(jobs[0]).await.unwrap();
    assert_eq!(evidence.of(jobs[0]).await.unwrap(), Vec::<String>::new());
    assert_eq!(evidence.of(jobs[1]).await.unwrap().len(), 3);
}

#[tokio::test]
async fn a_receipt_is_also_over_what_was_handed_over_before() {
    let bucket = Bucket::start().await;
    let folder = tempfile::tempdir().unwrap();
    let evidence = bucket.evidence(&folder);
    let job = job(1);
    kept(&evidence, &folder, job).await;
    evidence.hand_over(job).await.unwrap();
    evidence
        .keep_text(job, 3, "call-log", "again")
        .await
        .unwrap();
    let path = evidence
        .keep_receipt(job, 3, serde_json::json!({}))
        .await
        .unwrap();
    let bundle = Bundle::read(&std::fs::read(folder.path().join(path)).unwrap()).unwrap();
    assert_eq!(bundle.parts.len(), 4);
    assert!(bundle.parts[0].is(b"clicked") && bundle.parts[3].is(b"again"));
}

#[tokio::test]
async fn a_link_gives_one_file_for_its_life_and_never_as_a_page() {
    let bucket = Bucket::start().await;
    let folder = tempfile::tempdir().unwrap();
    let evidence = bucket.evidence(&folder);
    let job = job(1);
    kept(&evidence, &folder, job).await;
    let [(log, _), (document, _), (page, text)] = places(job);
    let hour = Duration::from_hours(1);
    assert!(
        evidence.link(&page, hour).await.unwrap().is_none(),
        "it is here"
    );
    evidence.hand_over(job).await.unwrap();
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let link = evidence.link(&page, hour).await.unwrap().unwrap();
    let answer = client.get(link.clone()).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    assert_eq!(
        answer.headers()["content-type"],
        "text/plain; charset=utf-8"
    );
    assert_eq!(answer.text().await.unwrap(), text);
    // For this file only, and only as it was signed.
    let others = link.as_str().replace("page.html", "call-log.txt");
    let longer = link
        .as_str()
        .replace("X-Amz-Expires=3600", "X-Amz-Expires=7200");
    for forged in [others, longer] {
        assert_ne!(forged, link.as_str());
        let answer = client.get(forged).send().await.unwrap();
        assert_eq!(answer.status(), 403);
    }
    let document = evidence.link(&document, hour).await.unwrap().unwrap();
    let answer = client.get(document).send().await.unwrap();
    assert_eq!(answer.headers()["content-disposition"], "attachment");
    evidence.remove_all(job).await.unwrap();
    assert!(evidence.link(&log, hour).await.unwrap().is_none());
}

#[tokio::test]
async fn kf43_a_key_is_made_of_ids_and_harmless_names() {
    let bucket = Bucket::start().await;
    let folder = tempfile::tempdir().unwrap();
    let evidence = bucket.evidence(&folder);
    let job = job(1);
    kept(&evidence, &folder, job).await;
    evidence.hand_over(job).await.unwrap();
    let keys = bucket.keys();
    let own = format!("of/us/{job}/1/call-log.txt");
    assert!(keys.contains(&own), "{keys:?}");
    let elsewhere = |key: &&String| !key.starts_with("of/us/") && key.contains("call-log");
    assert_eq!(keys.iter().filter(elsewhere).count(), 0, "{keys:?}");
}
