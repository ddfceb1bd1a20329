//! Both, with so many jobs at once: alternating rounds, because machines are noisy.

use std::time::Instant;

use formhand_practice::Practice;

use crate::{
    arguments::Arguments,
    customers::{Customers, Filing},
    error::Error,
    formhand::{Formhand, Marks},
    hand::Hand,
    measure::{Group, MemoryWatch, own_cpu_ms},
    portal::Portal,
    report::{JobCost, Round, Section},
};

/// Measures both with so many jobs at once.
pub(crate) async fn measure(
    arguments: &Arguments,
    workers: usize,
    marks: &Marks,
) -> Result<Section, Error> {
    let portal = Portal::start().await?;
    let mut customers = Customers::default();
    let formhand = Formhand::start(&portal, workers, marks).await?;
    let hand = Hand::start(&portal).await?;
    let warm_up = 2 * u32::try_from(workers).unwrap_or(1);
    formhand.warm_up(&customers.next(warm_up)).await?;
    hand.round(&customers.next(warm_up), workers, &portal)
        .await?;
    let mut section = Section::new(workers);
    for _ in 0..arguments.rounds {
        let filings = customers.next(arguments.records);
        section
            .formhand
            .push(formhand.round(&filings, &portal).await?);
        verify(&portal.practice, &filings, "Formhand")?;
        let filings = customers.next(arguments.records);
        section
            .hand
            .push(hand.round(&filings, workers, &portal).await?);
        verify(&portal.practice, &filings, "the script")?;
    }
    hand.close().await;
    formhand.close().await?;
    Ok(section)
}

/// The portal's own word: every record was filed, and once.
fn verify(practice: &Practice, filings: &[Filing], by: &'static str) -> Result<(), Error> {
    let saves = practice.saves();
    for filing in filings {
        let times = saves
            .iter()
            .filter(|save| save.chassis == filing.chassis && save.committed)
            .count();
        if times != 1 {
            return Err(Error::Filed {
                chassis: filing.chassis.clone(),
                times,
                by,
            });
        }
    }
    Ok(())
}

/// Reads clocks and counters at both ends of a round.
pub(crate) struct Meter<'a> {
    portal: &'a Portal,
    group: Group,
    memory: MemoryWatch,
    began: Instant,
    browser_cpu_ms: f64,
    own_cpu_ms: f64,
    portal_cpu_ms: f64,
}

impl<'a> Meter<'a> {
    pub(crate) fn start(group: Group, portal: &'a Portal) -> Self {
        Self {
            portal,
            group,
            memory: MemoryWatch::start(group),
            browser_cpu_ms: group.cpu_ms(),
            own_cpu_ms: own_cpu_ms(),
            portal_cpu_ms: portal.cpu_ms(),
            began: Instant::now(),
        }
    }

    pub(crate) fn stop(self, jobs: Vec<JobCost>, calls: u64, answers_and_events: u64) -> Round {
        let wall_ms = self.began.elapsed().as_secs_f64() * 1e3;
        let portal_cpu_ms = self.portal.cpu_ms() - self.portal_cpu_ms;
        Round {
            wall_ms,
            browser_cpu_ms: self.group.cpu_ms() - self.browser_cpu_ms,
            own_cpu_ms: own_cpu_ms() - self.own_cpu_ms - portal_cpu_ms,
            portal_cpu_ms,
            peak_memory_mb: self.memory.peak_mb(),
            calls,
            answers_and_events,
            jobs,
            steps: Vec::new(),
        }
    }
}
