//! Signals of changes, from the database's change stream: of what this handle writes as well as of what others write.

use std::{pin::Pin, time::Duration};

use futures_util::StreamExt;
use mongodb::{
    bson::{Document, doc},
    change_stream::{
        ChangeStream,
        event::{ChangeStreamEvent, ResumeToken},
    },
};
use tokio::sync::broadcast;
use tokio_util::sync::CancellationToken;

use super::{audit, collections::Collections, session_event, within::within};
use crate::{Change, StoreError};

type Stream = ChangeStream<ChangeStreamEvent<Document>>;

/// Between two tries to open a stream that broke.
const PAUSE: Duration = Duration::from_millis(250);

/// Opens the stream, and then tells what comes, until it is cancelled. What is written after this returns is told.
pub(super) async fn follow(
    store: &Collections,
    changes: broadcast::Sender<Change>,
    closing: CancellationToken,
) -> Result<Pin<Box<dyn Future<Output = ()> + Send>>, StoreError> {
    let stream = within(open(store, None)).await?;
    let store = store.clone();
    Ok(Box::pin(async move {
        tokio::select! {
            () = closing.cancelled() => {}
            () = tell_all(&store, &changes, stream) => {}
        }
    }))
}

async fn tell_all(store: &Collections, changes: &broadcast::Sender<Change>, first: Stream) {
    let mut stream = first;
    loop {
        tell(store, &mut stream, changes).await;
        stream = reopen(store, changes, stream.resume_token()).await;
    }
}

/// Tells what comes, until the stream breaks.
async fn tell(store: &Collections, stream: &mut Stream, changes: &broadcast::Sender<Change>) {
    while let Some(event) = stream.next().await {
        match event {
            Ok(event) => match change(store, &event) {
                Ok(Some(change)) => {
                    // Nobody may listen at the moment.
                    let _ = changes.send(change);
                }
                Ok(None) => {}
                Err(error) => tracing::error!(%error, "a change could not be read"),
            },
            Err(error) => {
                let error = StoreError::from(error);
                tracing::warn!(%error, "the change stream broke off");
                return;
            }
        }
    }
}

async fn reopen(
    store: &Collections,
    changes: &broadcast::Sender<Change>,
    last: Option<ResumeToken>,
) -> Stream {
    let mut last = last;
    loop {
        match within(open(store, last.clone())).await {
            Ok(stream) => {
                if last.is_none() {
                    let _ = changes.send(Change::Missed);
                }
                tracing::info!("the change stream goes on");
                return stream;
            }
            Err(StoreError::Unwritable(error)) => {
                tracing::warn!(error, "the change stream cannot be opened");
            }
            Err(error) => {
                // Its place is lost, as the history is kept for some time only. Listeners are told to look themselves.
                tracing::warn!(%error, "the change stream begins anew");
                last = None;
            }
        }
        tokio::time::sleep(PAUSE).await;
    }
}

async fn open(store: &Collections, after: Option<ResumeToken>) -> Result<Stream, StoreError> {
    let inserted = |collection: &str| doc! { "ns.coll": collection, "operationType": "insert" };
    let written = |collection: &str| {
        let kinds = ["insert", "update", "replace"].to_vec();
        doc! { "ns.coll": collection, "operationType": { "$in": kinds } }
    };
    let changed = |collection: &str, field: &str| {
        let field = format!("updateDescription.updatedFields.{field}");
        doc! { "ns.coll": collection, field: { "$exists": true } }
    };
    let wanted = doc! { "$match": { "$or": [
        inserted("audit"),
        inserted("session_events"),
        written("questions"),
        inserted("accounts"),
        changed("accounts", "signal"),
        inserted("nodes"),
        changed("nodes", "drain"),
        changed("nodes", "started_at"),
        changed("webhooks", "revision"),
        { "ns.coll": "nodes", "operationType": "delete" },
    ] } };
    // What no signal needs stays where it is.
    let bare = doc! { "$unset": ["fullDocument.picture", "fullDocument.logins"] };
    let stream = store
        .database
        .watch()
        .pipeline([wanted, bare])
        .resume_after(after)
        .await?;
    Ok(stream)
}

fn change(
    store: &Collections,
    event: &ChangeStreamEvent<Document>,
) -> Result<Option<Change>, StoreError> {
    let collection = event.ns.as_ref().and_then(|ns| ns.coll.as_deref());
    let document = event.full_document.as_ref();
    Ok(match (collection, document) {
        // Acts are no change of a job.
        (Some("audit"), Some(document)) if !document.contains_key("job") => None,
        (Some("audit"), Some(document)) => {
            Some(Change::Job(Box::new(audit::entry(&store.seal, document)?)))
        }
        (Some("session_events"), Some(document)) => {
            let entry = session_event::entry(&store.seal, document)?;
            Some(Change::SessionEvent(Box::new(entry)))
        }
        (Some("questions"), _) => Some(Change::Question),
        (Some("accounts"), _) => Some(Change::Session),
        (Some("nodes"), _) => Some(Change::Node),
        (Some("webhooks"), _) => Some(Change::Webhook),
        _ => None,
    })
}
