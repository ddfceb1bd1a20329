//! Which browsers run, whoever they belong to.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    sync::{Mutex, MutexGuard, PoisonError},
};

use super::group;

/// The groups of the browsers that this process has in its charge.
static OWNED: Mutex<BTreeSet<u32>> = Mutex::new(BTreeSet::new());

/// A browser with all processes of its group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunningBrowser {
    /// The name of its profile's folder.
    pub profile: String,
    /// Whether a handle of this process stands for it. One that nobody has a handle of is one too many.
    pub is_owned: bool,
    /// How many processes it has.
    pub processes: usize,
    /// What they hold of memory that they do not share, in bytes.
    pub memory_bytes: u64,
}

/// The browsers whose profile lies in this folder, in the order of their profiles' names. Reads `/proc`, so it blocks for
/// some milliseconds.
pub fn running_browsers(profiles: &Path) -> Vec<RunningBrowser> {
    let wanted = format!("--user-data-dir={}/", profiles.display());
    let mut names: BTreeMap<u32, String> = BTreeMap::new();
    let mut members: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for pid in group::processes() {
        let Some(group) = group::of_alive(pid) else {
            continue;
        };
        members.entry(group).or_default().push(pid);
        if let Some(name) = profile_of(pid, &wanted) {
            names.insert(group, name);
        }
    }
    let owned = owned().clone();
    let mut running: Vec<RunningBrowser> = names
        .into_iter()
        .map(|(group, profile)| {
            let members = members.remove(&group).unwrap_or_default();
            RunningBrowser {
                profile,
                is_owned: owned.contains(&group),
                processes: members.len(),
                memory_bytes: members.into_iter().map(group::memory_bytes).sum(),
            }
        })
        .collect();
    running.sort_by(|one, other| one.profile.cmp(&other.profile));
    running
}

fn profile_of(pid: u32, wanted: &str) -> Option<String> {
    let line = fs::read(format!("/proc/{pid}/cmdline")).ok()?;
    let mut arguments = line.split(|byte| *byte == 0);
    let path = arguments.find_map(|argument| argument.strip_prefix(wanted.as_bytes()))?;
    let name = path.split(|byte| *byte == b'/').next()?;
    Some(String::from_utf8_lossy(name).into_owned())
}

/// This process has it in its charge from now on.
pub(super) fn own(group: u32) {
    owned().insert(group);
}

/// Nothing of it is left.
pub(super) fn disown(group: u32) {
    owned().remove(&group);
}

fn owned() -> MutexGuard<'static, BTreeSet<u32>> {
    OWNED.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::{
        os::unix::process::CommandExt as _,
        process::{Command, Stdio},
    };

    use super::*;

    #[test]
    fn what_looks_like_a_browser_of_the_folder_is_found_and_is_nobodys_until_it_is_owned() {
        let folder = tempfile::tempdir().unwrap();
        let profile = folder.path().join("worker-7");
        let mut child = Command::new("sh")
            .args(["-c", "read line", "sh"])
            .arg(format!("--user-data-dir={}", profile.display()))
            .stdin(Stdio::piped())
            .process_group(0)
            .spawn()
            .unwrap();
        // Until it is the shell, it is still this test's program.
        let found = loop {
            let found = running_browsers(folder.path());
            if !found.is_empty() {
                break found;
            }
            std::thread::yield_now();
        };
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(
            (found[0].profile.as_str(), found[0].processes),
            ("worker-7", 1)
        );
        assert!(!found[0].is_owned);

        own(child.id());
        assert!(running_browsers(folder.path())[0].is_owned);
        disown(child.id());
        child.kill().unwrap();
        child.wait().unwrap();
        assert_eq!(running_browsers(folder.path()), []);
    }
}
