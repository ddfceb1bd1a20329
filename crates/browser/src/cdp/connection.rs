//! One connection to one browser.
//!
//! Design: one task writes, one reads. The reader hands every event to the owner's handler *before* it looks at the
//! next message, so an answer is never seen before the events that came ahead of it, and nothing can be dropped.
//! The handler is synchronous and must not wait. The outgoing queue is unbounded on purpose: handlers must be able
//! to send without waiting, and its length is bounded by the number of calls in flight.

use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::unix::pipe;
use tokio::sync::{mpsc, oneshot};

use super::error::CallError;
use super::message::{Event, Incoming, Request};
use super::traffic::{Counters, Traffic};

/// Big enough that a screenshot needs few reads.
const READ_BUFFER_BYTES: usize = 256 * 1024;

/// Receives every event, in order, on the reading task.
pub(crate) trait Handler: Send + Sync + 'static {
    fn event(&self, event: Event);
    /// The pipe has closed; nothing will come any more.
    fn closed(&self);
}

/// A connection to a browser. Cheap to clone.
#[derive(Clone)]
pub struct Connection {
    shared: Arc<Shared>,
}

struct Shared {
    out: mpsc::UnboundedSender<Vec<u8>>,
    calls: Mutex<Calls>,
    counters: Counters,
}

#[derive(Default)]
struct Calls {
    last_id: u64,
    closed: bool,
    waiting: HashMap<u64, Waiting>,
}

struct Waiting {
    method: &'static str,
    session: Option<Arc<str>>,
    answer: oneshot::Sender<Result<Value, CallError>>,
    /// Ends with the call, for traces. It knows the method and nothing of what was said.
    _span: tracing::Span,
}

impl Connection {
    /// Connects over the two pipes; the returned connection sends nothing before `read` runs.
    pub(crate) fn new(to_browser: pipe::Sender) -> Self {
        let (out, queue) = mpsc::unbounded_channel();
        let shared = Arc::new(Shared {
            out,
            calls: Mutex::default(),
            counters: Counters::default(),
        });
        tokio::spawn(write(to_browser, queue));
        Self { shared }
    }

    /// Starts to read; events go to `handler`.
    pub(crate) fn read(&self, from_browser: pipe::Receiver, handler: Arc<dyn Handler>) {
        let connection = self.clone();
        tokio::spawn(async move {
            connection.read_all(from_browser, &*handler).await;
            connection.close();
            handler.closed();
        });
    }

    /// Sends a call and returns its answer to come. The message is queued when this returns, so calls made one after
    /// the other without waiting arrive in that order.
    #[expect(clippy::needless_pass_by_value, reason = "callers write it in place")]
    pub fn send(&self, session: Option<&Arc<str>>, method: &'static str, params: Value) -> Pending {
        let (answer, receiver) = oneshot::channel();
        let span = tracing::info_span!(target: crate::TRACE, "call", "otel.name" = method);
        let mut calls = self.calls();
        calls.last_id += 1;
        let id = calls.last_id;
        let request = Request {
            id,
            method,
            params: (!params.is_null()).then_some(&params),
            session: session.map(|session| &**session),
        };
        let sent = serde_json::to_vec(&request)
            .map_err(|error| CallError::unexpected(method, error))
            .and_then(|mut bytes| {
                bytes.push(0);
                let length = bytes.len();
                if calls.closed || self.shared.out.send(bytes).is_err() {
                    return Err(CallError::Closed);
                }
                self.shared.counters.count_sent(length);
                Ok(())
            });
        match sent {
            Ok(()) => {
                calls.waiting.insert(
                    id,
                    Waiting {
                        method,
                        session: session.cloned(),
                        answer,
                        _span: span,
                    },
                );
            }
            Err(error) => {
                // The receiver is in our hand, so this cannot fail.
                let _ = answer.send(Err(error));
            }
        }
        Pending { method, receiver }
    }

    /// Calls a protocol method and waits for its result. `None` as the session is the browser itself.
    pub async fn call(
        &self,
        session: Option<&Arc<str>>,
        method: &'static str,
        params: Value,
    ) -> Result<Value, CallError> {
        self.send(session, method, params).await
    }

