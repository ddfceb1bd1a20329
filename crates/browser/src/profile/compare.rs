//! `verify_copy`: a profile and its copy, file by file.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::content::{Entry, content, must_be_there};
use super::copy::{Caller, ProfileCopy, in_background};
use super::error::{CopyError, Difference};

/// Reads a copy and what it was made of, and says that every file has the same size and the same content, and that
/// neither has one that the other has not. Only what goes into a copy is looked at: either may have caches of its own.
pub async fn verify_copy(from: &Path, to: &Path) -> Result<ProfileCopy, CopyError> {
    let (from, to) = (from.to_owned(), to.to_owned());
    in_background(to.clone(), move |caller| {
        must_be_there(&from)?;
        must_be_there(&to)?;
        compare(&from, &to, caller)
    })
    .await
}

pub(super) fn compare(from: &Path, to: &Path, caller: &Caller) -> Result<ProfileCopy, CopyError> {
    let differs = |path: &PathBuf, difference| CopyError::Differs {
        path: path.clone(),
        difference,
    };
    let (expected, found) = (content(from)?, content(to)?);
    if let Some(added) = found.keys().find(|path| !expected.contains_key(*path)) {
        return Err(differs(added, Difference::Added));
    }
    let mut all = Sha256::new();
    let mut copy = ProfileCopy::default();
    for (path, entry) in &expected {
        let other = found.get(path);
        let difference = match (entry, other) {
            (_, None) => Some(Difference::Missing),
            (Entry::Folder, Some(Entry::Folder)) => None,
            (Entry::File { size_bytes }, Some(Entry::File { size_bytes: other })) => {
                (size_bytes != other).then_some(Difference::Size)
            }
            _ => Some(Difference::Kind),
        };
        if let Some(difference) = difference {
            return Err(differs(path, difference));
        }
        all.update(path.as_os_str().as_encoded_bytes());
        all.update([0, u8::from(*entry != Entry::Folder)]);
        if let Entry::File { size_bytes } = entry {
            let sum = sum(&from.join(path), caller)?;
            if sum != self::sum(&to.join(path), caller)? {
                return Err(differs(path, Difference::Content));
            }
            all.update(sum);
            copy.file_count += 1;
            copy.size_bytes += size_bytes;
        }
    }
    copy.sha256 = crate::text::hex(&all.finalize());
    Ok(copy)
}

fn sum(path: &Path, caller: &Caller) -> Result<[u8; 32], CopyError> {
    let failed = |source| CopyError::Io {
        path: path.to_owned(),
        source,
    };
    let mut file = File::open(path).map_err(failed)?;
    let mut sum = Sha256::new();
    let mut chunk = vec![0; 64 * 1024];
    loop {
        caller.must_wait()?;
        match file.read(&mut chunk).map_err(failed)? {
            0 => return Ok(sum.finalize().into()),
            length => sum.update(&chunk[..length]),
        }
    }
}
