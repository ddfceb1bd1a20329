//! Cuts the power at each step of a log and judges what is left, on all cores.

use std::{
    sync::{Arc, Mutex, PoisonError, mpsc},
    thread,
};

use tokio::runtime::Builder;

use super::{
    disk::{Chance, Disk, Image, Left, Syncs},
    step::Step,
    verdict::{Answers, Loss, judge},
    workload::{Recording, scratch},
};

/// Of a longer row of writes without a sync between, the first and the last so many are each cut at.
const ROW_ENDS: usize = 12;

/// In between, one of so many is.
const ROW_STRIDE: usize = 251;

/// What came out.
#[derive(Default)]
pub(super) struct Findings {
    /// Moments at which the power was cut.
    pub(super) cuts: usize,
    /// Disks that were left by them, each of which was opened.
    pub(super) images: usize,
    /// What was lost.
    pub(super) losses: Vec<(Cut, Loss)>,
}

/// One cut of power.
#[derive(Clone, Copy)]
pub(super) struct Cut {
    /// After so many steps of the log.
    pub(super) after: usize,
    /// What was left of what was not durable.
    pub(super) left: Left,
}

struct Task {
    cut: Cut,
    image: Image,
    answers: Answers,
}

/// Cuts after every `stride`-th moment worth it.
pub(super) fn cut_everywhere(recording: &Recording, syncs: Syncs, stride: usize) -> Findings {
    let findings = Mutex::new(Findings::default());
    // Images are large, so no more of them are made than are soon looked at.
    let (tasks, queue) = mpsc::sync_channel::<Task>(2);
    let queue = Arc::new(Mutex::new(queue));
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            let (queue, findings) = (queue.clone(), &findings);
            scope.spawn(move || look_at(&queue, recording, findings));
        }
        // Only those who look hold it now: if they all break off, so does this.
        drop(queue);
        let cuts = make_images(&recording.log, syncs, stride, &|task| {
            tasks.send(task).unwrap();
        });
        findings.lock().unwrap().cuts = cuts;
        drop(tasks);
    });
    findings.into_inner().unwrap()
}

fn look_at(queue: &Mutex<mpsc::Receiver<Task>>, recording: &Recording, findings: &Mutex<Findings>) {
    let runtime = Builder::new_current_thread().build().unwrap();
    let scratch = scratch();
    let folder = scratch.path().join("left");
    loop {
        let task = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(Task {
            cut,
            image,
            answers,
        }) = task
        else {
            return;
        };
        let verdict = judge(&runtime, &folder, &image, &answers, &recording.versions);
        let mut findings = findings.lock().unwrap();
        findings.images += 1;
        findings
            .losses
            .extend(verdict.err().map(|loss| (cut, loss)));
    }
}

fn make_images(log: &[Step], syncs: Syncs, stride: usize, give: &dyn Fn(Task)) -> usize {
    let mut disk = Disk::new(syncs);
    let mut answers = Answers::new();
    let mut cuts = 0_usize;
    for ((index, step), is_worth_it) in log.iter().enumerate().zip(moments(log)) {
        disk.take(step);
        if let Step::Acknowledge { portal } = step {
            *answers.entry(portal.clone()).or_default() += 1;
        }
        if !is_worth_it {
            continue;
        }
        cuts += 1;
        if !cuts.is_multiple_of(stride) {
            continue;
        }
        for left in what_may_be_left(&disk, step, cuts) {
            let after = index + 1;
            let mut chance = Chance(after as u64 * 4 + left as u64);
            let image = disk.cut(left, &mut chance);
            let cut = Cut { after, left };
            let answers = answers.clone();
            give(Task {
                cut,
                image,
                answers,
            });
        }
    }
    cuts / stride
}

/// Which steps the power is cut after.
fn moments(log: &[Step]) -> Vec<bool> {
    let mut moments = Vec::with_capacity(log.len());
    for row in log.chunk_by(|step, next| step.changes_a_file() && next.changes_a_file()) {
        moments.extend((1..=row.len()).map(|nth| {
            nth <= ROW_ENDS || row.len() - nth < ROW_ENDS || nth.is_multiple_of(ROW_STRIDE)
        }));
    }
    // Between two steps that no disk sees, a cut leaves what it leaves after the second, when more was promised.
    for (moment, next) in moments.iter_mut().zip(&log[1..]) {
        *moment &= !matches!(next, Step::Acknowledge { .. } | Step::Look(_));
    }
    moments
}

fn what_may_be_left(disk: &Disk, step: &Step, nth: usize) -> Vec<Left> {
    let unsynced = disk.unsynced();
    if unsynced == 0 {
        return vec![Left::Nothing];
    }
    if !step.changes_a_file() {
        // What is left if nothing is has not changed since, and nor has what was promised.
        return vec![Left::Nothing, Left::Everything, Left::Some];
    }
    // What is left by chance, and the torn write, take turns: each cut would be followed by one much like it.
    match (disk.can_tear(), nth.is_multiple_of(2)) {
        (true, true) => vec![Left::Everything, Left::Torn],
        (_, false) => vec![Left::Everything, Left::Some],
        (false, true) => vec![Left::Everything],
    }
}
