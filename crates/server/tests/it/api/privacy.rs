//! What is logged.

use std::{
    io,
    sync::{Arc, Mutex},
};

use tracing_subscriber::fmt::MakeWriter;

use super::support::{Api, TOKEN};

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn kf43_no_record_no_callers_id_and_no_token_is_logged() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(log.clone())
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);
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
    let text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(
        text.contains(&id.to_string()) && text.contains("/api/job-status/{captchaId}"),
        "{text}"
    );
    for private in ["Asha", "CALLER-77", "Mina", "private", TOKEN] {
        assert!(!text.contains(private), "{private} is in the log:\n{text}");
    }
}
