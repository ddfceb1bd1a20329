//! Writing notes into documents.

use mongodb::bson::{Bson, DateTime, Document, doc};

use super::here::Here;
use crate::{DocumentId, Note, NoteValue, OriginError};

/// Writes notes. Those that a document refuses are returned.
pub(super) async fn tell(here: &Here, notes: &[Note]) -> Result<Vec<DocumentId>, OriginError> {
    let updates: Vec<Document> = notes.iter().map(update).collect::<Result<_, _>>()?;
    if updates.is_empty() {
        return Ok(Vec::new());
    }
    let command = doc! {
        "update": here.collection.name(),
        "updates": updates,
        "ordered": false,
        "writeConcern": { "w": "majority" },
    };
    let answer = here.database.run_command(command).await?;
    if let Ok(concern) = answer.get_document("writeConcernError") {
        let code = concern.get_i32("code").unwrap_or_default();
        return Err(OriginError::Failed(format!(
            "a write is not durable: code {code}"
        )));
    }
    let errors = answer
        .get_array("writeErrors")
        .map_or(&[][..], Vec::as_slice);
    let errors = errors.iter().filter_map(Bson::as_document);
    let indexes = errors.filter_map(|error| error.get_i32("index").ok());
    let refused = indexes.filter_map(|index| notes.get(usize::try_from(index).ok()?));
    Ok(refused.map(|note| note.document.clone()).collect())
}

fn update(note: &Note) -> Result<Document, OriginError> {
    let fields: Document = note
        .fields
        .iter()
        .map(|(path, value)| (path.clone(), bson(value)))
        .collect();
    Ok(doc! {
        "q": { "_id": note.document.bson()? },
        "u": { "$set": fields },
    })
}

fn bson(value: &NoteValue) -> Bson {
    match value {
        NoteValue::Text(text) => Bson::String(text.clone()),
        NoteValue::Time(time) => DateTime::from_millis(time.as_millisecond()).into(),
        NoteValue::Texts(texts) => {
            let texts = texts
                .iter()
                .map(|(name, text)| (name.clone(), Bson::String(text.clone())));
            Bson::Document(texts.collect())
        }
    }
}
