//! The promise, and that these tests would see it broken.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::LazyLock,
};

use super::{
    cuts::{Findings, cut_everywhere},
    disk::{Chance, Disk, Left, Syncs},
    step::Step,
    verdict::Kind,
    workload::{Recording, record},
};

/// One recording serves all tests of a process.
static RECORDING: LazyLock<Recording> = LazyLock::new(record);

#[test]
fn what_was_acknowledged_survives_a_cut_of_power_at_any_write() {
    let findings = cut_everywhere(&RECORDING, Syncs::Kept, 1);
    let Findings { cuts, images, .. } = findings;
    println!(
        "{} steps, {cuts} cuts, {images} images",
        RECORDING.log.len()
    );
    if let Some((cut, loss)) = findings.losses.first() {
        let (kinds, kind, said) = (kinds(&findings), loss.kind, &loss.said);
        let (after, left) = (cut.after, cut.left);
        panic!("{kinds:?}; the first, after step {after} with {left:?} left: {kind:?}: {said}");
    }
    assert!(images > 500, "only {images} images");
}

#[test]
fn a_store_that_does_not_wait_for_the_disk_is_found_out() {
    for syncs in [Syncs::Ignored, Syncs::IgnoredOfLog, Syncs::IgnoredOfFolders] {
        let findings = cut_everywhere(&RECORDING, syncs, 17);
        let kinds = kinds(&findings);
        println!("{syncs:?}: {} images, {kinds:?}", findings.images);
        assert!(kinds.contains_key(&Kind::Forgotten), "{syncs:?}: {kinds:?}");
    }
}

#[test]
fn the_recording_holds_all_that_was_written() {
    let mut disk = Disk::new(Syncs::Kept);
    let mut looks = 0;
    for step in &RECORDING.log {
        disk.take(step);
        let Step::Look(seen) = step else { continue };
        looks += 1;
        let image = disk.cut(Left::Everything, &mut Chance(0));
        let files = image
            .into_iter()
            .filter_map(|(path, content)| Some((path, content?)));
        let files: BTreeMap<_, _> = files.collect();
        assert!(files == *seen, "the log lacks something of look {looks}");
    }
    assert_eq!(looks, 4);
}

#[test]
fn the_recording_has_all_that_a_cut_could_hit() {
    let log = &RECORDING.log;
    let count = |wanted: &dyn Fn(&Step) -> bool| log.iter().filter(|step| wanted(step)).count();
    let answers = count(&|step| matches!(step, Step::Acknowledge { .. }));
    let commits = count(&|step| matches!(step, Step::Sync(path) if is(path, "-wal")));
    println!("{answers} answers, {commits} syncs of the log");
    // Several operations share a commit, each of which is a sync of the log.
    assert!(commits < answers);
    // The new file is switched to its log, the log is folded into it when it is long, and each time the store closes.
    let folded = count(&|step| matches!(step, Step::Sync(path) if is(path, ".db")));
    assert!(folded >= 5, "{folded}");
    let ends = count(&|step| matches!(step, Step::Remove(path) if is(path, "-wal")));
    assert_eq!(ends, 3);
    // Three logs begin, and the last once more, over what it held.
    let begins = count(&|step| matches!(step, Step::Write { path, at: 0, .. } if is(path, "-wal")));
    assert!(begins >= 4, "{begins}");
    let callers: BTreeSet<_> = RECORDING.versions.keys().collect();
    assert_eq!(callers.len(), 6);
}

fn is(path: &Path, end: &str) -> bool {
    path.to_string_lossy().ends_with(end)
}

fn kinds(findings: &Findings) -> BTreeMap<Kind, usize> {
    let mut kinds = BTreeMap::new();
    for (_, loss) in &findings.losses {
        *kinds.entry(loss.kind).or_default() += 1;
    }
    kinds
}
