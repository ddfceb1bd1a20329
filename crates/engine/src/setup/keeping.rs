//! What is kept of attempts.

/// What is kept of attempts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keeping {
    /// Of one that did all it should.
    pub on_success: OnSuccess,
    /// Whether requests are written down while an attempt works, for the case that it fails.
    pub network_log: bool,
}

impl Default for Keeping {
    fn default() -> Self {
        Self {
            on_success: OnSuccess::default(),
            network_log: true,
        }
    }
}

/// What is kept of an attempt that did all it should, beside its receipt and the course of its steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OnSuccess {
    /// Nothing more.
    #[default]
    Nothing,
    /// A masked picture of the last page.
    Picture,
    /// All that is kept of a failed attempt.
    All,
}
