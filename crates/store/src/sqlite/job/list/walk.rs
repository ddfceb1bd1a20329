//! Reading an index of jobs, newest first, until there are enough.

use rusqlite::params_from_iter;

use super::super::super::db::Db;
use super::{
    search::search,
    sql::{END, Query},
    way::Way,
};
use crate::{Cursor, JobFilter, StoreError};

/// Jobs that are looked at for one page or total, some 5 ms worth. A filter that few of them fit is gone on with by the
/// next page.
pub(super) const LOOKED: u32 = 2_500;

/// What was found.
pub(super) struct Walked {
    /// The ids of jobs that fit, newest first.
    pub(super) fitting: Vec<String>,
    /// The last one that was looked at, if there may be more.
    pub(super) given_up_at: Option<String>,
}

impl Walked {
    pub(super) fn nothing() -> Self {
        Self {
            fitting: Vec::new(),
            given_up_at: None,
        }
    }
}

/// Counts what is looked at.
pub(super) struct Looking {
    pub(super) walked: Walked,
    goal: usize,
    looked: u32,
}

impl Looking {
    pub(super) fn new(goal: usize) -> Self {
        Self {
            walked: Walked::nothing(),
            goal,
            looked: 0,
        }
    }

    /// Looks at a job. False if that is enough.
    pub(super) fn at(&mut self, id: String, fits: bool) -> bool {
        self.looked += 1;
        if fits {
            self.walked.fitting.push(id.clone());
        }
        let goes_on = self.walked.fitting.len() < self.goal && self.looked < LOOKED;
        if !goes_on {
            self.walked.given_up_at = Some(id);
        }
        goes_on
    }
}

/// Finds jobs behind `after`, so many at most.
pub(super) fn walk(
    conn: &Db,
    filter: &JobFilter,
    way: &Way,
    after: Option<Cursor>,
    goal: usize,
) -> Result<Walked, StoreError> {
    match way {
        Way::Words => search(conn, filter, after, goal),
        Way::Account(portals) if portals.is_empty() => Ok(Walked::nothing()),
        _ => jobs(conn, filter, way, after, goal),
    }
}

fn jobs(
    conn: &Db,
    filter: &JobFilter,
    way: &Way,
    after: Option<Cursor>,
    goal: usize,
) -> Result<Walked, StoreError> {
    let before = after.map_or_else(|| END.to_owned(), |Cursor(id)| id.to_string());
    let query = Query::of_jobs(filter, way, &before);
    let mut statement = conn.prepare_cached(&query.sql)?;
    let mut rows = statement.query(params_from_iter(query.values))?;
    let mut looking = Looking::new(goal);
    while let Some(row) = rows.next()? {
        let mut fits: bool = row.get(1)?;
        if let Some(text) = &filter.text {
            let words: Option<String> = row.get(2)?;
            fits &= words.is_some_and(|words| text.fits(&words));
        }
        if !looking.at(row.get(0)?, fits) {
            break;
        }
    }
    Ok(looking.walked)
}
