//! The HTTP API of a running server, as its users have it.

use formhand_server::http::JobView;
use formhand_testkit::Customer;
use reqwest::{Client, Response, StatusCode};
use serde_json::{Value, json};

use super::events::Events;

/// A client. It goes on existing when its server is dead; then all it says is that nobody answers.
#[derive(Clone)]
pub(crate) struct Api {
    client: Client,
    pub(crate) address: String,
    pub(crate) token: &'static str,
}

impl Api {
    pub(super) fn new(address: &str, token: &'static str) -> Self {
        Self {
            // Whatever proxy this machine has, the server is on this machine.
            client: Client::builder().no_proxy().build().unwrap(),
            address: address.to_owned(),
            token,
        }
    }

    /// Hands a customer's record in, in a way that may be repeated. Nothing if the server did not acknowledge it.
    pub(crate) async fn submit(&self, number: u32) -> Option<JobView> {
        self.submit_record(number, Customer::number(number).record())
            .await
    }

    /// The same with a record of its own.
    pub(crate) async fn submit_record(&self, number: u32, record: Value) -> Option<JobView> {
        let envelope = json!({"captchaId": format!("C-{number}"), "record": record});
        let answer = self
            .client
            .post(format!("{}/api/jobs", self.address))
            .bearer_auth(self.token)
            .header("Idempotency-Key", format!("customer-{number}"))
            .header("traceparent", traceparent(number))
            .json(&envelope)
            .send()
            .await
            .ok()?;
        let status = answer.status();
        let text = answer.text().await.ok()?;
        let taken = matches!(status, StatusCode::CREATED | StatusCode::OK);
        assert!(taken, "{status}: {text}");
        Some(serde_json::from_str(&text).unwrap())
    }

    /// A job as it is now. Nothing if the server is not there.
    pub(crate) async fn job(&self, id: &str) -> Option<JobView> {
        let answer = self.get(&format!("/api/jobs/{id}")).await?;
        let status = answer.status();
        assert_eq!(status, StatusCode::OK, "job {id} is lost");
        answer.json().await.ok()
    }

    /// How many jobs there are.
    pub(crate) async fn stats(&self) -> Option<Value> {
        self.get("/api/jobs/stats").await?.json().await.ok()
    }

    /// All events, from the first one on.
    pub(crate) async fn events(&self) -> Option<Events> {
        let answer = self.get("/api/events?after=0").await?;
        assert_eq!(answer.status(), StatusCode::OK);
        Some(Events::of(answer))
    }

    /// An answer that never ends, until it holds this text.
    pub(crate) async fn text_until(&self, path: &str, wanted: &str) -> Option<String> {
        let mut answer = self.get(path).await?;
        let mut text = String::new();
        while !text.contains(wanted) {
            text += &String::from_utf8_lossy(&answer.chunk().await.ok()??);
        }
        Some(text)
    }

    async fn get(&self, path: &str) -> Option<Response> {
        self.client
            .get(format!("{}{path}", self.address))
            .bearer_auth(self.token)
            .send()
            .await
            .ok()
    }
}

/// The trace that whoever hands in a customer is in.
pub(crate) fn traceparent(number: u32) -> String {
    format!("00-{:032x}-{:016x}-01", number + 7, number + 70)
}
