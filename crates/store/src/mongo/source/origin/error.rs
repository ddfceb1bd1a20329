//! What the business's database says.

use mongodb::error::{Error, ErrorKind};

use crate::{OriginError, StoreError};

/// Codes of a change stream that cannot go on from its position: the history does not reach back so far, or a change in it
/// is too large to be told.
const LOST: [i32; 7] = [286, 280, 260, 136, 10_334, 40_576, 40_615];

/// Codes of a position that the database cannot read; of other questions they mean something else.
const UNREADABLE: [i32; 4] = [9, 15, 50_811, 50_816];

/// Whether a stream was not opened because its position cannot be read.
pub(super) fn is_unreadable(error: &Error) -> bool {
    matches!(error.kind.as_ref(), ErrorKind::Command(command) if UNREADABLE.contains(&command.code))
}

impl From<Error> for OriginError {
    fn from(error: Error) -> Self {
        match error.kind.as_ref() {
            ErrorKind::Command(command) if LOST.contains(&command.code) => {
                Self::Lost(format!("{} (code {})", command.code_name, command.code))
            }
            _ => StoreError::from(error).into(),
        }
    }
}

/// The same words; it is not the store that says them.
impl From<StoreError> for OriginError {
    fn from(error: StoreError) -> Self {
        Self::Failed(match error {
            StoreError::Unwritable(text)
            | StoreError::Backend(text)
            | StoreError::Gone(text)
            | StoreError::Corrupt(text) => text,
            other => other.to_string(),
        })
    }
}
