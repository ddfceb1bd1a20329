//! The faults that are on, and the decision whether one fires now.

use super::fault::{Fault, FaultError, Phase};
use super::name::FaultName;

/// What is going on when a fault is asked for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Moment {
    pub(crate) path: String,
    pub(crate) user: Option<String>,
    pub(crate) chassis: Option<String>,
}

struct Armed {
    fault: Fault,
    met_count: u32,
    left: Option<u32>,
}

#[derive(Default)]
pub(crate) struct FaultSet {
    armed: Vec<Armed>,
}

impl FaultSet {
    pub(crate) fn new(faults: Vec<Fault>) -> Result<Self, FaultError> {
        let mut set = Self::default();
        for fault in faults {
            set.add(fault)?;
        }
        Ok(set)
    }

    pub(crate) fn add(&mut self, fault: Fault) -> Result<(), FaultError> {
        fault.check()?;
        let left = fault.times;
        self.armed.push(Armed {
            fault,
            met_count: 0,
            left,
        });
        Ok(())
    }

    /// The faults that can still fire, with what is left of `times`.
    pub(crate) fn list(&self) -> Vec<Fault> {
        let left = |armed: &Armed| Fault {
            times: armed.left,
            ..armed.fault.clone()
        };
        self.armed.iter().map(left).collect()
    }

    /// Fires a fault of this name if one fits the moment.
    pub(crate) fn take(&mut self, name: FaultName, moment: &Moment) -> Option<Fault> {
        self.take_if(name, moment, |_| true)
    }

    /// As `take`, for a fault with a phase.
    pub(crate) fn take_in(
        &mut self,
        name: FaultName,
        moment: &Moment,
        phase: Phase,
    ) -> Option<Fault> {
        self.take_if(name, moment, |fault| {
            fault.phase.unwrap_or_default() == phase
        })
    }

    /// Takes the whole fault out, for behaviour that counts by itself in the page.
    pub(crate) fn take_whole(&mut self, name: FaultName, moment: &Moment) -> Option<Fault> {
        let at = self
            .armed
            .iter()
            .position(|a| a.fault.fault == name && fits(&a.fault, moment))?;
        Some(self.armed.remove(at).fault)
    }

    fn take_if(
        &mut self,
        name: FaultName,
        moment: &Moment,
        also: impl Fn(&Fault) -> bool,
    ) -> Option<Fault> {
        let mut fired = None;
        for (at, armed) in self.armed.iter_mut().enumerate() {
            if armed.fault.fault != name || !fits(&armed.fault, moment) || !also(&armed.fault) {
                continue;
            }
            armed.met_count += 1;
            if armed.met_count >= armed.fault.nth.unwrap_or(1) {
                armed.left = armed.left.map(|left| left - 1);
                fired = Some((at, armed.left == Some(0), armed.fault.clone()));
                break;
            }
        }
        let (at, spent, fault) = fired?;
        if spent {
            self.armed.remove(at);
        }
        Some(fault)
    }
}

fn fits(fault: &Fault, moment: &Moment) -> bool {
    let path = fault.bound_path();
    let only = fault.only.as_ref();
    let chassis = only.and_then(|only| only.chassis.as_deref());
    let user = only.and_then(|only| only.user.as_deref());
    path.is_none_or(|path| path.eq_ignore_ascii_case(&moment.path))
        && chassis.is_none_or(|chassis| moment.chassis.as_deref() == Some(chassis))
        && user.is_none_or(|user| moment.user.as_deref() == Some(user))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::faults::Step;

    fn moment(path: &str, chassis: &str) -> Moment {
        Moment {
            path: path.to_owned(),
            chassis: Some(chassis.to_owned()),
            user: None,
        }
    }

    #[test]
    fn fires_from_the_nth_moment_and_is_gone_after_its_times() {
        let fault = Fault::new(FaultName::Slow)
            .step(Step::Save)
            .delay_ms(1)
            .nth(2)
            .times(2);
        let mut set = FaultSet::new(vec![fault]).unwrap();
        let save = moment("/Motor/SaveMotorIMD", "A");
        let fired: Vec<bool> = (0..5)
            .map(|_| set.take(FaultName::Slow, &save).is_some())
            .collect();
        assert_eq!(fired, [false, true, true, false, false]);
        assert!(set.list().is_empty());
    }

    #[test]
    fn hits_only_the_customer_that_is_named() {
        let mut set = FaultSet::new(vec![Fault::new(FaultName::CutAfter).chassis("A")]).unwrap();
        assert!(
            set.take(FaultName::CutAfter, &moment("/Motor/SaveMotorIMD", "B"))
                .is_none()
        );
        assert!(
            set.take(FaultName::CutAfter, &moment("/Motor/FetchIDV", "A"))
                .is_none()
        );
        assert!(
            set.take(FaultName::CutAfter, &moment("/Motor/SaveMotorIMD", "A"))
                .is_some()
        );
    }

    #[test]
    fn refuses_settings_without_effect_and_missing_ones() {
        let useless = Fault::new(FaultName::CaptchaRejected)
            .text("x")
            .check()
            .unwrap_err();
        assert_eq!(
            useless.to_string(),
            "fault `captcha_rejected` does not take `text`; it takes: times, nth, match"
        );
        let missing = Fault::new(FaultName::Slow).check().unwrap_err();
        assert_eq!(missing.to_string(), "fault `slow` needs `delay_ms`");
        let nowhere = Fault::new(FaultName::SubmitsByItself).step(Step::Save);
        assert_eq!(
            nowhere.check().unwrap_err().to_string(),
            "fault `submits_by_itself` cannot happen at step `save`; \
             it can at: form, coverage, calculate"
        );
    }

    #[test]
    fn an_unknown_name_is_answered_with_the_valid_ones() {
        let error = serde_json::from_str::<Fault>(r#"{"fault":"slwo"}"#).unwrap_err();
        assert!(
            error
                .to_string()
                .contains("unknown variant `slwo`, expected one of `expire_at`")
        );
    }
}
