//! Making the target ready to be copied into: closed, marked and empty.

use jiff::Timestamp;

use super::{CopyError, CopyPart, Progress};
use crate::mongo::{Import, Mark, Stage};

/// What the former tries of the source say of the mark that the target has.
pub(super) struct Former {
    pub(super) mark: Option<Mark>,
    /// It is of one of them.
    pub(super) is_ours: bool,
}

/// Marks the target as being copied into under this name, and empties it of what a former try has left. Gives the mark.
pub(super) async fn prepare(
    target: &Import,
    former: Former,
    id: &str,
    now: Timestamp,
    tell: &(dyn Fn(Progress) + Sync),
) -> Result<Mark, CopyError> {
    if let Some(server) = target
        .server_at_work(now)
        .await
        .map_err(CopyError::Target)?
    {
        return Err(CopyError::InUse(server));
    }
    let stage = take(target, former, id).await?;
    // From here on nobody adds anything to what is there.
    target.close().await.map_err(CopyError::Target)?;
    let copying = marked(id, Stage::Copying);
    match stage {
        Stage::Closing => begin(target, &copying).await?,
        Stage::Copying | Stage::Whole => {
            let part = CopyPart::Clearing;
            let (done, total) = (0, 1);
            tell(Progress { part, done, total });
            target.clear().await.map_err(CopyError::Target)?;
        }
    }
    Ok(copying)
}

/// A mark of this try.
pub(super) fn marked(id: &str, stage: Stage) -> Mark {
    let id = id.to_owned();
    Mark { id, stage }
}

/// Leaves the mark of this try, or puts it in the place of a former one. Gives the stage that the target is at.
async fn take(target: &Import, former: Former, id: &str) -> Result<Stage, CopyError> {
    let Some(was) = former.mark else {
        refuse_unless_empty(target).await?;
        let is_left = target.leave_mark(id).await.map_err(CopyError::Target)?;
        return if is_left {
            Ok(Stage::Closing)
        } else {
            Err(CopyError::Overtaken)
        };
    };
    if !former.is_ours {
        return Err(CopyError::Foreign);
    }
    // What was whole is not any more, for the source may have gone on.
    let stage = match was.stage {
        Stage::Closing => Stage::Closing,
        Stage::Copying | Stage::Whole => Stage::Copying,
    };
    replace(target, &was, &marked(id, stage)).await?;
    Ok(stage)
}

/// Nothing was written so far, so what is there is not ours.
async fn begin(target: &Import, copying: &Mark) -> Result<(), CopyError> {
    let closing = marked(&copying.id, Stage::Closing);
    if let Err(refused) = refuse_unless_empty(target).await {
        target.release(&closing).await.map_err(CopyError::Target)?;
        return Err(refused);
    }
    replace(target, &closing, copying).await
}

async fn refuse_unless_empty(target: &Import) -> Result<(), CopyError> {
    let held = target.holds().await.map_err(CopyError::Target)?;
    held.map_or(Ok(()), |what| Err(CopyError::NotEmpty(what)))
}

/// Puts the next mark in the place of the one that was left.
pub(super) async fn replace(target: &Import, was: &Mark, next: &Mark) -> Result<(), CopyError> {
    let replaced = target.replace_mark(was, next).await;
    if replaced.map_err(CopyError::Target)? {
        Ok(())
    } else {
        Err(CopyError::Overtaken)
    }
}
