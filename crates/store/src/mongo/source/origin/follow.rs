//! Opening the stream of a collection's changes.

use mongodb::{
    bson::{Bson, Document, Timestamp, doc},
    change_stream::ChangeStream,
};

use super::{
    super::position::Place,
    error::is_unreadable,
    feed::{Event, Following},
    here::Here,
};
use crate::{Feed, OriginError, Position};

/// Follows what happens behind a position.
pub(super) async fn follow(
    here: &Here,
    position: &Position,
    updates: bool,
) -> Result<Box<dyn Feed>, OriginError> {
    let place = Place::of(position)?;
    let watch = here.collection.watch().pipeline(pipeline(updates));
    let watch = match &place.token {
        // Also behind the end of a collection that was dropped or renamed, and may come back.
        Some(token) => watch.start_after(token.clone()),
        None => watch.start_at_operation_time(next(place.time)),
    };
    let opened = watch.await.map_err(|error| {
        let is_unreadable = place.token.is_some() && is_unreadable(&error);
        match OriginError::from(error) {
            OriginError::Failed(text) if is_unreadable => OriginError::Lost(text),
            error => error,
        }
    })?;
    let stream: ChangeStream<Event> = opened.with_type();
    Ok(Box::new(Following::start(stream, place.time)))
}

/// What is needed of a change: which document, and which places of it. What they hold is read when it is needed, as it
/// is then.
fn pipeline(updates: bool) -> Vec<Document> {
    let mut unwanted = vec!["delete"];
    if !updates {
        unwanted.extend(["update", "replace"]);
    }
    let description = |field: &str| format!("$updateDescription.{field}");
    let or_none = |value: Bson, none: Bson| doc! { "$ifNull": [value, none] };
    let set = or_none(description("updatedFields").into(), doc! {}.into());
    let removed = or_none(description("removedFields").into(), Bson::Array(Vec::new()));
    let cut = or_none(
        description("truncatedArrays").into(),
        Bson::Array(Vec::new()),
    );
    let changed = doc! { "$concatArrays": [
        { "$map": { "input": { "$objectToArray": set }, "in": "$$this.k" } },
        removed,
        { "$map": { "input": cut, "in": "$$this.field" } },
    ] };
    vec![
        doc! { "$match": { "operationType": { "$nin": unwanted } } },
        doc! { "$set": { "changed": changed } },
        doc! { "$unset": ["fullDocument", "updateDescription"] },
    ]
}

/// The moment after: what happened at the position is known.
fn next(time: Timestamp) -> Timestamp {
    match time.increment.checked_add(1) {
        Some(increment) => Timestamp { increment, ..time },
        None => Timestamp {
            time: time.time.saturating_add(1),
            increment: 0,
        },
    }
}
