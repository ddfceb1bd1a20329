//! A portal is measured, and the settings that suit it are found.

use std::{sync::Arc, time::Duration};

use formhand_domain::{AccountKey, AccountName, NodeId, Secret, SystemClock};
use formhand_engine::{
    AccountSetup, CloneChoice, ContextClone, Findings, IdleLife, OneTimeCodeSetup, PortalDoctor,
    PortalDoctorError, PortalDoctorSetup, ProfileClone, Restart, SolverSetup,
};
use formhand_portal::Carried;
use formhand_practice::{LoginCarrier, Options};
use formhand_store::{SqliteStore, Store};
use formhand_testkit::practice_portal;

/// Examines a practice portal like this, with the right password or another.
async fn examined(
    options: Options,
    password: Option<&str>,
    wait: Option<Duration>,
) -> Result<Findings, PortalDoctorError> {
    let practice = formhand_practice::start(Options {
        delays: 0.0,
        promo: false,
        captcha: false,
        ..options
    })
    .await
    .expect("the portal starts");
    let folder = tempfile::tempdir().expect("a folder can be made");
    let portal = practice_portal(practice.url());
    let user = formhand_practice::User::default();
    let store: Arc<dyn Store> =
        Arc::new(SqliteStore::open(folder.path().join("formhand.db")).expect("a store"));
    let profiles = folder.path().join("doctor");
    let doctor = PortalDoctor::new(PortalDoctorSetup {
        account: AccountSetup {
            key: AccountKey {
                portal: portal.name.clone(),
                account: AccountName::new("main").expect("a name"),
            },
            user: user.name.clone(),
            password: Secret::new(password.unwrap_or(&user.password)),
            solver: SolverSetup::Ocr,
            one_time_code: OneTimeCodeSetup::None,
            max_parallel: None,
        },
        portal: Arc::new(portal),
        node: NodeId::new("doctor").expect("a name"),
        store,
        clock: Arc::new(SystemClock),
        folder: profiles.clone(),
        master: None,
        worker: None,
        step_timeout: Duration::from_secs(10),
        wait,
    });
    let found = doctor.examine(&|_| {}).await;
    assert!(!profiles.exists(), "a profile with a session is left");
    practice.shutdown().await;
    found
}

fn context(carries: impl IntoIterator<Item = Carried>) -> CloneChoice {
    CloneChoice::Context {
        carries: carries.into_iter().collect(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_carries_the_login_is_what_a_clone_is_told_to_carry() {
    let kinds = [
        (LoginCarrier::Cookie, None),
        (LoginCarrier::LocalStorage, Some(Carried::LocalStorage)),
        (LoginCarrier::SessionStorage, Some(Carried::SessionStorage)),
        (LoginCarrier::IndexedDb, Some(Carried::IndexedDb)),
    ];
    for (login_carried_by, beside_cookies) in kinds {
        let options = Options {
            login_carried_by,
            ..Options::default()
        };
        let found = examined(options, None, None).await.expect("it is measured");
        let recommended = found.recommend();
        let carries = [Carried::Cookies].into_iter().chain(beside_cookies);
        assert_eq!(recommended.clone, context(carries), "{found:?}");
        assert!(!recommended.exclusive);
        assert_eq!(found.idle, IdleLife::NotMeasured);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn where_a_key_never_leaves_the_browser_the_profile_is_copied() {
    let options = Options {
        login_carried_by: LoginCarrier::SealedIndexedDb,
        ..Options::default()
    };
    let found = examined(options, None, None).await.expect("it is measured");
    assert_eq!(found.context_clone, ContextClone::LoggedOut);
    assert_eq!(found.recommend().clone, CloneChoice::Profile, "{found:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_portal_with_one_session_for_a_user_is_exclusive() {
    let options = Options {
        single_session: true,
        ..Options::default()
    };
    let found = examined(options, None, None).await.expect("it is measured");
    assert!(found.recommend().exclusive);
    assert_eq!(found.recommend().clone, context([Carried::Cookies]));
    assert_eq!(found.logins, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_with_a_lifetime_of_its_own_outlives_the_browser() {
    let options = Options {
        persistent_cookie: true,
        ..Options::default()
    };
    let found = examined(options, None, None).await.expect("it is measured");
    assert_eq!(found.restart, Restart::Outlived);
    assert_eq!(found.profile_clone, ProfileClone::LoggedIn);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_that_is_known_by_its_cookie_is_copied_with_the_cookies() {
    let options = Options {
        device_bound: true,
        ..Options::default()
    };
    let found = examined(options, None, None).await.expect("it is measured");
    assert_eq!(found.recommend().clone, context([Carried::Cookies]));
    assert_eq!(found.profile_clone, ProfileClone::LoggedIn);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_idle_session_is_seen_to_end_within_bounds() {
    let options = Options {
        session_idle_ms: 6_000,
        ..Options::default()
    };
    let wait = Some(Duration::from_secs(14));
    let found = examined(options, None, wait).await.expect("it is measured");
    let IdleLife::Between {
        alive_after_ms,
        over_after_ms,
        ..
    } = found.idle
    else {
        panic!("{found:?}");
    };
    assert!(
        alive_after_ms < 6_000 && over_after_ms >= 6_000,
        "{found:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_that_the_portal_refuses_is_tried_once() {
    let refused = examined(Options::default(), Some("not the password"), None).await;
    let error = refused.expect_err("it cannot log in");
    assert!(matches!(error, PortalDoctorError::NoLogin(_)), "{error}");
    assert!(!error.to_string().contains("not the password"));
}
