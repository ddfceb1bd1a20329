//! The files of a job's attempts.

use std::os::unix::fs::symlink;

use formhand_domain::JobId;

use super::support::{Api, without_ids};

/// A job with a log and two documents.
async fn kept(api: &Api, caller_id: &str, tree: &str) -> JobId {
    let job = api.plant(caller_id, tree).await;
    let log = format!("log of {caller_id}");
    api.evidence
        .keep_text(job, 1, "call-log", &log)
        .await
        .unwrap();
    for name in ["Police (août).pdf", "page.html"] {
        let file = api.folder.path().join("download");
        std::fs::write(&file, "%PDF <script>alert(1)</script>").unwrap();
        api.evidence
            .keep_document(job, 1, name, &file)
            .await
            .unwrap();
    }
    job
}

#[tokio::test]
async fn the_files_of_a_job_are_listed_and_each_address_gives_its_file() {
    let api = Api::new();
    let job = kept(&api, "A-1", "T1").await;
    kept(&api, "A-2", "T2").await;
    let mut list = api.get(&format!("/api/jobs/{job}/evidence")).await.json();
    let files = list["files"].as_array_mut().unwrap();
    for file in files.iter_mut() {
        let address = file["address"].as_str().unwrap();
        let answer = api.get(address).await;
        assert_eq!(answer.status, 200, "{address}: {}", answer.body);
        assert_eq!(file["sizeBytes"], answer.body.len());
        assert_eq!(
            file["mediaType"],
            answer.headers["content-type"].to_str().unwrap()
        );
        let written = file["writtenAt"].take();
        assert!(written.as_str().unwrap().parse::<jiff::Timestamp>().is_ok());
    }
    let shown: Vec<_> = files
        .iter()
        .map(|file| {
            format!(
                "{} {} {}\n",
                file["kind"], file["mediaType"], file["address"]
            )
        })
        .collect();
    insta::assert_snapshot!(without_ids(&shown.concat()), @r#"
    "call_log" "text/plain; charset=utf-8" "/api/jobs/[job 1]/evidence/1/call-log.txt"
    "document" "application/pdf" "/api/jobs/[job 1]/evidence/1/documents/Police%20%28ao%C3%BBt%29.pdf"
    "document" "application/octet-stream" "/api/jobs/[job 1]/evidence/1/documents/page.html"
    "#);
}

#[tokio::test]
async fn kf43_no_browser_runs_loads_or_guesses_anything_of_a_file() {
    let api = Api::new();
    let job = kept(&api, "A-1", "T1").await;
    let folder = api.folder.path().join(format!("evidence/{job}/1"));
    std::fs::write(folder.join("page.html"), "<script>alert(1)</script>").unwrap();
    for (name, shown) in [
        ("page.html", "inline; filename*=UTF-8''page.html"),
        (
            "documents/page.html",
            "attachment; filename*=UTF-8''page.html",
        ),
    ] {
        let answer = api.get(&format!("/api/jobs/{job}/evidence/1/{name}")).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        let header = |name: &str| answer.headers[name].to_str().unwrap().to_owned();
        assert_eq!(
            header("content-security-policy"),
            "sandbox; default-src 'none'"
        );
        assert_eq!(header("x-content-type-options"), "nosniff");
        assert_eq!(header("cache-control"), "no-store");
        assert_eq!(header("content-disposition"), shown);
    }
}

#[tokio::test]
async fn kf21_no_address_leads_out_of_the_jobs_own_folder() {
    let api = Api::new();
    let job = kept(&api, "A-1", "T1").await;
    let other = kept(&api, "A-2", "T2").await;
    let root = api.folder.path();
    std::fs::write(root.join("evidence/secret.txt"), "secret").unwrap();
    symlink(
        root.join("formhand.db"),
        root.join(format!("evidence/{job}/1/linked.txt")),
    )
    .unwrap();
    symlink(root, root.join(format!("evidence/{job}/2"))).unwrap();
    for name in [
        "1/..%2f..%2f..%2fformhand.db",
        "1/%2e%2e%2fcall-log.txt",
        "1/..%5ccall-log.txt",
        "1/%2e%2e",
        "1/..",
        "1/%2fetc%2fpasswd",
        "1/call-log.txt%00.png",
        "1/..%252fcall-log.txt",
        "1/documents/..%2fcall-log.txt",
        "1/documents/call-log.txt",
        "1/documents",
        "1/linked.txt",
        "2/formhand.db",
        "..%2fsecret.txt",
        "../secret.txt",
        "../1/secret.txt",
        "..%2f/secret.txt",
        "%2e%2e/secret.txt",
        "-1/call-log.txt",
        "01x/call-log.txt",
        "1/call-log.part",
    ] {
        let answer = api.get(&format!("/api/jobs/{job}/evidence/{name}")).await;
        assert_eq!(answer.status, 404, "{name}: {}", answer.body);
    }
    let others = format!("/api/jobs/{job}/evidence/1/..%2f..%2f{other}%2f1%2fcall-log.txt");
    assert_eq!(api.get(&others).await.status, 404);
    for id in ["..", "%2e%2e", "..%2f..", "nonsense"] {
        let answer = api
            .get(&format!("/api/jobs/{id}/evidence/1/secret.txt"))
            .await;
        assert_eq!(answer.status, 400, "{id}: {}", answer.body);
    }
    let unknown = JobId::new(jiff::Timestamp::UNIX_EPOCH, 5);
    let answer = api.get(&format!("/api/jobs/{unknown}/evidence")).await;
    assert!(
        answer.brief().contains("job_not_found"),
        "{}",
        answer.brief()
    );
    let own = api
        .get(&format!("/api/jobs/{job}/evidence/1/call-log.txt"))
        .await;
    assert_eq!(own.body, "log of A-1");
}

#[tokio::test]
async fn a_link_has_a_life_and_needs_object_storage() {
    let api = Api::new();
    let job = kept(&api, "A-1", "T1").await;
    let address = format!("/api/jobs/{job}/evidence/1/call-log.txt");
    let mut said = String::new();
    for query in ["link=1h", "link=8d", "link=-1h", "link=soon", "links=1h"] {
        said += &api.get(&format!("{address}?{query}")).await.brief();
    }
    insta::assert_snapshot!(said, @r#"
    409 "not_in_object_storage": "the file is not in object storage, or not yet: read it here"
    400 "invalid_parameter": "link is a length of time above zero and up to 7d, such as 1h"
    400 "invalid_parameter": "link is a length of time above zero and up to 7d, such as 1h"
    400 "invalid_parameter": "link is a length of time above zero and up to 7d, such as 1h"
    400 "unknown_parameter": "\"links\" is no parameter here; valid: link"
    "#);
}
