//! What MongoDB says, in the store's words.

use mongodb::error::{Error, ErrorKind, WriteFailure};

use crate::StoreError;

/// The code of a write that broke a unique index.
const DUPLICATE_KEY: i32 = 11_000;

/// The code of a write that broke the rules of its collection.
const RULE_BROKEN: i32 = 121;

impl From<Error> for StoreError {
    fn from(error: Error) -> Self {
        let said = said(&error);
        match error.kind.as_ref() {
            ErrorKind::ServerSelection { .. }
            | ErrorKind::Io(_)
            | ErrorKind::ConnectionPoolCleared { .. }
            | ErrorKind::DnsResolve { .. } => Self::Unwritable(said),
            ErrorKind::Authentication { .. } => Self::Gone(said),
            ErrorKind::Shutdown => Self::Gone("it is closed".into()),
            _ if is_passing(&error) => Self::Unwritable(said),
            _ => Self::Backend(said),
        }
    }
}

/// Whether the write broke a unique index.
pub(super) fn is_taken(error: &Error) -> bool {
    match error.kind.as_ref() {
        ErrorKind::Write(WriteFailure::WriteError(write)) => write.code == DUPLICATE_KEY,
        ErrorKind::Command(command) => command.code == DUPLICATE_KEY,
        ErrorKind::InsertMany(many) => many
            .write_errors
            .iter()
            .flatten()
            .any(|write| write.code == DUPLICATE_KEY),
        _ => false,
    }
}

/// The server changes its primary, shuts down, has no room, or cannot reach the others: later it may work.
fn is_passing(error: &Error) -> bool {
    // Write conflict, out of disk space, and what the driver's specification lists as retryable.
    const CODES: [i32; 17] = [
        112, 14_031, 6, 7, 89, 91, 134, 189, 262, 9_001, 10_107, 11_600, 11_602, 13_435, 13_436,
        50, 64,
    ];
    let code = match error.kind.as_ref() {
        ErrorKind::Command(command) => Some(command.code),
        ErrorKind::Write(WriteFailure::WriteError(write)) => Some(write.code),
        ErrorKind::Write(WriteFailure::WriteConcernError(concern)) => Some(concern.code),
        ErrorKind::InsertMany(many) => many.write_concern_error.as_ref().map(|error| error.code),
        _ => None,
    };
    code.is_some_and(|code| CODES.contains(&code))
        || ["RetryableWriteError", "TransientTransactionError"]
            .iter()
            .any(|label| error.contains_label(label))
}

/// The message without what was written: it may hold personal data, and errors are logged.
fn said(error: &Error) -> String {
    match error.kind.as_ref() {
        ErrorKind::Write(WriteFailure::WriteError(write)) if write.code == RULE_BROKEN => {
            "a document breaks the rules of its collection".to_owned()
        }
        ErrorKind::Write(WriteFailure::WriteError(write)) => {
            format!("a write failed with code {}", write.code)
        }
        ErrorKind::Write(WriteFailure::WriteConcernError(concern)) => {
            format!("a write is not durable: code {}", concern.code)
        }
        ErrorKind::InsertMany(_) => "an insert failed".to_owned(),
        ErrorKind::Command(command) => {
            format!("{} (code {})", command.code_name, command.code)
        }
        // None of the others is made of a document's content.
        other => other.to_string(),
    }
}
