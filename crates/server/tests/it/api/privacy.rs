//! What is logged.

use std::{
    cell::RefCell,
    io,
    sync::{Arc, Mutex, Once},
};

use super::support::{Api, TOKEN};

type Lines = Arc<Mutex<Vec<u8>>>;

thread_local! {
    /// Where this thread's log goes, if anywhere.
    static LINES: RefCell<Option<Lines>> = const { RefCell::new(None) };
}

/// Writes to the log of the thread that speaks.
struct ThreadLog;

impl io::Write for ThreadLog {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LINES.with_borrow(|lines| {
            if let Some(lines) = lines {
                lines.lock().unwrap().extend_from_slice(bytes);
            }
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
