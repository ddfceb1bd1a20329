//! More than the cookie carries the login, and the browsers are real.

use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::{LOCATION, SET_COOKIE};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use formhand_practice::{Entry, Event, LoginCarrier, Options, Practice, start};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::browserless::{NAME, PASSWORD, Visitor, cookies_of, options, shown};
use crate::chromium::{Profile, patiently};

const CHECK: &str = "/Home/CheckCurrentUserTokenActiveOrNot";
const HOME: &str = "/Home/Home";
const LOGIN: &str = "/Login/IMDLogin";

#[tokio::test(flavor = "multi_thread")]
async fn a_login_outlives_the_browser_where_its_storage_does() {
    for (carrier, survives) in [
        (LoginCarrier::LocalStorage, true),
        (LoginCarrier::IndexedDb, true),
        (LoginCarrier::SealedIndexedDb, true),
        (LoginCarrier::SessionStorage, false),
    ] {
        let (portal, helper) = (carried(carrier, 0).await, Helper::start().await);
        let profile = Profile::new();
        let browser = profile.open(&helper.login(&portal));
        assert!(is_active(&portal, 0).await, "{carrier:?}: after the login");
        browser.end().await;
        let mark = portal.mark();
        let browser = profile.open(&format!("{}{HOME}", portal.url()));
        assert_eq!(is_active(&portal, mark).await, survives, "{carrier:?}");
        if !survives {
            at_login_page(&portal, mark).await;
        }
        browser.end().await;
        assert_eq!((portal.logins(), portal.sessions_live()), (1, 1));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_cookie_outlives_the_browser_only_if_it_is_persistent() {
    for persistent_cookie in [false, true] {
        let portal = start(Options {
            persistent_cookie,
            ..quick()
        })
        .await
        .unwrap();
        let (helper, profile) = (Helper::start().await, Profile::new());
        let browser = profile.open(&helper.login(&portal));
        assert!(is_let_in(&portal, 0, HOME).await);
        browser.end().await;
        let mark = portal.mark();
        let browser = profile.open(&format!("{}{HOME}", portal.url()));
        assert_eq!(is_let_in(&portal, mark, HOME).await, persistent_cookie);
        browser.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copied_cookie_alone_goes_to_the_login_page_and_harms_nobody() {
    for carrier in [
        LoginCarrier::LocalStorage,
        LoginCarrier::SessionStorage,
        LoginCarrier::IndexedDb,
    ] {
        let (portal, helper) = (carried(carrier, 0).await, Helper::start().await);
        let cookie = cookie_of_a_login(&portal).await;
        let mark = portal.mark();
        let (profile, url) = (Profile::new(), helper.copy(&portal, &cookie));
        let browser = profile.open(&url);
        assert!(!is_active(&portal, mark).await, "{carrier:?}");
        at_login_page(&portal, mark).await;
        browser.end().await;
        assert_eq!(portal.sessions_live(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_shows_itself_when_its_check_has_passed() {
    let (portal, helper) = (
        carried(LoginCarrier::LocalStorage, 0).await,
        Helper::start().await,
    );
    let page = Profile::new().dump(&helper.login(&portal)).await;
    assert!(
        page.contains("<body data-user=\"practice.broker\">"),
        "{page}"
    );
    assert!(page.contains("id=\"divLogout\""), "{page}");
}

/// Known failure 26: it looks logged in for a minute, and is not.
#[tokio::test(flavor = "multi_thread")]
async fn a_delayed_check_ends_at_the_login_page_all_the_same() {
    let (portal, helper) = (
        carried(LoginCarrier::LocalStorage, 60_000).await,
        Helper::start().await,
    );
    let cookie = cookie_of_a_login(&portal).await;
    let page = Profile::new().dump(&helper.copy(&portal, &cookie)).await;
    assert!(page.contains("id=\"txtUserName\""), "{page}");
    assert!(!page.contains("id=\"divLogout\""), "{page}");
}

async fn carried(login_carried_by: LoginCarrier, login_check_delay_ms: u64) -> Practice {
    start(Options {
        login_carried_by,
        login_check_delay_ms,
        persistent_cookie: true,
        ..quick()
    })
    .await
    .unwrap()
}

/// A form that an address can send is enough to log in.
fn quick() -> Options {
    Options {
        captcha: false,
        promo: false,
        ..options()
    }
}

/// A login of somebody else: of all that carries it, the cookie.
async fn cookie_of_a_login(portal: &Practice) -> String {
    let answer = Visitor::new(portal)
        .send_login(NAME, PASSWORD, "", "")
        .await;
    shown(&cookies_of(&answer)[0]).to_owned()
}

/// What the next check after the mark said.
async fn is_active(portal: &Practice, mark: u64) -> bool {
    is_let_in(portal, mark, CHECK).await
}

/// Whether the next request after the mark to this place is let in. A refusal is written before an answer.
async fn is_let_in(portal: &Practice, mark: u64, place: &str) -> bool {
    let said = |entry: &Entry| match &entry.event {
        Event::Refused { path } | Event::Answered { path, .. } => path == place,
        _ => false,
    };
    let entry = patiently(place, portal.when_after(mark, said)).await;
    matches!(entry.event, Event::Answered { status: 200, .. })
}

async fn at_login_page(portal: &Practice, mark: u64) {
    let shown = |entry: &Entry| matches!(&entry.event, Event::Answered { path, status: 200, .. } if path == LOGIN);
    patiently("the login page", portal.when_after(mark, shown)).await;
}

/// Another site on the same host, for what an address alone cannot say. Cookies do not know ports.
struct Helper {
    url: String,
    serving: JoinHandle<()>,
}

impl Helper {
    async fn start() -> Self {
        let router = Router::new()
            .route("/login/{port}", get(login))
            .route("/copy/{port}/{cookie}", get(copy));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let serving = tokio::spawn(async { axum::serve(listener, router).await.unwrap() });
        Self { url, serving }
    }

    /// Logs in at the portal.
    fn login(&self, portal: &Practice) -> String {
        format!("{}/login/{}", self.url, port(portal))
    }

    /// Gives the browser a cookie and sends it to the portal.
    fn copy(&self, portal: &Practice, cookie: &str) -> String {
        format!("{}/copy/{}/{cookie}", self.url, port(portal))
    }
}

impl Drop for Helper {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

fn port(portal: &Practice) -> &str {
    portal.url().rsplit(':').next().unwrap()
}

async fn login(Path(port): Path<u16>) -> Html<String> {
    Html(format!(
        "<form method=\"post\" action=\"http://127.0.0.1:{port}{LOGIN}\">\
         <input name=\"UserName\" value=\"{NAME}\"><input name=\"Password\" value=\"{PASSWORD}\">\
         </form><script>document.forms[0].submit()</script>"
    ))
}

async fn copy(Path((port, cookie)): Path<(u16, String)>) -> Response {
    let headers = [
        (SET_COOKIE, format!("{cookie}; Path=/; HttpOnly")),
        (LOCATION, format!("http://127.0.0.1:{port}{HOME}")),
    ];
    (StatusCode::FOUND, headers).into_response()
}
