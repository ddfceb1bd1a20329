//! A job's life among random writers, and the promises that every step of it must keep.

use formhand_domain::{
    Acts, FencingToken, HandBack, Job, JobEvent, JobState, Outcome, Progress, RecoveryRule,
    Refusal, RetryPolicy, Settlement, Stage, Status, Undone, WhoActs, Writer,
};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use crate::{
    given::{MARGIN, next_lease, pending, receipt, start},
    step::{Step, failure},
};

/// A job's life so far, with what an onlooker counts of it.
pub(crate) struct Life {
    pub(crate) job: Job,
    now: Timestamp,
    retry: RetryPolicy,
    /// Passes of the gate since the last start that a person asked for.
    crossed: u32,
    /// Claims since then that were not given back unspent.
    claims: u32,
    /// Whether a person has settled the outcome since then.
    settled: bool,
}

impl Life {
    /// A new job of a portal that allows so many attempts.
    pub(crate) fn new(max_attempts: u32) -> Self {
        Self {
            job: pending(),
            now: start(),
            retry: RetryPolicy {
                max_attempts,
                ..RetryPolicy::default()
            },
            crossed: 0,
            claims: 0,
            settled: false,
        }
    }

    /// Lets somebody say something, and checks what comes of it.
    pub(crate) fn take(&mut self, step: &Step) -> Result<(), TestCaseError> {
        self.now += SignedDuration::from_secs(step.wait);
        let event = if step.well {
            self.next_event(step)
        } else {
            self.event(step.event, step)
        };
        let writer = self.writer(&event, step);
        let before = self.job.clone();
        let result = before.clone().apply(&writer, event.clone(), self.now);
        prop_assert_eq!(
            &result,
            &before.clone().apply(&writer, event.clone(), self.now)
        );
        if let Writer::Worker { token } = writer
            && (before.lease().is_none() || token != before.fence)
        {
            prop_assert!(
                matches!(result, Err(Refusal::StaleToken { .. })),
                "{event:?}"
            );
        }
        if let Ok(after) = result {
            self.count(&event, &before)?;
            check_step(&before, &writer, &event, &after, self.now)?;
            self.job = after;
            self.check_state()?;
        }
        Ok(())
    }

    fn count(&mut self, event: &JobEvent, before: &Job) -> Result<(), TestCaseError> {
        match event {
            JobEvent::Cross { .. } => self.crossed += 1,
            JobEvent::Claim { .. } => self.claims += 1,
            JobEvent::Release { .. } | JobEvent::GiveUp { .. } => self.claims -= 1,
            JobEvent::Settle {
                settlement:
                    Settlement::NotFiled {
                        again_at: Some(_), ..
                    },
            } => (self.crossed, self.settled) = (0, false),
            JobEvent::Settle { .. } => self.settled = true,
            JobEvent::Retry => {
                prop_assert_eq!(before.outcome(), Outcome::NotSubmitted);
                (self.crossed, self.claims, self.settled) = (0, 0, false);
            }
            _ => {}
        }
        prop_assert!(self.crossed <= 1, "the form was let out twice");
        prop_assert!(
            self.claims <= self.retry.max_attempts,
            "more attempts than allowed"
        );
        Ok(())
    }

    fn check_state(&self) -> Result<(), TestCaseError> {
        let job = &self.job;
        prop_assert_eq!(job.attempts, self.claims);
        if self.crossed > 0 {
            prop_assert!(
                job.due_at().is_none(),
                "a job that was let out is due again"
            );
            let early = matches!(job.stage(), Some(Stage::Session | Stage::LoginForm));
            prop_assert!(!early, "a job that was let out fills its form again");
        }
        if job.outcome() != Outcome::NotSubmitted {
            prop_assert!(job.holds_business_key());
        }
        if job.outcome() == Outcome::Submitted {
            prop_assert!(job.receipt().is_some_and(|receipt| !receipt.0.is_empty()));
            // Where only the click was allowed, a person has found it all the same.
            prop_assert!(self.crossed == 1 || self.settled);
        }
        if let (Some(failure), None) = (job.failure(), job.due_at()) {
            prop_assert!(
                !failure.retryable,
                "a failure promises an attempt that never comes"
            );
            prop_assert!(failure.who_acts != WhoActs::Nobody);
        }
        let facts = [
            job.due_at().is_some(),
            job.lease().is_some(),
            job.finished_at().is_some(),
        ];
        prop_assert!(facts.iter().filter(|fact| **fact).count() <= 1);
        let text = serde_json::to_string(job).unwrap();
        prop_assert_eq!(&serde_json::from_str::<Job>(&text).unwrap(), job);
        Ok(())
    }

