//! `formhand session` against a server with a real browser.

use formhand_practice::Options;
use serde_json::Value;

use super::{doctor_portal::place_of, server::Running, support::Place};

fn state(place: &Place) -> String {
    let shown = place.run(&["session", "show", "practice/main", "--json"]);
    assert_eq!(shown.code(), 0, "{}", shown.stderr());
    let shown: Value = serde_json::from_str(&shown.stdout()).unwrap();
    shown["session"]["state"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wish_can_be_waited_for_and_the_exit_code_says_what_it_came_to() {
    let practice = formhand_practice::start(Options::swift()).await.unwrap();
    let place = place_of(practice.url());
    tokio::task::block_in_place(|| {
        let running = Running::start(&place);
        let ask = |wish| {
            place
                .run(&["session", wish, "practice/main", "--wait"])
                .code()
        };
        assert_eq!(state(&place), "cold");
        assert_eq!(ask("login"), 0);
        assert_eq!((state(&place).as_str(), practice.logins()), ("active", 1));
        // The portal still knows the session, so it takes no login to bring it back.
        assert_eq!(ask("recover"), 0);
        assert_eq!((state(&place).as_str(), practice.logins()), ("active", 1));
        practice.expire_sessions();
        assert_eq!(ask("recover"), 0);
        assert_eq!((state(&place).as_str(), practice.logins()), ("active", 2));
        assert_eq!(ask("logout"), 0);
        assert_eq!(state(&place), "cold");

        let locked = formhand_practice::Fault::new(formhand_practice::FaultName::UserLocked);
        practice.add_fault(locked).unwrap();
        assert_eq!(ask("login"), 1);
        assert_eq!(state(&place), "needs_human");
        for wish in ["recover", "logout"] {
            assert_eq!(ask(wish), 1);
            assert_eq!(state(&place), "needs_human", "{wish}");
        }
        assert_eq!(running.stop(), 0);
    });
    practice.shutdown().await;
}
