//! The numbers, as measured and as compared.

use serde::Serialize;

use crate::{
    arguments::Arguments,
    healing::Healing,
    measure::{Spread, mean, median, spread},
    phase::Phase,
};

/// A part of one job.
#[derive(Debug, Clone, Copy, Serialize)]
pub(crate) struct PhaseCost {
    pub(crate) phase: Phase,
    pub(crate) ms: f64,
    pub(crate) messages: u64,
}

/// One job.
#[derive(Debug, Serialize)]
pub(crate) struct JobCost {
    pub(crate) ms: f64,
    pub(crate) phases: Vec<PhaseCost>,
}

impl JobCost {
    pub(crate) fn of(phases: Vec<PhaseCost>) -> Self {
        Self {
            ms: phases.iter().map(|phase| phase.ms).sum(),
            phases,
        }
    }
}

/// A step of the definition, for an average job.
#[derive(Debug, Serialize)]
pub(crate) struct StepCost {
    pub(crate) name: String,
    pub(crate) times: f64,
    pub(crate) ms: f64,
    pub(crate) messages: f64,
}

/// One round of one of the two.
#[derive(Debug, Serialize)]
pub(crate) struct Round {
    pub(crate) wall_ms: f64,
    pub(crate) browser_cpu_ms: f64,
    /// The portal's thread is left out.
    pub(crate) own_cpu_ms: f64,
    pub(crate) portal_cpu_ms: f64,
    pub(crate) peak_memory_mb: f64,
    pub(crate) calls: u64,
    pub(crate) answers_and_events: u64,
    pub(crate) jobs: Vec<JobCost>,
    pub(crate) steps: Vec<StepCost>,
}

impl Round {
    fn per_job(&self, sum: f64) -> f64 {
        let jobs = u32::try_from(self.jobs.len()).unwrap_or(u32::MAX);
        sum / f64::from(jobs.max(1))
    }
}

/// All rounds of both, with so many jobs at once.
#[derive(Debug, Serialize)]
pub(crate) struct Section {
    pub(crate) workers: usize,
    pub(crate) formhand: Vec<Round>,
    pub(crate) hand: Vec<Round>,
}

impl Section {
    pub(crate) fn new(workers: usize) -> Self {
        Self {
            workers,
            formhand: Vec::new(),
            hand: Vec::new(),
        }
    }
}

/// What one of the two costs a job, over all of its rounds.
#[derive(Debug, Serialize)]
pub(crate) struct Summary {
    pub(crate) jobs_per_minute: f64,
    /// The wall clock of a round over its jobs: the median, the fastest and the slowest round.
    pub(crate) wall_ms: Spread,
    /// From the start of a job to its end.
    pub(crate) job_ms: Spread,
    pub(crate) browser_cpu_ms: f64,
    pub(crate) own_cpu_ms: f64,
    pub(crate) portal_cpu_ms: f64,
    pub(crate) calls: f64,
    pub(crate) answers_and_events: f64,
    pub(crate) peak_memory_mb: f64,
    pub(crate) phases: Vec<PhaseSummary>,
}

/// A part of the jobs.
#[derive(Debug, Serialize)]
pub(crate) struct PhaseSummary {
    pub(crate) phase: Phase,
    pub(crate) ms: f64,
    pub(crate) messages: f64,
}

impl Summary {
    fn of(rounds: &[Round]) -> Self {
        let over = |value: &dyn Fn(&Round) -> f64| -> Vec<f64> {
            rounds
                .iter()
                .map(|round| round.per_job(value(round)))
                .collect()
        };
        #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
        let counted = |value: &dyn Fn(&Round) -> u64| median(&over(&|round| value(round) as f64));
        let wall_ms = spread(&over(&|round| round.wall_ms));
        let job_ms: Vec<f64> = jobs(rounds).map(|job| job.ms).collect();
        Self {
            jobs_per_minute: 60_000.0 / wall_ms.median,
            wall_ms,
            job_ms: spread(&job_ms),
            browser_cpu_ms: median(&over(&|round| round.browser_cpu_ms)),
            own_cpu_ms: median(&over(&|round| round.own_cpu_ms)),
            portal_cpu_ms: median(&over(&|round| round.portal_cpu_ms)),
            calls: counted(&|round| round.calls),
            answers_and_events: counted(&|round| round.answers_and_events),
            peak_memory_mb: rounds
                .iter()
                .map(|round| round.peak_memory_mb)
                .fold(0.0, f64::max),
            phases: Phase::ALL
                .iter()
                .map(|phase| PhaseSummary::of(*phase, rounds))
                .collect(),
        }
    }
}

impl PhaseSummary {
    fn of(phase: Phase, rounds: &[Round]) -> Self {
        let costs: Vec<PhaseCost> = jobs(rounds)
            .flat_map(|job| &job.phases)
            .filter(|cost| cost.phase == phase)
            .copied()
            .collect();
        let ms: Vec<f64> = costs.iter().map(|cost| cost.ms).collect();
        #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
        let messages = mean(costs.iter().map(|cost| cost.messages as f64));
        Self {
            phase,
            ms: median(&ms),
            messages,
        }
    }
}

fn jobs(rounds: &[Round]) -> impl Iterator<Item = &JobCost> {
    rounds.iter().flat_map(|round| &round.jobs)
}

/// Both, compared.
#[derive(Debug, Serialize)]
pub(crate) struct Comparison {
    pub(crate) formhand: Summary,
    pub(crate) hand: Summary,
    /// Formhand's time over the script's, in each pair of rounds.
    pub(crate) ratios: Vec<f64>,
    pub(crate) ratio: f64,
    #[serde(flatten)]
    pub(crate) rounds: Section,
}

/// All that was measured.
#[derive(Debug, Serialize)]
pub(crate) struct Report {
    pub(crate) records: u32,
    pub(crate) comparisons: Vec<Comparison>,
    pub(crate) healing: Option<Healing>,
}

impl Report {
    pub(crate) fn new(
        arguments: &Arguments,
        sections: Vec<Section>,
        healing: Option<Healing>,
    ) -> Self {
        Self {
            records: arguments.records,
            comparisons: sections.into_iter().map(compare).collect(),
            healing,
        }
    }
}

fn compare(section: Section) -> Comparison {
    let pairs = section.formhand.iter().zip(&section.hand);
    let ratios: Vec<f64> = pairs
        .map(|(formhand, hand)| formhand.wall_ms / hand.wall_ms)
        .collect();
    Comparison {
        formhand: Summary::of(&section.formhand),
        hand: Summary::of(&section.hand),
        ratio: median(&ratios),
        ratios,
        rounds: section,
    }
}
