//! Where a job stood and where it stands, as its audit entry says it.

use formhand_domain::{Job, Status};
use mongodb::bson::{Bson, Document, doc};

use super::super::document::{optional_number, text};
use crate::{
    StoreError, json,
    rules::{self, Place},
};

/// What counts of a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Standing {
    pub(super) status: Status,
    /// Whether it waits to be claimed.
    pub(super) waiting: bool,
    /// The hour of its end.
    pub(super) hour: Option<i64>,
}

/// A change of what counts of a job.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Moved {
    /// Nothing for a new job.
    pub(super) was: Option<Standing>,
    pub(super) is: Standing,
}

impl Moved {
    /// The change of a job, if anything of it counts.
    pub(in super::super) fn of(
        before: Option<&Job>,
        after: &Job,
    ) -> Result<Option<Self>, StoreError> {
        let was = before.map(Standing::of).transpose()?;
        let is = Standing::of(after)?;
        Ok((was != Some(is)).then_some(Self { was, is }))
    }

    pub(in super::super) fn document(self) -> Document {
        let mut document = doc! { "is": self.is.document() };
        if let Some(was) = self.was {
            document.insert("was", was.document());
        }
        document
    }

    /// The change that an entry tells of, if one counts.
    pub(super) fn read(entry: &Document) -> Result<Option<Self>, StoreError> {
        let Ok(moved) = entry.get_document("moved") else {
            return Ok(None);
        };
        let was = moved.get("was").and_then(Bson::as_document);
        let is = moved.get_document("is").map_err(|_| {
            StoreError::Corrupt("an audit entry that does not say where its job stands".into())
        })?;
        Ok(Some(Self {
            was: was.map(Standing::read).transpose()?,
            is: Standing::read(is)?,
        }))
    }
}

impl Standing {
    fn of(job: &Job) -> Result<Self, StoreError> {
        let place = Place::of(job)?;
        Ok(Self {
            status: job.status(),
            waiting: place.due_at.is_some(),
            hour: place.finished_at.map(rules::hour),
        })
    }

    fn document(self) -> Document {
        let mut document = doc! { "status": self.status.as_str(), "waiting": self.waiting };
        if let Some(hour) = self.hour {
            document.insert("hour", hour);
        }
        document
    }

    fn read(document: &Document) -> Result<Self, StoreError> {
        Ok(Self {
            status: json::parse(text(document, "status")?.parse())?,
            waiting: document.get_bool("waiting").unwrap_or(false),
            hour: optional_number(document, "hour")?,
        })
    }
}
