//! What a server says on its standard error: JSON, a line an event. A test may wait for a line.

use serde_json::Value;
use tokio::{
    io::{AsyncBufReadExt as _, AsyncRead, BufReader},
    sync::watch,
};

use super::patiently;

/// The lines so far, and those to come.
#[derive(Clone)]
pub(crate) struct Log(watch::Receiver<Vec<Value>>);

impl Log {
    /// Reads until the writer is gone.
    pub(super) fn read(from: impl AsyncRead + Unpin + Send + 'static) -> Self {
        let (sender, lines) = watch::channel(Vec::new());
        tokio::spawn(async move {
            let mut reader = BufReader::new(from).lines();
            while let Ok(Some(line)) = reader.next_line().await {
                let value = serde_json::from_str(&line).unwrap_or(Value::String(line));
                sender.send_modify(|lines| lines.push(value));
            }
        });
        Self(lines)
    }

    /// Waits for a line with one of these messages; of this job, if one is named.
    pub(crate) async fn when(&self, messages: &[&str], job: Option<&str>) -> Value {
        let found = |line: &Value| {
            let said = messages.iter().any(|message| line["message"] == *message);
            said && job.is_none_or(|job| line["job"] == job)
        };
        let what = format!("the log's {messages:?}");
        let lines = self.wait(&what, |lines| lines.iter().any(found)).await;
        lines.into_iter().find(found).unwrap_or_default()
    }

    /// Waits for a line that holds this text.
    pub(crate) async fn says(&self, text: &str) {
        let found = |line: &Value| line.to_string().contains(text);
        let what = format!("the log to say {text:?}");
        self.wait(&what, |lines| lines.iter().any(found)).await;
    }

    async fn wait(&self, what: &str, wanted: impl FnMut(&Vec<Value>) -> bool) -> Vec<Value> {
        let mut lines = self.0.clone();
        let seen = patiently(what, || self.tail(), lines.wait_for(wanted)).await;
        let seen = seen.ok().map(|lines| lines.clone());
        seen.unwrap_or_else(|| panic!("the server ended without {what}\n{}", self.tail()))
    }

    /// All lines so far.
    pub(crate) fn all(&self) -> String {
        let lines = self.0.borrow();
        let shown: Vec<String> = lines.iter().map(Value::to_string).collect();
        shown.join("\n")
    }

    /// The last lines, for a test that fails.
    pub(crate) fn tail(&self) -> String {
        let lines = self.0.borrow();
        let from = lines.len().saturating_sub(40);
        let shown: Vec<String> = lines[from..].iter().map(Value::to_string).collect();
        shown.join("\n")
    }
}
