//! What a job cost, from the engine's marks and the store's history.

use std::collections::BTreeMap;

use formhand_store::AuditEntry;
use jiff::Timestamp;

use super::marks::{Mark, What};
use crate::{
    error::Error,
    phase::Phase,
    report::{JobCost, PhaseCost, StepCost},
};

/// The parts of a job. The messages are right where no other job was in the browser at the same time.
pub(super) fn job_cost(
    job: &str,
    history: &[AuditEntry],
    marks: &[Mark],
) -> Result<JobCost, Error> {
    let own: Vec<&Mark> = marks
        .iter()
        .filter(|mark| mark.job.as_deref() == Some(job))
        .collect();
    let over = own
        .iter()
        .find(|mark| mark.what == What::StepsOver)
        .ok_or(Error::NoMark("the end of the steps"))?;
    let (made, left) = place_around(marks, job);
    let mut borders = vec![(Phase::Session, at(history, "claim")?, made)];
    for phase in Phase::ALL {
        let Some(name) = phase.first_step() else {
            continue;
        };
        let mark = own
            .iter()
            .find(|mark| matches!(&mark.what, What::Step(step) if step == name))
            .ok_or(Error::NoMark(name))?;
        borders.push((phase, mark.at, mark.messages()));
    }
    borders.push((Phase::Close, over.at, over.messages()));
    let end = (at(history, "complete")?, left);
    let ends = borders
        .iter()
        .skip(1)
        .map(|(_, at, messages)| (*at, *messages))
        .chain([end]);
    let phases = borders
        .iter()
        .zip(ends)
        .map(|(&(phase, at, messages), (end, messages_then))| PhaseCost {
            phase,
            ms: ms_between(at, end),
            messages: messages_then.saturating_sub(messages),
        })
        .collect();
    Ok(JobCost::of(phases))
}

/// The messages when the job's place was made and when it was left.
fn place_around(marks: &[Mark], job: &str) -> (u64, u64) {
    let own = |mark: &Mark| mark.job.as_deref() == Some(job);
    let first = marks.iter().position(own).unwrap_or_default();
    let last = marks.iter().rposition(own).unwrap_or_default();
    let made = marks[..first]
        .iter()
        .rfind(|mark| mark.what == What::PlaceMade);
    let left = marks[last..]
        .iter()
        .find(|mark| mark.what == What::PlaceLeft);
    (
        made.map(Mark::messages).unwrap_or_default(),
        left.map(Mark::messages).unwrap_or_default(),
    )
}

fn at(history: &[AuditEntry], event: &'static str) -> Result<Timestamp, Error> {
    history
        .iter()
        .find(|entry| entry.event == event)
        .map(|entry| entry.at)
        .ok_or(Error::NoMark(event))
}

/// What each step cost on the average, in the order of the first job. A step lasts until the next one begins, so one
/// that holds others has only its own part.
pub(super) fn step_costs(jobs: &[String], marks: &[Mark]) -> Vec<StepCost> {
    let mut order = Vec::new();
    let mut sums: BTreeMap<String, (f64, u64, u32)> = BTreeMap::new();
    for job in jobs {
        let own: Vec<&Mark> = marks
            .iter()
            .filter(|mark| mark.job.as_ref() == Some(job))
            .collect();
        for pair in own.windows(2) {
            let What::Step(name) = &pair[0].what else {
                continue;
            };
            if !sums.contains_key(name) {
                order.push(name.clone());
            }
            let sum = sums.entry(name.clone()).or_default();
            sum.0 += ms_between(pair[0].at, pair[1].at);
            sum.1 += pair[1].messages() - pair[0].messages();
            sum.2 += 1;
        }
    }
    order
        .into_iter()
        .filter_map(|name| {
            let (ms, messages, times) = *sums.get(&name)?;
            let jobs = f64::from(u32::try_from(jobs.len()).unwrap_or(u32::MAX));
            #[expect(clippy::cast_precision_loss, reason = "counts are small")]
            let messages = messages as f64 / jobs;
            Some(StepCost {
                name,
                times: f64::from(times) / jobs,
                ms: ms / jobs,
                messages,
            })
        })
        .collect()
}

fn ms_between(from: Timestamp, to: Timestamp) -> f64 {
    to.duration_since(from).as_secs_f64() * 1e3
}
