//! The stream of a collection's changes, read ahead.
//!
//! The driver's stream must not be left in the middle of a question to the database: what the answer brings would be lost.
//! So a task of its own asks, and whoever reads takes what has come meanwhile.

use async_trait::async_trait;
use mongodb::{
    bson::{Document, Timestamp},
    change_stream::{ChangeStream, event::ResumeToken},
};
use serde::Deserialize;
use tokio::{sync::mpsc, task::JoinHandle};

use super::{
    super::{super::within::within, position::Place},
    present::at,
};
use crate::{Batch, DocumentChange, DocumentId, Feed, OriginError, SourceEvent};

/// Changes that are read ahead.
const AHEAD: usize = 200;

/// A change, as the pipeline leaves it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Event {
    #[serde(rename = "_id")]
    token: ResumeToken,
    operation_type: String,
    document_key: Option<Document>,
    cluster_time: Option<Timestamp>,
    changed: Option<Vec<String>>,
}

/// What the task has seen: a change that is wanted or not, or that there was none.
struct Seen {
    event: Option<SourceEvent>,
    place: Place,
    /// Whether it happened at the place's time.
    is_change: bool,
}

/// A stream that is followed until this is dropped.
pub(super) struct Following {
    seen: mpsc::Receiver<Result<Seen, OriginError>>,
    task: JoinHandle<()>,
    failure: Option<OriginError>,
}

impl Following {
    /// Begins to read ahead. `time` is that of the position where the stream begins.
    pub(super) fn start(stream: ChangeStream<Event>, time: Timestamp) -> Self {
        let (sender, seen) = mpsc::channel(AHEAD);
        Self {
            seen,
            task: tokio::spawn(ask(stream, time, sender)),
            failure: None,
        }
    }
}

impl Drop for Following {
    fn drop(&mut self) {
        self.task.abort();
    }
}

#[async_trait]
impl Feed for Following {
    async fn next(&mut self, limit: usize) -> Result<Batch, OriginError> {
        if let Some(failure) = self.failure.take() {
            return Err(failure);
        }
        let mut seen = Vec::new();
        self.seen.recv_many(&mut seen, limit).await;
        let mut events = Vec::new();
        let mut last = None;
        let mut changed_at = None;
        for seen in seen {
            match seen {
                Ok(seen) => {
                    events.extend(seen.event);
                    changed_at = if seen.is_change {
                        Some(seen.place.time)
                    } else {
                        changed_at
                    };
                    last = Some(seen.place);
                }
                // What came before it is dealt with first.
                Err(failure) => self.failure = Some(failure),
            }
        }
        match last {
            Some(place) => Ok(Batch {
                events,
                position: Place::position(&place)?,
                at: changed_at.map(at).transpose()?,
            }),
            None => Err(self
                .failure
                .take()
                .unwrap_or_else(|| ended("the stream of changes ended"))),
        }
    }
}

/// Asks for changes and hands them over, until something goes wrong or nobody wants them.
async fn ask(
    mut stream: ChangeStream<Event>,
    mut time: Timestamp,
    sender: mpsc::Sender<Result<Seen, OriginError>>,
) {
    loop {
        let seen = within(next(&mut stream, &mut time)).await;
        let has_failed = seen.is_err();
        if sender.send(seen).await.is_err() || has_failed {
            return;
        }
    }
}

/// Waits for a change, but for no longer than the database does by itself: about a second.
async fn next(stream: &mut ChangeStream<Event>, time: &mut Timestamp) -> Result<Seen, OriginError> {
    let event = stream.next_if_any().await?;
    if let Some(event) = event {
        *time = event.cluster_time.unwrap_or(*time);
        let place = Place {
            time: *time,
            token: Some(event.token.clone()),
        };
        return Ok(Seen {
            event: wanted(event)?,
            place,
            is_change: true,
        });
    }
    if !stream.is_alive() {
        return Err(ended("the collection was dropped or renamed"));
    }
    Ok(Seen {
        event: None,
        place: Place {
            time: *time,
            token: stream.resume_token(),
        },
        is_change: false,
    })
}

/// What happened to a document; nothing if it is the collection that something happened to.
fn wanted(event: Event) -> Result<Option<SourceEvent>, OriginError> {
    let change = match event.operation_type.as_str() {
        "insert" => DocumentChange::Inserted,
        "replace" => DocumentChange::Replaced,
        "update" => DocumentChange::Updated(event.changed.unwrap_or_default()),
        _ => return Ok(None),
    };
    let key = event.document_key.and_then(|mut key| key.remove("_id"));
    let id = key.ok_or_else(|| ended("a change tells of no document"))?;
    Ok(Some(SourceEvent {
        document: DocumentId::of(id)?,
        change,
    }))
}

fn ended(text: &str) -> OriginError {
    OriginError::Failed(text.to_owned())
}
