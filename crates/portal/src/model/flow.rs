//! What can be filed.

use std::collections::BTreeSet;

use formhand_domain::{FlowName, Undone};

use super::{Step, StepAction, Submit, Verify};
use crate::{record::RecordRules, value::Template};

/// One kind of filing.
#[derive(Debug, Clone)]
pub struct Flow {
    /// Its name; the same in jobs.
    pub name: FlowName,
    /// Its name for people.
    pub title: String,
    /// What a record must look like.
    pub record: RecordRules,
    /// What makes two records the same business case.
    pub business_key: Template,
    /// How a person recognises a record.
    pub label: Template,
    /// The steps, from the first page after login to the submit step and what follows it.
    /// Each path through them has exactly one [`super::StepAction::Submit`], and it is at the top level.
    pub steps: Vec<Step>,
    /// How the portal is searched for a record whose outcome is unknown; nothing if a person has to look.
    pub verify: Option<Verify>,
    /// How long all of it may take.
    pub timeout: std::time::Duration,
}

impl Flow {
    /// The step that files the form.
    pub fn submit(&self) -> Option<&Submit> {
        self.steps.iter().find_map(|step| match &step.action {
            StepAction::Submit(submit) => Some(&**submit),
            _ => None,
        })
    }

    /// What the portal's answer is called in a receipt, over all signs of success.
    pub fn receipt_names(&self) -> BTreeSet<&str> {
        let signs = self
            .submit()
            .into_iter()
            .flat_map(|submit| &submit.succeeded);
        signs
            .flat_map(|success| &success.receipt)
            .map(|field| field.name.as_str())
            .collect()
    }

    /// The steps that follow the filing.
    pub fn after_submit(&self) -> &[Step] {
        let is_submit = |step: &Step| matches!(step.action, StepAction::Submit(_));
        match self.steps.iter().rposition(is_submit) {
            Some(submit) => &self.steps[submit + 1..],
            None => &[],
        }
    }

    /// What of these is not done if nobody does them.
    pub fn undone(&self) -> Undone {
        let after = self.after_submit();
        if after.is_empty() {
            Undone::Nothing
        } else if after.iter().all(|step| step.optional) {
            Undone::Optional
        } else {
            Undone::Required
        }
    }

    /// Whether nothing is left to do once the form is filed.
    pub fn ends_with_submit(&self) -> bool {
        let last = self.steps.last().map(|step| &step.action);
        matches!(last, Some(StepAction::Submit(_)))
    }
}
