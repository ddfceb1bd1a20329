//! One fault as it is written: JSON in, checked value out.

use serde::{Deserialize, Serialize};

use super::name::FaultName;
use super::step::Step;

/// A fault that is switched on. Only `fault` is needed; each fault takes the settings that its
/// name documents and refuses others.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// What goes wrong.
    pub fault: FaultName,
    /// How often it fires before it is gone; without it, always.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times: Option<u32>,
    /// It fires from the so-many-th fitting moment on (1 is the first).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nth: Option<u32>,
    /// Only this customer or user is hit.
    #[serde(default, rename = "match", skip_serializing_if = "Option::is_none")]
    pub only: Option<Match>,
    /// The request's path.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// The step, in place of a path.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<Step>,
    /// How long.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delay_ms: Option<u64>,
    /// HTTP status.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// The words that the portal says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The id of the field that is altered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// What it is altered to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// Before or after the portal has done the work.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phase: Option<Phase>,
    /// Whether the first bytes of an answer leave before the cut. Chromium asks a second time,
    /// also for a POST, when a kept-alive connection dies without a byte of an answer.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub partial_answer: bool,
}

/// Whom a fault hits.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Match {
    /// The chassis number that the request carries.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chassis: Option<String>,
    /// The user whose session it is, or who logs in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
}

/// When a held request is held.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// It arrived and nothing was done.
    #[default]
    Before,
    /// All was done and nothing was answered.
    After,
}

/// A fault that makes no sense.
#[derive(Debug, thiserror::Error)]
pub enum FaultError {
    /// A setting is missing.
    #[error("fault `{fault}` needs `{setting}`")]
    Missing {
        /// The fault.
        fault: FaultName,
        /// What it needs.
        setting: &'static str,
    },
    /// A setting has no effect on this fault.
    #[error("fault `{fault}` does not take `{setting}`; it takes: {}", .takes.join(", "))]
    Useless {
        /// The fault.
        fault: FaultName,
        /// What it does not take.
        setting: &'static str,
        /// What it takes.
        takes: Vec<&'static str>,
    },
    /// The fault cannot happen at that step.
    #[error("fault `{fault}` cannot happen at step `{step}`; it can at: {}", names(.can))]
    Step {
        /// The fault.
        fault: FaultName,
        /// Where it should happen.
        step: Step,
        /// Where it can.
        can: &'static [Step],
    },
    /// `times` and `nth` count from 1.
    #[error("`{setting}` of fault `{fault}` counts from 1")]
    Zero {
        /// The fault.
        fault: FaultName,
        /// Which setting.
        setting: &'static str,
    },
}

fn names(steps: &[Step]) -> String {
    let names: Vec<String> = steps.iter().map(Step::to_string).collect();
    names.join(", ")
}

impl Fault {
    /// A fault without any setting: it fires always and for everyone.
    pub fn new(fault: FaultName) -> Self {
        Self {
            fault,
            times: None,
            nth: None,
            only: None,
            path: None,
            step: None,
            delay_ms: None,
            status: None,
            text: None,
            field: None,
            value: None,
            phase: None,
            partial_answer: false,
        }
    }

    /// Fires so often and is then gone.
    #[must_use]
    pub fn times(mut self, times: u32) -> Self {
        self.times = Some(times);
        self
    }

    /// Fires once.
    #[must_use]
    pub fn once(self) -> Self {
        self.times(1)
    }

    /// Fires from the so-many-th fitting moment on.
    #[must_use]
    pub fn nth(mut self, nth: u32) -> Self {
        self.nth = Some(nth);
        self
    }

    /// Hits only the customer with this chassis number.
    #[must_use]
    pub fn chassis(mut self, chassis: impl Into<String>) -> Self {
        self.only.get_or_insert_default().chassis = Some(chassis.into());
        self
    }

    /// Hits only this user.
    #[must_use]
    pub fn user(mut self, user: impl Into<String>) -> Self {
        self.only.get_or_insert_default().user = Some(user.into());
        self
    }

    /// At this step.
    #[must_use]
    pub fn step(mut self, step: Step) -> Self {
        self.step = Some(step);
        self
    }

    /// At this path.
    #[must_use]
    pub fn path(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// For so long.
    #[must_use]
    pub fn delay_ms(mut self, delay_ms: u64) -> Self {
        self.delay_ms = Some(delay_ms);
        self
    }

    /// With this status.
    #[must_use]
    pub fn status(mut self, status: u16) -> Self {
        self.status = Some(status);
        self
    }

    /// With these words.
    #[must_use]
    pub fn text(mut self, text: impl Into<String>) -> Self {
        self.text = Some(text.into());
        self
    }

    /// This field becomes that value.
    #[must_use]
    pub fn alters(mut self, field: impl Into<String>, value: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self.value = Some(value.into());
        self
    }

    /// In this phase.
    #[must_use]
    pub fn phase(mut self, phase: Phase) -> Self {
        self.phase = Some(phase);
        self
    }

    /// The first bytes of an answer leave before the cut.
    #[must_use]
    pub fn partial_answer(mut self) -> Self {
        self.partial_answer = true;
        self
    }

    /// Whether the settings fit the fault.
    pub fn check(&self) -> Result<(), FaultError> {
        let fault = self.fault;
        let takes = fault.takes();
        for (setting, given) in self.settings() {
            if given && !takes.contains(&setting) {
                let takes = [&["times", "nth", "match"], takes].concat();
                return Err(FaultError::Useless {
                    fault,
                    setting,
                    takes,
                });
            }
        }
        for setting in fault.needs() {
            if !self.settings().contains(&(setting, true)) {
                return Err(FaultError::Missing { fault, setting });
            }
        }
        if let (Some(step), Some(can)) = (self.step, fault.steps())
            && !can.contains(&step)
        {
            return Err(FaultError::Step { fault, step, can });
        }
        for (setting, count) in [("times", self.times), ("nth", self.nth)] {
            if count == Some(0) {
                return Err(FaultError::Zero { fault, setting });
            }
        }
        Ok(())
    }

    /// The path that must be asked for, if the fault is bound to one.
    pub(crate) fn bound_path(&self) -> Option<&str> {
        let own = self.path.as_deref();
        own.or_else(|| self.step.or(self.fault.default_step()).map(Step::path))
    }

    fn settings(&self) -> [(&'static str, bool); 9] {
        [
            ("path", self.path.is_some()),
            ("step", self.step.is_some()),
            ("delay_ms", self.delay_ms.is_some()),
            ("status", self.status.is_some()),
            ("text", self.text.is_some()),
            ("field", self.field.is_some()),
            ("value", self.value.is_some()),
            ("phase", self.phase.is_some()),
            ("partial_answer", self.partial_answer),
        ]
    }
}
