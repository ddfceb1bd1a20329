//! A disk that forgets what was not made durable.
//!
//! It promises what POSIX does and no more: a sync of a file keeps its content, a sync of a folder keeps the names in
//! it, and of everything else any part may be there after a cut, in whole sectors. (Write-back in another order leaves
//! such a part, so orders need no model of their own.)

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::step::Step;

/// What a disk writes whole or not at all.
const SECTOR_BYTES: usize = 512;

/// What a folder holds after a cut: files with their content, and folders.
pub(super) type Image = BTreeMap<PathBuf, Option<Vec<u8>>>;

/// Which syncs a disk takes for what they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Syncs {
    /// All.
    Kept,
    /// None, as if SQLite had never asked for one.
    Ignored,
    /// Those of all but the log.
    IgnoredOfLog,
    /// Those of files and not those of folders.
    IgnoredOfFolders,
}

/// What is left of the changes that were not made durable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Left {
    /// Nothing.
    Nothing,
    /// All of them.
    Everything,
    /// Some of them, by chance.
    Some,
    /// All of them, but of the last write some sectors only.
    Torn,
}

/// The disk at one moment.
pub(super) struct Disk {
    syncs: Syncs,
    files: Vec<Held>,
    names: BTreeMap<PathBuf, Entry>,
    durable_names: BTreeMap<PathBuf, Entry>,
    renamed: Vec<(PathBuf, Option<Entry>)>,
    newest: Option<usize>,
}

#[derive(Debug, Clone, Copy)]
enum Entry {
    Folder,
    File(usize),
}

/// A file, whatever it is called.
#[derive(Default)]
struct Held {
    durable: Vec<u8>,
    since: Vec<Change>,
}

enum Change {
    Write { at: usize, bytes: Arc<[u8]> },
    Resize(usize),
}

impl Disk {
    /// An empty one.
    pub(super) fn new(syncs: Syncs) -> Self {
        Self {
            syncs,
            files: Vec::new(),
            names: BTreeMap::new(),
            durable_names: BTreeMap::new(),
            renamed: Vec::new(),
            newest: None,
        }
    }

    /// Lets a step happen.
    pub(super) fn take(&mut self, step: &Step) {
        self.newest = None;
        match step {
            Step::MakeFolder(path) => self.rename(path, Some(Entry::Folder)),
            Step::MakeFile(path) => {
                self.files.push(Held::default());
                self.rename(path, Some(Entry::File(self.files.len() - 1)));
            }
            Step::Remove(path) => self.rename(path, None),
            Step::Write { path, at, bytes } => {
                let (at, bytes) = (*at, bytes.clone());
                self.change(path, Change::Write { at, bytes });
            }
            Step::Resize { path, size_bytes } => self.change(path, Change::Resize(*size_bytes)),
            Step::Sync(path) => self.sync(path),
            Step::Acknowledge { .. } | Step::Look(_) => {}
        }
    }

    /// How many changes a cut could undo.
    pub(super) fn unsynced(&self) -> usize {
        let changes: usize = self.files.iter().map(|file| file.since.len()).sum();
        changes + self.renamed.len()
    }

    /// Whether the last step was a write of more than one sector.
    pub(super) fn can_tear(&self) -> bool {
        self.newest
            .and_then(|file| self.files[file].since.last())
            .is_some_and(|change| match change {
                Change::Write { at, bytes } => sectors(*at, bytes).count() > 1,
                Change::Resize(_) => false,
            })
    }

    /// What is there after a cut at this moment.
    pub(super) fn cut(&self, left: Left, chance: &mut Chance) -> Image {
        let mut names = self.durable_names.clone();
        for (path, entry) in &self.renamed {
            let stays = match left {
                Left::Nothing => false,
                Left::Everything | Left::Torn => true,
                Left::Some => chance.coin(),
            };
            if stays {
                set(&mut names, path, *entry);
            }
        }
        let reachable = |path: &Path| {
            let mut folders = path
                .ancestors()
                .skip(1)
                .filter(|folder| *folder != Path::new(""));
            folders.all(|folder| names.contains_key(folder))
        };
        names
            .iter()
            .filter(|(path, _)| reachable(path))
            .map(|(path, entry)| match entry {
                Entry::Folder => (path.clone(), None),
                Entry::File(file) => (path.clone(), Some(self.content(*file, left, chance))),
            })
            .collect()
    }

