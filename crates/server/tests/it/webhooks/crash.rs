//! `kill -9` between what happens and its telling, with the real binary.

use std::{collections::BTreeMap, fs, os::unix::fs::PermissionsExt as _};

use serde_json::Value;

use super::{
    receiver::{Manner, Message, Receiver},
    scene::SECRET,
};
use crate::cli::{Place, Running};

fn configure(place: &Place, receiver: &Receiver) {
    place.file("portal.yaml", crate::api::PORTAL);
    place.file("password", "never shown\n");
    let secret = place.file("secret", SECRET);
    fs::set_permissions(secret, fs::Permissions::from_mode(0o600)).unwrap();
    place.file(
        "formhand.toml",
        format!(
            "portals = [\"portal.yaml\"]\n[[accounts]]\nportal = \"garden\"\nname = \"main\"\n\
             user = \"gardener\"\npassword_file = \"password\"\n\
             [[webhooks]]\nname = \"crm\"\nurl = {:?}\nsecret_file = \"secret\"\n",
            receiver.url().as_str()
        ),
    );
}

/// Hands in a record that breaks its rules: its job has ended when this returns.
fn hand_in(place: &Place, number: u32) -> String {
    let record = format!(r#"{{"captchaId": "c-{number}", "record": {{"name": "Asha"}}}}"#);
    place.file("record.json", record);
    let ran = place.run(&["job", "submit", "record.json", "--json"]);
    let text = format!("{}{}", ran.stdout(), ran.stderr());
    let listed = place.run(&["job", "list", "--json"]);
    let listed: Value = serde_json::from_str(&listed.stdout()).unwrap();
    let jobs = listed["jobs"].as_array().unwrap();
    let caller = format!("c-{number}");
    let job = jobs.iter().find(|job| job["captchaId"] == caller.as_str());
    let job = job.unwrap_or_else(|| panic!("{text}"));
    assert_eq!(job["status"], "failed_validation");
    job["id"].as_str().unwrap().to_owned()
}

fn by_job(messages: &[Message]) -> BTreeMap<String, Vec<String>> {
    let mut told: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for message in messages {
        assert!(message.is_signed_with(SECRET));
        let job = message.json()["data"]["jobId"].as_str().unwrap().to_owned();
        told.entry(job).or_default().push(message.id().to_owned());
    }
    told
}

#[tokio::test(flavor = "multi_thread")]
async fn every_end_is_told_under_one_id_whenever_the_server_is_killed() {
    let (place, receiver) = (Place::new(), Receiver::start().await);
    configure(&place, &receiver);
    let mut jobs = Vec::new();
    // The first request hangs until its server is killed; what the next ones do lies behind the change and before the word.
    receiver.will([Manner::Hang]);
    for number in 0..4 {
        let job = tokio::task::block_in_place(|| {
            let running = Running::start(&place);
            let job = hand_in(&place, number);
            if number > 0 {
                running.kill();
                return (job, None);
            }
            (job, Some(running))
        });
        jobs.push(job.0);
        if let Some(running) = job.1 {
            receiver.until(1).await;
            // Killed with the message under way.
            tokio::task::block_in_place(|| running.kill());
        }
    }
    let running = tokio::task::block_in_place(|| Running::start(&place));
    let mut seen = Vec::new();
    while by_job(&seen).len() < jobs.len() || by_job(&seen)[&jobs[0]].len() < 2 {
        receiver.until(1).await;
        seen.extend(receiver.take());
    }
    for (job, ids) in by_job(&seen) {
        assert!(jobs.contains(&job));
        assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
    }
    let listed = tokio::task::block_in_place(|| {
        let tested = place.run(&["webhook", "test", "crm"]);
        assert_eq!(
            (tested.code(), tested.stdout().as_str()),
            (0, "crm: has taken it\n")
        );
        let listed = place.run(&["webhook", "deliveries", "crm", "--json"]);
        assert_eq!(running.stop(), 0);
        listed.stdout()
    });
    let listed: Value = serde_json::from_str(&listed).unwrap();
    assert_eq!(listed["deliveries"].as_array().unwrap().len(), jobs.len());
}

#[test]
fn what_the_command_line_says_of_webhooks() {
    let place = Place::new();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let receiver = runtime.block_on(Receiver::start());
    configure(&place, &receiver);
    let running = Running::start(&place);
    let job = hand_in(&place, 7);
    runtime.block_on(receiver.until(1));
    let id = receiver.take().remove(0).id().to_owned();
    let ran = place.run(&["webhook", "replay", "crm", &id]);
    assert_eq!(
        (ran.code(), ran.stderr().as_str()),
        (0, "it is sent once more\n")
    );
    runtime.block_on(receiver.until(1));
    assert_eq!(receiver.take()[0].id(), id);
    let ran = place.run(&["webhook", "replay", "crm", "--job", &job]);
    assert_eq!(ran.stdout(), "1 message is sent once more\n");
    runtime.block_on(receiver.until(1));
    receiver.take();
    let shown = place.run(&["webhook", "show", "crm", &id]);
    assert!(
        shown.stdout().contains("job.failed_validation"),
        "{}",
        shown.stdout()
    );
    let list = place.run(&["webhook", "list"]).stdout();
    assert!(
        list.contains("crm") && list.contains("http://127.0.0.1"),
        "{list}"
    );
    let none = place.run(&["webhook", "replay", "crm"]);
    assert_eq!(none.code(), 2);
    let on = place.run(&["webhook", "enable", "crm"]);
    assert_eq!(on.code(), 0, "{}", on.stderr());
    assert_eq!(running.stop(), 0);
    let doctor = place.command(&["doctor"]).output().unwrap();
    let doctor = String::from_utf8(doctor.stdout).unwrap();
    assert!(
        doctor.contains("`formhand webhook test crm` tries it"),
        "{doctor}"
    );
}
