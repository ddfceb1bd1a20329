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
        let mut lines = self.0.clone();
        let wanted = |line: &&Value| {
            line["message"]
                .as_str()
                .is_some_and(|said| messages.contains(&said))
                && job.is_none_or(|job| line["job"] == job)
        };
        let seen = lines.wait_for(|lines| lines.iter().any(|line| wanted(&line)));
        let what = format!("the log's {messages:?}");
        match patiently(&what, || self.tail(), seen).await {
            Ok(lines) => lines.iter().find(wanted).cloned().unwrap_or_default(),
            Err(_) => panic!("the server ended without {what}\n{}", self.tail()),
        }
    }

    /// Waits for a line that holds this text.
    pub(crate) async fn says(&self, text: &str) {
        let mut lines = self.0.clone();
        let said = lines.wait_for(|lines| lines.iter().any(|line| line.to_string().contains(text)));
        let what = format!("the log to say {text:?}");
        let said = patiently(&what, || self.tail(), said).await.is_ok();
        assert!(
            said,
            "the server ended without saying {text:?}\n{}",
            self.tail()
        );
    }

    /// The last lines, for a test that fails.
    pub(crate) fn tail(&self) -> String {
        let lines = self.0.borrow();
        let from = lines.len().saturating_sub(40);
        let shown: Vec<String> = lines[from..].iter().map(Value::to_string).collect();
        shown.join("\n")
    }
}
