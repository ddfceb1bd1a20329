//! Whether there is room to write.

use std::{io, path::Path};

/// In bytes. With less, not even the next jobs with their browsers' profiles have room.
pub(crate) const LEAST: u64 = 200 * MEBIBYTE;
const MEBIBYTE: u64 = 1024 * 1024;

/// How many bytes can still be written to the disk of a folder.
pub(crate) fn free(folder: &Path) -> io::Result<u64> {
    let disk = rustix::fs::statvfs(folder)?;
    Ok(disk.f_bavail.saturating_mul(disk.f_frsize))
}

/// What is wrong with the room on the disk of the data folder, before it is so full that nothing can be recorded.
pub(super) fn lacking(data: &Path) -> Option<String> {
    match free(data) {
        Ok(free) => short_of(free, LEAST),
        Err(error) => Some(format!("the data folder cannot be looked at: {error}")),
    }
}

fn short_of(free: u64, least: u64) -> Option<String> {
    (free < least).then(|| {
        format!(
            "the disk of the data folder is full: {} MiB are left, and {} are needed",
            free / MEBIBYTE,
            least / MEBIBYTE
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_disk_is_full_before_nothing_can_be_written() {
        assert_eq!(short_of(LEAST, LEAST), None);
        let said = short_of(3 * MEBIBYTE, LEAST).unwrap();
        assert_eq!(
            said,
            "the disk of the data folder is full: 3 MiB are left, and 200 are needed"
        );
    }

    #[test]
    fn a_folder_that_is_gone_is_no_room() {
        let gone = tempfile::tempdir().unwrap().path().join("gone");
        assert!(lacking(&gone).unwrap().contains("cannot be looked at"));
    }
}
