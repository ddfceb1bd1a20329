//! Where a store is moved from and to.

use std::{fs, path::PathBuf};

use formhand_store::{Copied, CopyError, MongoStore, SqliteStore, copy};

use super::filled::fill;
use crate::{
    backend::{Mongo, Sqlite},
    given::at,
};

/// A source, its twin that stays as it was, and a target.
pub(super) struct Place {
    sqlite: Sqlite,
    pub(super) url: String,
}

impl Place {
    /// With an empty database of the server that all tests share.
    pub(super) async fn new() -> Self {
        Self::to(Mongo::new().await.url()).await
    }

    pub(super) async fn to(url: &str) -> Self {
        let sqlite = Sqlite::new();
        let store = SqliteStore::open(sqlite.path()).unwrap();
        fill(&store).await;
        store.close().await.unwrap();
        let place = Self {
            sqlite,
            url: url.to_owned(),
        };
        fs::copy(place.source(), place.twin()).unwrap();
        place
    }

    pub(super) fn source(&self) -> PathBuf {
        self.sqlite.path()
    }

    fn twin(&self) -> PathBuf {
        self.source().with_file_name("twin.db")
    }

    pub(super) async fn copy(&self) -> Result<Copied, CopyError> {
        copy(&self.source(), &self.url, at(20), &|_| ()).await
    }

    /// The name of the target's database.
    pub(super) fn database(&self) -> String {
        self.parts().1
    }

    /// The target's host.
    pub(super) fn host(&self) -> String {
        self.parts().0
    }

    fn parts(&self) -> (String, String) {
        let place = self.url.trim_start_matches("mongodb://");
        let place = place.split('?').next().unwrap();
        let (host, database) = place.split_once('/').unwrap();
        (host.to_owned(), database.to_owned())
    }

    /// What the source held before it was moved.
    pub(super) fn before(&self) -> SqliteStore {
        SqliteStore::open(self.twin()).unwrap()
    }

    pub(super) async fn target(&self) -> MongoStore {
        MongoStore::open(&self.url, at(20)).await.unwrap()
    }

    /// Which of the two can be opened.
    pub(super) async fn opens(&self) -> (bool, bool) {
        let source = SqliteStore::open(self.source());
        let target = MongoStore::open(&self.url, at(20)).await;
        (source.is_ok(), target.is_ok())
    }
}
