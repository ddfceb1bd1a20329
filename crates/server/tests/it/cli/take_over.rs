//! `formhand job take-over` against a server with a real browser.

use formhand_domain::Status;
use formhand_practice::{Fault, FaultName, Step};
use serde_json::Value;

use super::support::{Place, Ran};
use crate::crash::support::{Scene, SceneOptions, Server};

fn take_over(server: &Server, more: &[&str]) -> Ran {
    let place = Place::new();
    let address = server.api.address.as_str();
    let mut command = place.command(&["--server", address, "job", "take-over"]);
    command.args(more).env("FORMHAND_TOKEN", server.api.token);
    tokio::task::block_in_place(|| Ran(command.output().unwrap()))
}

fn listed(server: &Server) -> Value {
    let list = take_over(server, &["--json"]);
    assert_eq!(list.code(), 0, "{}", list.stderr());
    serde_json::from_str(&list.stdout()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_is_asked_for_listed_and_given_up_from_the_command_line() {
    let hold = Fault::new(FaultName::Hold).step(Step::Customer).once();
    let scene = Scene::new(SceneOptions {
        faults: vec![hold],
        ..SceneOptions::default()
    })
    .await;
    let server = scene.serve().await;
    let job = server.submit(1).await;
    scene.held(Step::Customer).await;
    let none = take_over(&server, &[]);
    assert_eq!((none.code(), none.stdout()), (0, String::new()));
    assert!(none.stderr().contains("nobody has one"));

    let asked = take_over(&server, &[&job]);
    assert_eq!(asked.code(), 0, "{}", asked.stderr());
    let page = format!("{}/jobs/{job}/take-over", server.api.address);
    assert_eq!(asked.stdout().lines().last(), Some(page.as_str()));
    assert!(asked.stderr().contains("same token"));
    scene.practice.release();
    // The steps halt at the next safe place, and then the list says whose the page is.
    let of_person = loop {
        let list = listed(&server);
        assert_eq!(list[0]["jobId"], job.as_str());
        if list[0]["state"] == "held" {
            break list;
        }
        assert_eq!(list[0]["state"], "asked");
    };
    assert!(of_person[0]["step"].is_string(), "{of_person}");
    let table = take_over(&server, &[]).stdout();
    assert!(table.contains(&job) && table.contains("held"), "{table}");

    let refused = take_over(&server, &[&job, "--try-again"]);
    assert_eq!(refused.stdout(), "");
    assert!(refused.code() != 0 && refused.stderr().contains("no step failed"));
    let given_up = take_over(&server, &[&job, "--give-up", "nobody knows this page"]);
    assert_eq!(given_up.code(), 0, "{}", given_up.stderr());
    let end = server.end_of(&job).await;
    assert_eq!((end.status, end.attempts), (Status::OnHold, 0));
    let late = take_over(&server, &[&job, "--hand-back"]);
    assert!(late.code() != 0, "{}", late.stdout());
    assert_eq!(server.stop().await, Some(0));
}
