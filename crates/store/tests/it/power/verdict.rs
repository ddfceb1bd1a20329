//! Opens the store on what a cut has left and says what was lost.

use std::{collections::BTreeMap, fs, path::Path};

use formhand_store::{JobFilter, SqliteStore, Store, StoreError, verify};
use rusqlite::{Connection, OpenFlags};
use tokio::runtime::Runtime;

use super::{
    disk::Image,
    rows::{self, Rows},
    workload::{Versions, file_in},
};

/// How many answers each portal's caller had when the power went.
pub(super) type Answers = BTreeMap<String, usize>;

/// What a cut of power must not do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// The store does not open, or does not read.
    Unusable,
    /// SQLite, or the store's own audit, finds the file wrong.
    Broken,
    /// Something that was acknowledged is not there: a portal is as it was after an earlier answer.
    Forgotten,
    /// A portal is as it never was: half of an operation is there, or something else.
    Mixed,
}

/// What a cut of power did and must not.
pub(super) struct Loss {
    /// In short.
    pub(super) kind: Kind,
    /// In detail.
    pub(super) said: String,
}

impl Loss {
    fn new(kind: Kind, said: &impl ToString) -> Self {
        let said = said.to_string();
        Self { kind, said }
    }
}

impl From<StoreError> for Loss {
    fn from(error: StoreError) -> Self {
        Self::new(Kind::Unusable, &error)
    }
}

impl From<rusqlite::Error> for Loss {
    fn from(error: rusqlite::Error) -> Self {
        Self::new(Kind::Unusable, &error)
    }
}

/// Lays the image out in `folder`, which is emptied first, and opens the store on it.
pub(super) fn judge(
    runtime: &Runtime,
    folder: &Path,
    image: &Image,
    answers: &Answers,
    versions: &Versions,
) -> Result<(), Loss> {
    lay_out(folder, image);
    let file = file_in(folder);
    let store = SqliteStore::open(&file)?;
    let conn = Connection::open_with_flags(&file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let mut complaints = rows::complaints(&conn)?;
    let found = rows::read(&conn)?;
    runtime.block_on(async {
        complaints.extend(disagreements(&store).await?);
        // The one that looks leaves first, so that the store ends as it always does.
        drop(conn);
        store.close().await
    })?;
    if !complaints.is_empty() {
        return Err(Loss::new(Kind::Broken, &complaints.join("\n")));
    }
    versions
        .iter()
        .try_for_each(|(portal, versions)| compare(portal, versions, &found, answers))
}

/// The shared memory of SQLite may be left with anything in it.
fn lay_out(folder: &Path, image: &Image) {
    if folder.exists() {
        fs::remove_dir_all(folder).unwrap();
    }
    fs::create_dir(folder).unwrap();
    for (path, content) in image {
        let path = folder.join(path);
        match content {
            None => fs::create_dir(path).unwrap(),
            Some(content) => fs::write(path, content).unwrap(),
        }
    }
    let file = file_in(folder);
    if file.exists() {
        fs::write(file.with_extension("db-shm"), vec![0xA5; 32 * 1024]).unwrap();
    }
}

/// Each operation is there or not, all that were acknowledged are, and at most the one that had no answer yet beside.
fn compare(
    portal: &str,
    versions: &[Vec<String>],
    found: &Rows,
    answers: &Answers,
) -> Result<(), Loss> {
    let none = Vec::new();
    let rows = found.get(portal).unwrap_or(&none);
    let acknowledged = answers.get(portal).copied().unwrap_or(0);
    let allowed = versions.iter().skip(acknowledged).take(2);
    if allowed.into_iter().any(|version| version == rows) {
        return Ok(());
    }
    match versions.iter().position(|version| version == rows) {
        Some(there) if there < acknowledged => {
            let said = format!("{portal}: {acknowledged} acknowledged, {there} there");
            Err(Loss::new(Kind::Forgotten, &said))
        }
        _ => {
            let rows = rows.join("\n");
            let said = format!("{portal} after {acknowledged} answers:\n{rows}");
            Err(Loss::new(Kind::Mixed, &said))
        }
    }
}

/// Where the jobs do not say what the audit says, as the store itself reads them.
async fn disagreements(store: &SqliteStore) -> Result<Vec<String>, StoreError> {
    let entries = store.audit_after(0, u32::MAX).await?;
    let mut said = Vec::new();
    if let Err(broken) = verify(store, None, |_| ()).await? {
        said.push(broken.to_string());
    }
    let mut newest = BTreeMap::new();
    for (entry, seq) in entries.iter().zip(1..) {
        if entry.seq != seq {
            said.push(format!("the audit has {} where {seq} should be", entry.seq));
        }
        newest.insert(entry.job, (entry.to, entry.stage));
    }
    let page = store.jobs(JobFilter::default(), None, 500).await?;
    let jobs: BTreeMap<_, _> = page
        .jobs
        .iter()
        .map(|job| (job.id, (job.status(), job.stage())))
        .collect();
    if jobs != newest {
        said.push(format!(
            "the jobs are {jobs:?}, and by the audit they are {newest:?}"
        ));
    }
    Ok(said)
}