    fn writer(&self, event: &JobEvent, step: &Step) -> Writer {
        let worker = Writer::Worker {
            token: FencingToken(self.job.fence.0.wrapping_sub(step.token_off)),
        };
        let person = Writer::Person {
            name: "Meera".into(),
        };
        match (step.writer, event) {
            (0, JobEvent::Search { .. } | JobEvent::SearchEnded { .. })
            | (3, JobEvent::Settle { .. }) => Writer::Searcher {
                token: FencingToken(self.job.fence.0.wrapping_sub(step.token_off)),
            },
            (0, JobEvent::Claim { .. } | JobEvent::LeaseEnded { .. } | JobEvent::Forget)
            | (1, _) => Writer::Queue,
            (
                0,
                JobEvent::Hold
                | JobEvent::Unhold
                | JobEvent::Cancel { .. }
                | JobEvent::Retry
                | JobEvent::Verify
                | JobEvent::TakeOver { .. }
                | JobEvent::HandBack { .. }
                | JobEvent::GiveUp { .. }
                | JobEvent::Settle { .. },
            )
            | (2, _) => person,
            _ => worker,
        }
    }

    fn next_event(&self, step: &Step) -> JobEvent {
        let index = match &self.job.state {
            JobState::Pending { .. } | JobState::RetryWait { .. } => 0,
            JobState::Processing { progress, .. } => match progress {
                Progress::Session => 2,
                // A page that somebody has is handed back before anything else.
                Progress::LoginForm if self.job.taken_over().is_some() => 24,
                Progress::LoginForm if step.random < 0.2 => 23,
                Progress::LoginForm => 4,
                Progress::Armed { .. } => 6,
                Progress::Crossed { .. } => 7,
                Progress::Filed { .. } => 9,
            },
            JobState::OnHold { .. } => 14,
            JobState::NeedsReview { .. } if step.random < 0.5 => 17,
            JobState::NeedsReview { .. } => 18,
            JobState::Finished { .. } => 16,
        };
        self.event(index, step)
    }

    fn event(&self, index: usize, step: &Step) -> JobEvent {
        let (retry, random) = (self.retry, step.random);
        match index {
            0 => JobEvent::Claim {
                lease: next_lease(&self.job, self.now),
            },
            1 => JobEvent::Renew {
                expires_at: self.now + SignedDuration::from_mins(1),
            },
            2 => JobEvent::EnterForm,
            3 => JobEvent::Restart,
            4 => JobEvent::Arm {
                margin: MARGIN,
                session: crate::given::SESSION,
            },
            5 => JobEvent::Disarm,
            6 => JobEvent::Cross {
                fingerprint: random.to_string(),
                margin: MARGIN,
            },
            7 => JobEvent::Receive { receipt: receipt() },
            8 => JobEvent::Reject {
                failure: failure(random),
            },
            9 => JobEvent::Complete {
                optional_failure: (random < 0.5).then(|| failure(random)),
            },
            10 => JobEvent::Fail {
                failure: failure(random),
                retry,
                random,
            },
            11 => JobEvent::Release { due_at: self.now },
            12 => JobEvent::LeaseEnded {
                retry,
                random,
                rule: self.rule(step),
            },
            13 => JobEvent::Hold,
            14 => JobEvent::Unhold,
            15 => JobEvent::Cancel {
                reason: "twice in the list".into(),
            },
            17 => JobEvent::Settle {
                settlement: Settlement::Filed {
                    receipt: receipt(),
                    undone: [Undone::Nothing, Undone::Optional, Undone::Required]
                        [usize::from(random < 0.3) + usize::from(random < 0.1)],
                },
            },
            18 => JobEvent::Settle {
                settlement: Settlement::NotFiled {
                    token: FencingToken(self.job.fence.0.wrapping_sub(step.token_off)),
                    reason: "it is not in the portal's list".into(),
                    again_at: (random < 0.5 && self.claims < self.retry.max_attempts)
                        .then_some(self.now),
                },
            },
            19 => JobEvent::Search {
                until: self.now + SignedDuration::from_mins(1),
            },
            20 => JobEvent::SearchEnded {
                next_at: (random < 0.5).then_some(self.now),
                said: "it is not in the portal's list".into(),
            },
            21 => JobEvent::Verify,
            22 => JobEvent::Forget,
            23 => JobEvent::TakeOver {
                token: self.token(step),
            },
            24 => JobEvent::HandBack {
                token: self.token(step),
                acts: Acts::default(),
                how: HandBack::GoOn,
            },
            25 => JobEvent::GiveUp {
                token: self.token(step),
                acts: Acts::default(),
                reason: "the portal asks for a form that nobody knows".into(),
            },
            _ => JobEvent::Retry,
        }
    }

