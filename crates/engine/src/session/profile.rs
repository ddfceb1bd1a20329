//! The master's profile on disk: set aside for an empty one, kept as a backup, or put back.
//!
//! Everything is a rename in one folder, so a process that is killed leaves the profile whole, at one of two places:
//! a profile that stands aside when a server starts is put back.

use std::{
    io,
    path::{Path, PathBuf},
};

use tokio::fs;

/// The profile of one master, and its backups beside it.
#[derive(Debug, Clone)]
pub(super) struct MasterProfile {
    path: PathBuf,
}

impl MasterProfile {
    pub(super) fn at(path: PathBuf) -> Self {
        Self { path }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Where the profile is while an empty one is tried.
    fn aside(&self) -> PathBuf {
        self.beside(".aside")
    }

    /// The folder of backups; the name of each begins with a number that only rises.
    fn backups(&self) -> PathBuf {
        self.beside(".backups")
    }

    /// Where copies of it stand that clones are made of.
    pub(super) fn source(&self, name: &str) -> PathBuf {
        self.beside(&format!(".source-{name}"))
    }

    fn beside(&self, ending: &str) -> PathBuf {
        let mut name = self.path.file_name().unwrap_or_default().to_owned();
        name.push(ending);
        self.path.with_file_name(name)
    }

    /// Finishes what a killed process began. Call it before the first browser uses the profile.
    pub(super) async fn mend(&self) -> io::Result<bool> {
        if !fs::try_exists(self.aside()).await? {
            return Ok(false);
        }
        self.put_back().await?;
        Ok(true)
    }

    /// Makes room for an empty profile. The browser is stopped.
    pub(super) async fn set_aside(&self) -> io::Result<()> {
        match fs::rename(&self.path, self.aside()).await {
            // An account that was never logged in has nothing to keep; an empty folder keeps its place.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                fs::create_dir(self.aside()).await
            }
            other => other,
        }
    }

    /// Puts the old profile back in the place of whatever is there. The browser is stopped.
    pub(super) async fn put_back(&self) -> io::Result<()> {
        remove(&self.path).await?;
        fs::rename(self.aside(), &self.path).await
    }

    /// The old profile is a backup from now on. The newest `most` are kept.
    pub(super) async fn keep_aside(&self, most: u32) -> io::Result<()> {
        let backups = self.backups();
        fs::create_dir_all(&backups).await?;
        let mut kept = numbers(&backups).await?;
        let number = kept.last().map_or(1, |last| last + 1);
        fs::rename(self.aside(), backups.join(number.to_string())).await?;
        kept.push(number);
        let surplus = kept.len().saturating_sub(most.max(1) as usize);
        for number in kept.into_iter().take(surplus) {
            remove(&backups.join(number.to_string())).await?;
        }
        Ok(())
    }
}

/// The numbers of the backups, in order.
async fn numbers(backups: &Path) -> io::Result<Vec<u64>> {
    let mut entries = fs::read_dir(backups).await?;
    let mut numbers = Vec::new();
    while let Some(entry) = entries.next_entry().await? {
        if let Some(number) = entry
            .file_name()
            .to_str()
            .and_then(|name| name.parse().ok())
        {
            numbers.push(number);
        }
    }
    numbers.sort_unstable();
    Ok(numbers)
}

async fn remove(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder).await {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn profile(folder: &Path) -> MasterProfile {
        let profile = MasterProfile::at(folder.join("master"));
        fs::create_dir(profile.path()).await.unwrap();
        write(&profile, "old").await;
        profile
    }

    async fn write(profile: &MasterProfile, text: &str) {
        fs::create_dir_all(profile.path()).await.unwrap();
        fs::write(profile.path().join("Cookies"), text)
            .await
            .unwrap();
    }

    async fn read(profile: &MasterProfile) -> String {
        fs::read_to_string(profile.path().join("Cookies"))
            .await
            .unwrap()
    }

    #[tokio::test]
    async fn kf32_an_old_profile_is_put_back_whatever_the_new_one_has_become() {
        let folder = tempfile::tempdir().unwrap();
        let profile = profile(folder.path()).await;
        profile.set_aside().await.unwrap();
        write(&profile, "new").await;
        profile.put_back().await.unwrap();
        assert_eq!(read(&profile).await, "old");
        assert!(!profile.mend().await.unwrap());
    }

    #[tokio::test]
    async fn kf32_a_process_that_is_killed_on_the_way_leaves_a_profile_that_is_put_back() {
        let folder = tempfile::tempdir().unwrap();
        let profile = profile(folder.path()).await;
        profile.set_aside().await.unwrap();
        // Killed before and after the new browser wrote something.
        assert!(profile.mend().await.unwrap());
        assert_eq!(read(&profile).await, "old");
        profile.set_aside().await.unwrap();
        write(&profile, "half").await;
        assert!(profile.mend().await.unwrap());
        assert_eq!(read(&profile).await, "old");
    }

    #[tokio::test]
    async fn kf32_the_newest_backups_are_kept() {
        let folder = tempfile::tempdir().unwrap();
        let profile = profile(folder.path()).await;
        for number in 1..=4 {
            write(&profile, &number.to_string()).await;
            profile.set_aside().await.unwrap();
            profile.keep_aside(2).await.unwrap();
        }
        assert_eq!(numbers(&profile.backups()).await.unwrap(), [3, 4]);
        let newest = fs::read_to_string(profile.backups().join("4/Cookies")).await;
        assert_eq!(newest.unwrap(), "4");
    }
}
