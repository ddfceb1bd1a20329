//! What SQLite says, in the store's words.

use rusqlite::{Error, ErrorCode};

use crate::{ApplyError, StoreError};

impl From<Error> for StoreError {
    fn from(error: Error) -> Self {
        let said = error.to_string();
        match error.sqlite_error_code() {
            // Each of these leaves the database as it was, and the same call may work later. A database that another
            // process keeps locked for longer than the busy time is one of them.
            Some(
                ErrorCode::DiskFull
                | ErrorCode::ReadOnly
                | ErrorCode::CannotOpen
                | ErrorCode::SystemIoFailure
                | ErrorCode::FileLockingProtocolFailed
                | ErrorCode::DatabaseBusy
                | ErrorCode::DatabaseLocked
                | ErrorCode::PermissionDenied,
            ) => Self::Unwritable(said),
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Corrupt(said),
            _ => Self::Backend(said),
        }
    }
}

impl From<Error> for ApplyError {
    fn from(error: Error) -> Self {
        Self::Store(error.into())
    }
}

/// Whether the write broke a unique index.
pub(super) fn is_taken(error: &Error) -> bool {
    matches!(error, Error::SqliteFailure(failure, _)
        if failure.extended_code == rusqlite::ffi::SQLITE_CONSTRAINT_UNIQUE)
}