    fn token(&self, step: &Step) -> FencingToken {
        FencingToken(self.job.fence.0.wrapping_sub(step.token_off))
    }

    fn rule(&self, step: &Step) -> RecoveryRule {
        let token = self.token(step);
        if step.random < 0.5 {
            RecoveryRule::Expired
        } else {
            RecoveryRule::OwnerDead { token }
        }
    }
}

/// What one accepted event may do to a job.
fn check_step(
    before: &Job,
    writer: &Writer,
    event: &JobEvent,
    after: &Job,
    now: Timestamp,
) -> Result<(), TestCaseError> {
    let name = event.name();
    let forgets = matches!(event, JobEvent::Forget);
    prop_assert_eq!(
        (after.record.is_null(), after.label.is_empty()),
        (
            after.forgotten_at().is_some(),
            after.forgotten_at().is_some()
        )
    );
    if forgets {
        prop_assert!(before.outcome() == Outcome::Submitted && before.finished_at().is_some());
        prop_assert_eq!(
            (before.receipt(), before.failure(), before.finished_at()),
            (after.receipt(), after.failure(), after.finished_at())
        );
    }
    prop_assert!(
        before.id == after.id
            && (before.record == after.record || forgets)
            && before.business_key == after.business_key
            && before.caller_id == after.caller_id
            && before.account_key() == after.account_key(),
        "{name} changed what the job is"
    );
    let claimed = matches!(event, JobEvent::Claim { .. });
    prop_assert_eq!(
        after.fence.0,
        before.fence.0 + u64::from(claimed),
        "{}",
        name
    );
    if before.outcome() == Outcome::Submitted {
        prop_assert_eq!(after.outcome(), Outcome::Submitted, "{}", name);
    }
    if before.outcome() == Outcome::Unknown && !matches!(event, JobEvent::Settle { .. }) {
        prop_assert!(after.due_at().is_none(), "{name} made an unknown job due");
    }
    if after.outcome() == Outcome::Submitted && before.outcome() != Outcome::Submitted {
        prop_assert!(
            matches!(event, JobEvent::Receive { .. } | JobEvent::Settle { .. }),
            "{name} without a receipt"
        );
    }
    if before.status() == Status::NeedsReview {
        let by_person = matches!(writer, Writer::Person { .. });
        let by_searcher = matches!(writer, Writer::Searcher { token } if *token == before.fence);
        prop_assert!(
            (by_person || by_searcher)
                && (matches!(event, JobEvent::Settle { .. })
                    || after.status() == Status::NeedsReview),
            "{name} moved a job that is settled by nobody else"
        );
    }
    if matches!(event, JobEvent::Arm { .. } | JobEvent::Cross { .. }) {
        let lease = before.lease().unwrap();
        prop_assert!(
            lease.expires_at.duration_since(now) > MARGIN,
            "{name} on a short lease"
        );
        prop_assert!(matches!(writer, Writer::Worker { .. }), "by no worker");
        prop_assert!(
            before.taken_over().is_none(),
            "{name} under a person's hands"
        );
    }
    if let (JobEvent::LeaseEnded { rule, .. }, Some(lease)) = (event, before.lease()) {
        let free = match rule {
            RecoveryRule::Expired => lease.expires_at <= now,
            RecoveryRule::OwnerDead { token } => lease.token == *token,
        };
        prop_assert!(free, "a living lease was taken");
    }
    Ok(())
}
