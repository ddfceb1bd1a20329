//! What can be filed.

use formhand_domain::FlowName;

use super::Step;
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
    /// How long all of it may take.
    pub timeout: std::time::Duration,
}
