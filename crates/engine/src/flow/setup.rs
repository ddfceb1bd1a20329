//! What a run needs.

use std::{sync::Arc, time::Duration};

use formhand_browser::{Context, Page};
use formhand_portal::{Portal, value::Scope};
use tokio::sync::watch;

use super::{Documents, Trace};
use crate::{captcha::Solver, one_time_code::CodeSource, submit::SubmitDesk, takeover::Hands};

/// What a run needs.
pub(crate) struct RunSetup {
    pub(crate) portal: Arc<Portal>,
    pub(crate) context: Context,
    pub(crate) page: Page,
    pub(crate) scope: Scope,
    /// How long a step may take that says nothing itself.
    pub(crate) step_timeout: Duration,
    /// Where the form is submitted; only a job's run has it.
    pub(crate) desk: Option<SubmitDesk>,
    /// Who reads captchas; only a login's run has it.
    pub(crate) solver: Option<Arc<dyn Solver>>,
    /// Where one-time codes come from; only a login's run has it, and only if the account has a source.
    pub(crate) codes: Option<Arc<dyn CodeSource>>,
    /// Where documents are kept; only a job's run has it.
    pub(crate) documents: Option<Documents>,
    /// Becomes true when a page shows that the session is over; only a job's run has it.
    pub(crate) session_over: Option<watch::Receiver<bool>>,
    /// Where it is written down how the steps went; only a job's run has it.
    pub(crate) trace: Option<Trace>,
    /// How people come in between; only a job's run has it.
    pub(crate) hands: Option<Arc<Hands>>,
    /// Told the name of each step as it begins.
    pub(crate) progress: Arc<dyn Fn(&str) + Send + Sync>,
}
