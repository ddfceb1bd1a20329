//! The present.

use jiff::Timestamp;
use mongodb::bson::{self, doc};

use super::{super::position::Place, here::Here};
use crate::{OriginError, Position};

/// The present, by the clock of the database.
pub(super) async fn present(here: &Here) -> Result<(Position, Timestamp), OriginError> {
    let answer = here.database.run_command(doc! { "ping": 1 }).await?;
    let time = answer.get_timestamp("operationTime").map_err(|_| {
        let text = "this MongoDB is no replica set, so it tells of no changes: \
                    start it with --replSet and initiate it; one member is enough";
        OriginError::Failed(text.to_owned())
    })?;
    let place = Place { time, token: None };
    Ok((place.position()?, at(time)?))
}

/// A moment of the database, in seconds.
pub(super) fn at(time: bson::Timestamp) -> Result<Timestamp, OriginError> {
    Timestamp::from_second(time.time.into())
        .map_err(|error| OriginError::Failed(format!("a time of the database: {error}")))
}
