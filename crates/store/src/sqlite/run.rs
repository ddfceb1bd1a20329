//! Running operations, on the writer's thread or on a connection that reads.

use super::{
    db::Db,
    open::SqliteStore,
    writer::{OperationError, Write},
};
use crate::StoreError;

impl SqliteStore {
    /// Runs an operation that writes. It is durable when this returns.
    pub(super) async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: OperationError,
        F: FnOnce(&mut Write<'_>) -> Result<T, E> + Send + 'static,
    {
        self.writer()?.run(work).await
    }

    /// Runs one that writes what belongs to a key.
    pub(super) async fn write_of<K, T, E, F>(&self, key: &K, work: F) -> Result<T, E>
    where
        K: Clone + Send + 'static,
        T: Send + 'static,
        E: OperationError,
        F: FnOnce(&mut Write<'_>, &K) -> Result<T, E> + Send + 'static,
    {
        let key = key.clone();
        self.write(move |write| work(write, &key)).await
    }

    /// Runs an operation that reads, on one snapshot.
    pub(super) async fn read<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Db) -> Result<T, StoreError> + Send + 'static,
    {
        self.readers.run(work).await
    }

    /// Runs one that reads what belongs to a key.
    pub(super) async fn read_of<K, T, F>(&self, key: &K, work: F) -> Result<T, StoreError>
    where
        K: Clone + Send + 'static,
        T: Send + 'static,
        F: FnOnce(&Db, &K) -> Result<T, StoreError> + Send + 'static,
    {
        let key = key.clone();
        self.read(move |conn| work(conn, &key)).await
    }
}
