//! One record, from a new context to the proposal's number.

use std::time::Instant;

use serde_json::Value;

use super::{
    browser::Hand,
    scripts::{COVERAGE, CUSTOMER, HOME, PRODUCT, PROPOSAL, SAVE, VEHICLE},
    tab::Tab,
};
use crate::{
    customers::Filing,
    error::Error,
    phase::Phase,
    report::{JobCost, PhaseCost},
};

/// Files a record.
pub(super) async fn file(hand: &Hand, filing: &Filing) -> Result<JobCost, Error> {
    let record = &filing.record;
    let mut laps = Laps::start(hand);
    let home = format!("{}/Home/Home", hand.base);
    let tab = Tab::open(hand.browser.connection(), &hand.cookies, &home).await?;
    laps.end_of(Phase::Session);
    let product = tab.first(&HOME).await?;
    tab.go(&product).await?;
    let proposal = tab.first(&PRODUCT).await?;
    tab.go(&proposal).await?;
    tab.first(&PROPOSAL).await?;
    laps.end_of(Phase::Navigation);
    tab.run(&CUSTOMER, record).await?;
    laps.end_of(Phase::Customer);
    tab.run(&VEHICLE, record).await?;
    laps.end_of(Phase::Vehicle);
    tab.run(&COVERAGE, record).await?;
    laps.end_of(Phase::Coverage);
    let number = tab.run(&SAVE, &Value::Null).await?;
    laps.end_of(Phase::Save);
    tab.close().await?;
    laps.end_of(Phase::Close);
    if number.as_str().is_none() {
        return Err(Error::Script {
            script: SAVE.name,
            detail: "it gave no proposal number".into(),
        });
    }
    Ok(JobCost::of(laps.phases))
}

struct Laps<'a> {
    hand: &'a Hand,
    since: Instant,
    messages: u64,
    phases: Vec<PhaseCost>,
}

impl<'a> Laps<'a> {
    fn start(hand: &'a Hand) -> Self {
        Self {
            hand,
            since: Instant::now(),
            messages: hand.messages(),
            phases: Vec::with_capacity(Phase::ALL.len()),
        }
    }

    fn end_of(&mut self, phase: Phase) {
        let (now, messages) = (Instant::now(), self.hand.messages());
        self.phases.push(PhaseCost {
            phase,
            ms: now.duration_since(self.since).as_secs_f64() * 1e3,
            messages: messages - self.messages,
        });
        (self.since, self.messages) = (now, messages);
    }
}
