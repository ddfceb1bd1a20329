//! Documents that a portal made. They are kept as they are, and are personal data.

use std::{io::ErrorKind, path::Path};

use formhand_domain::JobId;
use tokio::fs;

use crate::{
    Evidence, EvidenceError,
    folder::{UNFINISHED, create_private},
};

/// The folder of an attempt's documents: whatever they are called, they are not taken for pictures or logs.
pub(crate) const DOCUMENTS: &str = "documents";

/// What a document is called that has no usable name.
const NAMELESS: &str = "document";

/// Long enough to tell documents apart, short enough for every file system and every table.
const LONGEST_BYTES: usize = 80;
const LONGEST_EXTENSION_BYTES: usize = 10;

impl Evidence {
    /// Takes a finished file over, under a name that is safe whatever `name` holds, and says where it is, relative to
    /// the root. Nothing that was kept before is replaced.
    pub async fn keep_document(
        &self,
        job: JobId,
        attempt: u32,
        name: &str,
        file: &Path,
    ) -> Result<String, EvidenceError> {
        let folder = format!("{job}/{attempt}/{DOCUMENTS}");
        create_private(&self.root.join(&folder)).await?;
        let name = safe_name(name);
        let mut relative = format!("{folder}/{name}");
        let mut number = 1;
        while fs::try_exists(self.root.join(&relative)).await? {
            number += 1;
            relative = format!("{folder}/{}", numbered(&name, number));
        }
        let path = self.root.join(&relative);
        make_private(file).await?;
        match fs::rename(file, &path).await {
            // Evidence may lie on a disk of its own.
            Err(error) if error.kind() == ErrorKind::CrossesDevices => copy(file, &path).await?,
            moved => moved?,
        }
        Ok(relative)
    }
}

async fn copy(file: &Path, to: &Path) -> std::io::Result<()> {
    let mut unfinished = to.as_os_str().to_owned();
    unfinished.push(format!(".{UNFINISHED}"));
    fs::copy(file, &unfinished).await?;
    fs::rename(&unfinished, to).await
}

async fn make_private(file: &Path) -> std::io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(file, std::fs::Permissions::from_mode(0o600)).await?;
    }
    Ok(())
}

/// The last part of what may be a path, with letters, digits and a few signs, not hidden and not long.
pub fn safe_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last
        .chars()
        .filter(|c| !c.is_control())
        .map(|c| if is_plain(c) { c } else { '_' })
        .collect();
    let plain = plain.trim_matches(|c: char| !c.is_alphanumeric());
    let (stem, extension) = match plain.rsplit_once('.') {
        Some((stem, extension)) if extension.len() <= LONGEST_EXTENSION_BYTES => {
            (stem, format!(".{extension}"))
        }
        _ => (plain, String::new()),
    };
    let mut end = LONGEST_BYTES - extension.len();
    while !stem.is_char_boundary(end.min(stem.len())) {
        end -= 1;
    }
    let stem = &stem[..end.min(stem.len())];
    let stem = if stem.is_empty() { NAMELESS } else { stem };
    let safe = format!("{stem}{extension}");
    if safe.ends_with(&format!(".{UNFINISHED}")) {
        // It would be taken for a file that is still being written.
        return safe + "_";
    }
    safe
}

pub(crate) fn is_plain(c: char) -> bool {
    c.is_alphanumeric() || "-_. ()".contains(c)
}

/// `schedule.pdf` as `schedule-2.pdf`.
fn numbered(name: &str, number: u32) -> String {
    match name.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}-{number}.{extension}"),
        None => format!("{name}-{number}"),
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    #[test]
    fn kf21_a_name_leads_nowhere_and_hides_nothing() {
        let cases = [
            ("schedule.pdf", "schedule.pdf"),
            ("../../.ssh/authorized_keys", "authorized_keys"),
            ("C:\\Windows\\win.ini", "win.ini"),
            (".bashrc", "bashrc"),
            ("..", "document"),
            ("", "document"),
            ("-rf.pdf", "rf.pdf"),
            ("a\0b\n\u{1b}[31m.pdf", "ab_31m.pdf"),
            ("fdp.\u{202e}gnp.exe", "fdp._gnp.exe"),
            (
                "Police d'assurance (août).pdf",
                "Police d_assurance (août).pdf",
            ),
            ("call-log.part", "call-log.part_"),
        ];
        for (name, safe) in cases {
            assert_eq!(safe_name(name), safe, "{name:?}");
        }
        let long = safe_name(&format!("{}.pdf", "ü".repeat(500)));
        assert!(
            long.len() <= LONGEST_BYTES && long.ends_with("ü.pdf"),
            "{long}"
        );
        let long = safe_name(&format!("a.{}", "x".repeat(500)));
        assert!(long.len() <= LONGEST_BYTES, "{long}");
    }

    #[tokio::test]
    async fn a_document_is_kept_beside_others_of_its_name_and_for_its_owner_alone() {
        use std::os::unix::fs::PermissionsExt as _;
        let root = tempfile::tempdir().unwrap();
        let evidence = Evidence::at(root.path().join("evidence"));
        let job = JobId::new(Timestamp::UNIX_EPOCH, 1);
        for content in ["first", "second"] {
            let file = root.path().join("download");
            std::fs::write(&file, content).unwrap();
            let kept = evidence
                .keep_document(job, 1, "../failure.png", &file)
                .await;
            let kept = evidence.root.join(kept.unwrap());
            assert_eq!(std::fs::read_to_string(&kept).unwrap(), content);
            let mode = kept.metadata().unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
            assert!(!file.exists());
        }
        let log = evidence
            .keep_text(job, 1, "call-log", "clicked")
            .await
            .unwrap();
        assert_eq!(
            evidence.of(job).await.unwrap(),
            [
                log,
                format!("{job}/1/documents/failure-2.png"),
                format!("{job}/1/documents/failure.png"),
            ]
        );
    }
}
