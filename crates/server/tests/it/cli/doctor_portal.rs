//! `formhand doctor portal`

use formhand_practice::{Options, User};
use formhand_server::serving::DataFolder;
use formhand_testkit::repository;
use serde_json::Value;

use super::support::Place;

/// A folder whose configuration has one account, of the practice portal at this address.
pub(super) fn place_of(url: &str) -> Place {
    let place = Place::new();
    let user = User::default();
    let portal = repository().join("portals/practice.yaml");
    place.file("password", format!("{}\n", user.password));
    place.file(
        "formhand.toml",
        format!(
            "portals = [\"{}\"]\n[portal.practice]\nbase = {url:?}\n[[accounts]]\n\
             portal = \"practice\"\nname = \"main\"\nuser = {:?}\npassword_file = \"password\"\n",
            portal.display(),
            user.name
        ),
    );
    place
}

#[test]
fn a_portal_is_not_measured_while_a_server_works_in_the_data_folder() {
    let place = place_of("http://127.0.0.1:9");
    let taken = DataFolder::take(&place.path("data")).unwrap();
    let refused = place.run(&["doctor", "portal"]);
    let said = refused
        .complaint()
        .replace(&taken.path().display().to_string(), "DATA")
        .replace(&std::process::id().to_string(), "PID");
    insta::assert_snapshot!(said, @"
    exit 5
    error: a server works in DATA (process PID), and would share the account's session and login budget

    hint: stop it, measure, and start it again
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_portal_is_measured_and_the_settings_come_as_json_too() {
    let practice = formhand_practice::start(Options::swift()).await.unwrap();
    let place = place_of(practice.url());
    let ran =
        tokio::task::block_in_place(|| place.run(&["doctor", "portal", "practice/main", "--json"]));
    assert_eq!(ran.code(), 0, "{}", ran.stderr());
    let shown: Value = serde_json::from_str(&ran.stdout()).unwrap();
    assert_eq!(shown["recommended"]["clone"]["mode"], "context");
    assert_eq!(
        shown["recommended"]["clone"]["carries"],
        serde_json::json!(["cookies"])
    );
    assert_eq!(shown["recommended"]["exclusive"], false);
    assert_eq!(shown["findings"]["idle"]["result"], "not_measured");
    let password = User::default().password;
    assert!(!ran.stdout().contains(&password) && !ran.stderr().contains(&password));
    assert!(!place.path("data/profiles/worker-doctor").exists());
    practice.shutdown().await;
}
