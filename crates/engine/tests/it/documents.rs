//! Documents that the portal makes: whole and what they should be, or a step that failed.

use std::{fs, os::unix::fs::PermissionsExt as _, path::Path};

use formhand_domain::{FailureCode, Job};
use formhand_practice::{Entry, Event, Fault, FaultName, Step};
use formhand_testkit::{Customer, World};

use crate::{
    last_steps::{FILED, FILED_ONLY, assert_filed_once, ending, required_and_optional},
    support::{code, requests, save_requests, stands, words},
};

/// Keeps the schedule, by its address.
pub(crate) const SCHEDULE: &str = r#"- name: the draft schedule
  tries: {times: 3, pause: 20ms}
  download:
    goto: "/Motor/GenerateMotorSchedule?ProposalNo={{ captures.proposalNumber }}&Draft=true"
    name: schedule.pdf
    type: pdf
"#;

/// Keeps it by a click, under the portal's name.
const BY_CLICK: &str = r##"- name: the draft schedule
  download: {click: "#lnkDraftSchedule"}
"##;

/// The documents that are kept of a job, without the folders of its own.
fn kept(world: &World, job: &Job) -> Vec<String> {
    let folder = world.evidence().join(job.id.to_string());
    let mut found = Vec::new();
    list(&folder, &mut found);
    let within = |path: &String| {
        path.strip_prefix(&format!("{}/", folder.display()))
            .map(str::to_owned)
    };
    found.sort();
    let of_portal = |path: &String| path.contains("/documents/");
    found.iter().filter_map(within).filter(of_portal).collect()
}

fn list(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.path().is_dir() {
            list(&entry.path(), found);
        } else {
            found.push(entry.path().display().to_string());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_that_fails_twice_is_kept_at_its_third_try() {
    let faults = [FaultName::DocumentIsPage, FaultName::DocumentCut];
    let world = ending(SCHEDULE, faults.map(|fault| Fault::new(fault).once())).await;
    let job = world.file(Customer::number(1).record()).await;
    assert_eq!(stands(&job), FILED, "{}", world.story(job.id).await);
    // Chromium may ask once more by itself for what was cut.
    assert!(requests(&world.practice, Step::Schedule) >= 3);
    assert_filed_once(&world, &job);

    assert_eq!(kept(&world, &job), ["1/documents/schedule.pdf"]);
    let path = world
        .evidence()
        .join(format!("{}/1/documents/schedule.pdf", job.id));
    let mode = path.metadata().expect("it is there").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let file = fs::read_to_string(path).expect("it is text");
    let number = &job.receipt().expect("there is a receipt").0["proposalNumber"];
    assert!(
        file.starts_with("%PDF-") && file.ends_with("%%EOF\n"),
        "{file}"
    );
    assert!(file.contains("DRAFT") && file.contains(number), "{file}");
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn kf06_a_document_that_never_comes_right_fails_the_job_only_where_it_is_required() {
    let page = Fault::new(FaultName::DocumentIsPage);
    let (world, jobs) = required_and_optional(SCHEDULE, page).await;
    for job in jobs {
        assert_eq!(
            words(&job),
            "the document should be a PDF and is a web page (try 3 of 3)"
        );
        let kept = kept(&world, &job);
        assert!(
            !kept.iter().any(|path| path.contains("documents")),
            "{kept:?}"
        );
    }
    assert_eq!(save_requests(&world.practice), 2);
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn kf21_a_hostile_name_leads_nowhere_and_names_nobody() {
    let named = |name: &str| Fault::new(FaultName::DocumentNamed).text(name).once();
    let faults = [
        named("../../../x/..\\.Evil policy.pdf"),
        named("Schedule_ASHA.pdf"),
    ];
    let twice = format!("{BY_CLICK}{BY_CLICK}{BY_CLICK}");
    let world = ending(&twice, faults).await;
    let job = world.file(Customer::number(1).record()).await;
    assert_eq!(stands(&job), FILED, "{}", world.story(job.id).await);
    let number = &job.receipt().expect("there is a receipt").0["proposalNumber"];
    assert_eq!(
        kept(&world, &job),
        [
            format!("1/documents/MotorSchedule_{number}.pdf"),
            "1/documents/document.pdf".to_owned(),
            // Chromium has made one name of the path already.
            "1/documents/x_.._.Evil policy.pdf".to_owned(),
        ]
    );
    assert_filed_once(&world, &job);
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_that_is_too_large_or_never_ends_is_broken_off() {
    let steps = format!(
        "{}{BY_CLICK}  timeout: 3s\n",
        SCHEDULE
            .replace("type: pdf", "at_most: 1KB")
            .replace("  tries", "  optional: true\n  tries")
    );
    let faults = [FaultName::DocumentStalls];
    let world = ending(&steps, faults.map(Fault::new)).await;
    let job = world.file(Customer::number(1).record()).await;
    let story = world.story(job.id).await;
    assert_eq!(stands(&job), FILED_ONLY, "{story}");
    // What is too large is so at every try: there was one.
    assert_eq!(requests(&world.practice, Step::Schedule), 2, "{story}");
    assert_eq!(code(&job), Some(FailureCode::StepTimedOut), "{story}");
    assert_eq!(
        words(&job),
        "time out waiting for the rest of a download: 4096 of 8192 bytes have come"
    );
    assert_filed_once(&world, &job);
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn kf06_a_server_that_dies_in_the_middle_of_a_document_leaves_a_filed_job_and_no_half_document()
 {
    let mut world = ending(BY_CLICK, [Fault::new(FaultName::DocumentStalls)]).await;
    let id = world.submit(Customer::number(1).record()).await.job.id;
    let begun = |entry: &Entry| matches!(&entry.event, Event::Answered { path, .. } if path == Step::Schedule.path());
    world.practice.when(begun).await;
    world.kill().await;
    // A server that is killed cannot tidy up behind itself, as one that ends in a test does.
    let half = world.profiles().join("worker-7/download-x");
    fs::create_dir_all(&half).expect("a folder");
    fs::write(half.join("half"), "%PDF-").expect("a file");
    world.start().await;
    let mut left = Vec::new();
    list(&world.profiles(), &mut left);
    left.retain(|path| path.contains("/download-"));
    assert!(left.is_empty(), "{left:?}");
    let job = world.end_of(id).await;
    assert_eq!(stands(&job), FILED_ONLY, "{}", world.story(id).await);
    assert!(kept(&world, &job).is_empty());
    assert_filed_once(&world, &job);
    world.end().await;
}