    /// What was said so far.
    pub fn traffic(&self) -> Traffic {
        self.shared.counters.read()
    }

    /// Fails every call of a session that is gone or has crashed: it will never answer.
    pub(crate) fn fail_session(&self, session: &str) {
        let mut calls = self.calls();
        let ids: Vec<u64> = calls
            .waiting
            .iter()
            .filter(|(_, call)| call.session.as_deref() == Some(session))
            .map(|(id, _)| *id)
            .collect();
        for id in ids {
            if let Some(call) = calls.waiting.remove(&id) {
                let _ = call.answer.send(Err(CallError::SessionGone {
                    method: call.method.to_owned(),
                }));
            }
        }
    }

    /// Fails every call: the browser is gone.
    pub(crate) fn close(&self) {
        let mut calls = self.calls();
        calls.closed = true;
        for (_, call) in calls.waiting.drain() {
            let _ = call.answer.send(Err(CallError::Closed));
        }
    }

    async fn read_all(&self, mut from_browser: pipe::Receiver, handler: &dyn Handler) {
        let mut buffer = Vec::with_capacity(READ_BUFFER_BYTES);
        let mut chunk = vec![0; READ_BUFFER_BYTES];
        loop {
            let Ok(length @ 1..) = from_browser.read(&mut chunk).await else {
                return;
            };
            let mut rest = &chunk[..length];
            while let Some(end) = rest.iter().position(|byte| *byte == 0) {
                buffer.extend_from_slice(&rest[..end]);
                self.message(&buffer, handler);
                buffer.clear();
                rest = &rest[end + 1..];
            }
            buffer.extend_from_slice(rest);
        }
    }

    fn message(&self, bytes: &[u8], handler: &dyn Handler) {
        self.shared.counters.count_received(bytes.len() + 1);
        match serde_json::from_slice::<Incoming>(bytes) {
            Ok(Incoming {
                id: Some(id),
                result,
                error,
                ..
            }) => {
                let Some(call) = self.calls().waiting.remove(&id) else {
                    return;
                };
                let answer = match error {
                    None => Ok(result),
                    Some(error) if error.message.contains("Session with given id not found") => {
                        Err(CallError::SessionGone {
                            method: call.method.to_owned(),
                        })
                    }
                    Some(error) => Err(CallError::Refused {
                        method: call.method.to_owned(),
                        code: error.code,
                        message: error.message,
                    }),
                };
                // Nobody waits when the call was only sent.
                let _ = call.answer.send(answer);
            }
            Ok(Incoming {
                method: Some(method),
                params,
                session,
                ..
            }) => {
                handler.event(Event {
                    session,
                    method,
                    params,
                });
            }
            Ok(_) => {
                tracing::warn!("the browser sent a message that is neither an answer nor an event");
            }
            Err(error) => tracing::warn!(%error, "the browser sent a message that cannot be read"),
        }
    }

    fn calls(&self) -> std::sync::MutexGuard<'_, Calls> {
        self.shared
            .calls
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

async fn write(mut to_browser: pipe::Sender, mut queue: mpsc::UnboundedReceiver<Vec<u8>>) {
    let mut batch = Vec::new();
    while let Some(first) = queue.recv().await {
        batch.clear();
        batch.extend_from_slice(&first);
        // What was queued together is written together: one wake-up of the browser for a whole pipeline.
        while let Ok(next) = queue.try_recv() {
            batch.extend_from_slice(&next);
        }
        if to_browser.write_all(&batch).await.is_err() {
            return;
        }
    }
}

/// An answer to come. Dropping it does not take the call back.
pub struct Pending {
    method: &'static str,
    receiver: oneshot::Receiver<Result<Value, CallError>>,
}

impl Pending {
    /// Waits for the answer and reads it as a type.
    pub async fn read<T: DeserializeOwned>(self) -> Result<T, CallError> {
        let method = self.method;
        let value = self.await?;
        serde_json::from_value(value).map_err(|error| CallError::unexpected(method, error))
    }
}

impl Future for Pending {
    type Output = Result<Value, CallError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.receiver)
            .poll(context)
            .map(|answer| answer.unwrap_or(Err(CallError::Closed)))
    }
}
