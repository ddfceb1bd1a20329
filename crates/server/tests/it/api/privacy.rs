//! What is logged.

use std::{
    cell::RefCell,
    io,
    sync::{Arc, Mutex, Once},
};

use super::{
    callers::token_of,
    served::Served,
    support::{Api, TOKEN},
};

type Lines = Arc<Mutex<Vec<u8>>>;

thread_local! {
    /// Where this thread's log goes, if anywhere.
    static LINES: RefCell<Option<Lines>> = const { RefCell::new(None) };
}

/// What threads without a log of their own have said, as far as somebody watches for it.
static WATCHED: Mutex<Watched> = Mutex::new(Watched {
    words: Vec::new(),
    lines: Vec::new(),
});

struct Watched {
    words: Vec<String>,
    lines: Vec<String>,
}

/// Writes to the log of the thread that speaks.
struct ThreadLog;

/// Keeps a line of another thread that has one of the words that are watched for. What a practice portal says is not ours.
fn watch_line(bytes: &[u8]) {
    let line = String::from_utf8_lossy(bytes);
    let mut watched = WATCHED.lock().unwrap();
    let is_watched = watched.words.iter().any(|word| line.contains(word));
    if is_watched && !line.contains("formhand_practice") {
        watched.lines.push(line.into_owned());
    }
}

/// Keeps the lines of all other threads that have one of these words, from here on.
pub(super) fn watch_for(words: impl IntoIterator<Item = String>) {
    listen();
    LINES.set(None);
    WATCHED.lock().unwrap().words.extend(words);
}

/// The lines that were kept.
pub(super) fn watched() -> Vec<String> {
    WATCHED.lock().unwrap().lines.clone()
}

impl io::Write for ThreadLog {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LINES.with_borrow(|lines| match lines {
            Some(lines) => lines.lock().unwrap().extend_from_slice(bytes),
            None => watch_line(bytes),
        });
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Logs this thread from here on. One subscriber serves the whole process: one of a thread's own can miss lines whose
/// places other threads, which have none, came by first.
fn listen() -> Lines {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        tracing_subscriber::fmt()
            .with_max_level(tracing::Level::TRACE)
            .with_ansi(false)
            .with_writer(|| ThreadLog)
            .init();
    });
    let lines = Lines::default();
    LINES.set(Some(Arc::clone(&lines)));
    lines
}

#[tokio::test]
async fn kf43_no_record_no_callers_id_and_no_token_is_logged() {
    let log = listen();
    let api = Api::new();
    let id = api.plant("CALLER-77", "T1").await;
    let json = "application/json";
    api.post(
        "/api/jobs",
        json,
        r#"{"record":{"name":"Asha Example","tree":"bad"}}"#,
    )
    .await;
    api.post("/api/jobs", json, r#"{"record":"Asha Example"}"#)
        .await;
    api.get("/api/job-status/CALLER-77").await;
    api.get("/api/jobs?portal=Asha").await;
    api.get("/api/jobs?q=Asha+Example&businessKey=Asha").await;
    api.post(
        &format!("/api/jobs/{id}/cancel"),
        json,
        r#"{"by":"Mina","reason":"private"}"#,
    )
    .await;
    let text = String::from_utf8(log.lock().unwrap().clone()).unwrap();
    assert!(
        text.contains(&id.to_string()) && text.contains("/api/job-status/{captchaId}"),
        "{text}"
    );
    for private in ["Asha", "CALLER-77", "Mina", "private", TOKEN] {
        assert!(!text.contains(private), "{private} is in the log:\n{text}");
    }
}

#[tokio::test]
async fn kf43_no_token_no_cookie_and_no_csrf_token_is_logged_and_the_caller_is() {
    let log = listen();
    let served = Served::new().await;
    let cookie = served.cookie_of("ben").await;
    let csrf = served.csrf_of(&cookie);
    let wrong = "a-wrong-token-that-is-somebodys-else";
    let requests = [
        served
            .login(wrong, "/jobs?q=Asha")
            .header("cookie", &cookie),
        served
            .ask("GET", "/jobs?q=Asha")
            .header("accept", "text/html"),
        served.ask("GET", "/api/jobs").bearer_auth(wrong),
        served.ask("GET", "/api/jobs").bearer_auth(token_of("anna")),
        served.ask("GET", "/api/jobs").header("cookie", &cookie),
        served
            .ask("POST", "/api/jobs/x/hold")
            .header("cookie", &cookie),
        served
            .ask("POST", "/logout")
            .header("cookie", &cookie)
            .header("origin", served.origin())
            .form(&[("csrf", &csrf)]),
    ];
    for request in requests {
        request.send().await.unwrap();
    }
    let text = String::from_utf8(log.lock().unwrap().clone()).unwrap();
    let (_, id) = cookie.split_once('=').unwrap();
    let secrets = [id, &csrf, wrong, token_of("ben"), token_of("anna"), "Asha"];
    for secret in secrets {
        assert!(!text.contains(secret), "{secret} is in the log:\n{text}");
    }
    for caller in ["caller=\"anna\"", "caller=\"ben\"", "caller=\"nobody\""] {
        assert!(text.contains(caller), "{caller} is not in the log:\n{text}");
    }
}