    fn content(&self, file: usize, left: Left, chance: &mut Chance) -> Vec<u8> {
        let mut content = self.files[file].durable.clone();
        let changes = &self.files[file].since;
        // Sometimes a disk keeps whole writes, sometimes parts of them.
        let in_parts = chance.coin();
        for (index, change) in changes.iter().enumerate() {
            let is_newest = self.newest == Some(file) && index + 1 == changes.len();
            match left {
                Left::Some if in_parts => change.tear(&mut content, chance),
                Left::Some if chance.coin() => change.apply(&mut content),
                Left::Torn if is_newest => change.tear(&mut content, chance),
                Left::Everything | Left::Torn => change.apply(&mut content),
                Left::Nothing | Left::Some => {}
            }
        }
        content
    }

    fn rename(&mut self, path: &Path, entry: Option<Entry>) {
        set(&mut self.names, path, entry);
        self.renamed.push((path.to_owned(), entry));
    }

    fn change(&mut self, path: &Path, change: Change) {
        let Some(Entry::File(file)) = self.names.get(path).copied() else {
            panic!("{} was never made", path.display());
        };
        self.files[file].since.push(change);
        self.newest = Some(file);
    }

    fn sync(&mut self, path: &Path) {
        let file = match self.names.get(path).copied() {
            Some(Entry::File(file)) => Some(file),
            Some(Entry::Folder) | None => None,
        };
        let is_log = path.to_string_lossy().ends_with("-wal");
        match (self.syncs, file) {
            (Syncs::Ignored, _) | (Syncs::IgnoredOfFolders, None) => {}
            (Syncs::IgnoredOfLog, Some(_)) if is_log => {}
            (_, Some(file)) => self.files[file].make_durable(),
            (_, None) => {
                let durable = self
                    .renamed
                    .extract_if(.., |(name, _)| name.parent() == Some(path));
                for (name, entry) in durable {
                    set(&mut self.durable_names, &name, entry);
                }
            }
        }
    }
}

impl Held {
    fn make_durable(&mut self) {
        for change in self.since.drain(..) {
            change.apply(&mut self.durable);
        }
    }
}

impl Change {
    fn apply(&self, content: &mut Vec<u8>) {
        match self {
            Self::Write { at, bytes } => put(content, *at, bytes),
            Self::Resize(size_bytes) => {
                lengthen(content, *size_bytes);
                content.truncate(*size_bytes);
            }
        }
    }

    fn tear(&self, content: &mut Vec<u8>, chance: &mut Chance) {
        let Self::Write { at, bytes } = self else {
            return self.apply(content);
        };
        for (at, sector) in sectors(*at, bytes) {
            if chance.coin() {
                put(content, at, sector);
            }
        }
        // The new size may reach the disk and the new content not.
        if chance.coin() {
            lengthen(content, at + bytes.len());
        }
    }
}

fn set(names: &mut BTreeMap<PathBuf, Entry>, path: &Path, entry: Option<Entry>) {
    match entry {
        Some(entry) => names.insert(path.to_owned(), entry),
        None => names.remove(path),
    };
}

fn put(content: &mut Vec<u8>, at: usize, bytes: &[u8]) {
    lengthen(content, at);
    let over = bytes.len().min(content.len() - at);
    content[at..at + over].copy_from_slice(&bytes[..over]);
    content.extend_from_slice(&bytes[over..]);
}

fn lengthen(content: &mut Vec<u8>, size_bytes: usize) {
    // Without optimisation `resize` goes byte by byte.
    let missing = size_bytes.saturating_sub(content.len());
    content.extend_from_slice(&vec![0; missing]);
}

/// A write, cut where the sectors of the file meet.
fn sectors(at: usize, bytes: &[u8]) -> impl Iterator<Item = (usize, &[u8])> {
    let head = (SECTOR_BYTES - at % SECTOR_BYTES).min(bytes.len());
    let (head, rest) = bytes.split_at(head);
    let tail = rest.chunks(SECTOR_BYTES);
    [head].into_iter().chain(tail).scan(at, |at, sector| {
        let begin = *at;
        *at += sector.len();
        Some((begin, sector))
    })
}

/// A throw of coins that falls the same way each time.
pub(super) struct Chance(pub(super) u64);

impl Chance {
    fn coin(&mut self) -> bool {
        // The steps of SplitMix64, a public-domain generator.
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (bits ^ (bits >> 31)) & 1 == 0
    }
}
