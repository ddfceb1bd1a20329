//! Whether a browser works with a profile.

use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};

use rustix::io::Errno;
use rustix::process::{Pid, test_kill_process};

/// Who works with a profile, in words.
pub(crate) fn user_of(profile: &Path) -> Option<String> {
    let process = process_on(profile).map(|pid| format!("process {pid}"));
    process.or_else(|| lock_holder(profile))
}

/// A process whose command line names the profile: a browser or one of its helpers. The headless shell locks nothing,
/// so this is the only way to see it.
pub(crate) fn process_on(profile: &Path) -> Option<u32> {
    let profile = profile.canonicalize().ok()?;
    std::fs::read_dir("/proc")
        .ok()?
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .find(|pid| names(*pid, &profile) == Some(true))
}

/// Whether the command line of a process names the profile; none if there is no command line.
fn names(pid: u32, profile: &Path) -> Option<bool> {
    let line = std::fs::read(format!("/proc/{pid}/cmdline")).ok()?;
    if line.is_empty() {
        return None;
    }
    Some(folders_in(&line).any(|folder| {
        is_same(
            &Path::new(&format!("/proc/{pid}/cwd")).join(folder),
            profile,
        )
    }))
}

/// The folders that a command line speaks of. Helpers write theirs as one text, in which the end of a folder's name
/// cannot be told from a space in it, so that every end is possible.
fn folders_in(line: &[u8]) -> impl Iterator<Item = PathBuf> {
    const FLAG: &[u8] = b"--user-data-dir=";
    let path = |bytes: &[u8]| PathBuf::from(std::ffi::OsStr::from_bytes(bytes));
    let mut found = Vec::new();
    for (at, _) in line
        .windows(FLAG.len())
        .enumerate()
        .filter(|(_, window)| *window == FLAG)
    {
        let rest = &line[at + FLAG.len()..];
        let argument = rest.split(|byte| *byte == 0).next().unwrap_or_default();
        let spaces = argument
            .iter()
            .enumerate()
            .filter(|(_, byte)| **byte == b' ')
            .map(|(end, _)| path(&argument[..end]));
        found.extend(spaces);
        found.push(path(argument));
    }
    found.into_iter()
}

fn is_same(folder: &Path, profile: &Path) -> bool {
    folder.canonicalize().is_ok_and(|folder| folder == *profile)
}

/// Who holds Chromium's own lock, a link that names a host and a process. One that is left of a process that is gone
/// does not count.
fn lock_holder(profile: &Path) -> Option<String> {
    let lock = std::fs::read_link(profile.join("SingletonLock")).ok()?;
    let lock = lock.to_string_lossy().into_owned();
    let (host, pid) = lock.rsplit_once('-')?;
    let own_host = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
    if host != own_host.trim() {
        // Over a shared disk; nothing here can tell whether it still lives.
        return Some(format!("a browser on another host ({lock})"));
    }
    let pid: u32 = pid.parse().ok()?;
    let profile = profile.canonicalize().ok()?;
    // A number is given to another process in time.
    let may_be_the_browser = is_alive(pid) && names(pid, &profile) != Some(false);
    may_be_the_browser.then(|| format!("process {pid}"))
}

fn is_alive(pid: u32) -> bool {
    let Some(pid) = i32::try_from(pid).ok().and_then(Pid::from_raw) else {
        return false;
    };
    matches!(test_kill_process(pid), Ok(()) | Err(Errno::PERM))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_found_in_the_command_line_of_a_browser_and_of_its_helpers() {
        let own = b"chromium\0--user-data-dir=/a b/c\0--other\0";
        assert!(folders_in(own).any(|folder| folder == *"/a b/c"));
        let helper = b"chromium --type=zygote --user-data-dir=/a b/c --other";
        assert!(folders_in(helper).any(|folder| folder == *"/a b/c"));
        assert_eq!(folders_in(b"chromium\0--other").count(), 0);
    }
}
