//! The server-sent events of one server, from the first one of the store on.

use std::pin::Pin;

use futures_util::{Stream, StreamExt as _};
use serde::Deserialize;

/// One change of one job.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct JobEvent {
    pub(crate) job: String,
    pub(crate) event: String,
}

/// The events, in order.
pub(crate) struct Events {
    bytes: Pin<Box<dyn Stream<Item = reqwest::Result<Vec<u8>>> + Send>>,
    buffer: Vec<u8>,
}

impl Events {
    pub(super) fn of(response: reqwest::Response) -> Self {
        let bytes = response
            .bytes_stream()
            .map(|chunk| chunk.map(|bytes| bytes.to_vec()));
        Self {
            bytes: Box::pin(bytes),
            buffer: Vec::new(),
        }
    }

    /// The next one; nothing once the server is gone, or says no more.
    pub(crate) async fn next(&mut self) -> Option<JobEvent> {
        loop {
            while let Some(end) = self.buffer.iter().position(|byte| *byte == b'\n') {
                let line: Vec<u8> = self.buffer.drain(..=end).collect();
                let data = line.strip_prefix(b"data:");
                if let Some(event) = data.and_then(|data| serde_json::from_slice(data).ok()) {
                    return Some(event);
                }
            }
            self.buffer.extend(self.bytes.next().await?.ok()?);
        }
    }
}
