//! Reading server-sent events.

use std::time::Duration;

use formhand_domain::JobId;
use futures_util::{Stream, StreamExt as _};
use reqwest::Method;
use serde::{Deserialize, de::DeserializeOwned};

use super::{CliError, Exit, client::Client, client_error};

/// The server says something every 15 s; after three times that the line is dead.
const SILENCE: Duration = Duration::from_secs(45);

/// What is read of an event; the rest of it is read from the job.
#[derive(Deserialize)]
pub(super) struct JobEventLine {
    /// Which job changed.
    pub(super) job: JobId,
}

/// Events from now on.
pub(super) struct EventStream {
    bytes: std::pin::Pin<Box<dyn Stream<Item = reqwest::Result<Vec<u8>>> + Send>>,
    buffer: Vec<u8>,
}

impl EventStream {
    /// Begins to listen. When this returns, nothing that happens later is missed while the line holds.
    pub(super) async fn open(client: &Client) -> Result<Self, CliError> {
        let request = client.request(Method::GET, &["api", "events"])?;
        let response = client.send(request).await?;
        let bytes = response
            .bytes_stream()
            .map(|chunk| chunk.map(|bytes| bytes.to_vec()));
        Ok(Self {
            bytes: Box::pin(bytes),
            buffer: Vec::new(),
        })
    }

    /// The next event that reads as one of these. An error if there are no more: the server is lost then.
    pub(super) async fn next<T: DeserializeOwned>(&mut self) -> Result<T, CliError> {
        self.read()
            .await
            .map_err(|why| CliError::new(Exit::Unreachable, format!("the server is lost: {why}")))
    }

    async fn read<T: DeserializeOwned>(&mut self) -> Result<T, String> {
        loop {
            while let Some(line) = self.take_line() {
                let event = line
                    .strip_prefix("data:")
                    .and_then(|data| serde_json::from_str(data).ok());
                if let Some(event) = event {
                    return Ok(event);
                }
            }
            match tokio::time::timeout(SILENCE, self.bytes.next()).await {
                Err(_) => return Err("the server fell silent".to_owned()),
                Ok(None) => return Err("the server closed the connection".to_owned()),
                Ok(Some(Err(error))) => return Err(client_error::cause(&error)),
                Ok(Some(Ok(chunk))) => self.buffer.extend(chunk),
            }
        }
    }

    fn take_line(&mut self) -> Option<String> {
        let end = self.buffer.iter().position(|byte| *byte == b'\n')?;
        let line: Vec<u8> = self.buffer.drain(..=end).collect();
        Some(String::from_utf8_lossy(&line).trim_end().to_owned())
    }
}
