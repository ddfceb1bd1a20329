//! Goes through the steps of a flow or a login.

use std::{pin::Pin, sync::Arc, time::Duration};

use formhand_browser::{Condition, Context, Deadline, Frame, Page};
use formhand_domain::Failure;
use formhand_portal::{Portal, Step, StepAction, value::Scope};
use tokio::sync::watch;

use super::{Documents, RunSetup, Stop, Trace, fields::SetFields, span, step, translate, tries};
use crate::{
    captcha::Solver,
    one_time_code::CodeSource,
    submit::SubmitDesk,
    takeover::{Hands, Patience},
};

/// One going through the steps.
pub(crate) struct Run {
    pub(crate) portal: Arc<Portal>,
    pub(crate) context: Context,
    pub(crate) page: Page,
    pub(crate) scope: Scope,
    pub(crate) desk: Option<SubmitDesk>,
    pub(crate) solver: Option<Arc<dyn Solver>>,
    pub(crate) codes: Option<Arc<dyn CodeSource>>,
    pub(crate) documents: Option<Documents>,
    pub(crate) fields: SetFields,
    /// Whether the form is filed.
    pub(crate) filed: bool,
    pub(crate) dialogs: formhand_browser::DialogPolicy,
    /// Failures of optional steps.
    pub(crate) shrugged: Vec<Failure>,
    pub(crate) step_timeout: Duration,
    /// The name of the step that has begun last.
    pub(crate) doing: String,
    pub(super) session_over: Option<watch::Receiver<bool>>,
    pub(crate) trace: Option<Trace>,
    /// How people come in between.
    pub(super) hands: Option<Arc<Hands>>,
    /// What limits of time go by.
    pub(super) patience: Patience,
    /// How many optional steps are around what is done.
    pub(super) optional_depth: u32,
    progress: Arc<dyn Fn(&str) + Send + Sync>,
}

impl Run {
    pub(crate) fn new(setup: RunSetup) -> Self {
        Self {
            portal: setup.portal,
            context: setup.context,
            page: setup.page,
            scope: setup.scope,
            desk: setup.desk,
            solver: setup.solver,
            codes: setup.codes,
            documents: setup.documents,
            fields: SetFields::default(),
            filed: false,
            dialogs: formhand_browser::DialogPolicy::default(),
            shrugged: Vec::new(),
            step_timeout: setup.step_timeout,
            doing: String::new(),
            session_over: setup.session_over,
            trace: setup.trace,
            patience: setup
                .hands
                .as_ref()
                .map(|hands| hands.patience())
                .unwrap_or_default(),
            hands: setup.hands,
            optional_depth: 0,
            progress: setup.progress,
        }
    }

    /// What shows that the portal no longer knows the session; nothing while logging in, when that is no surprise.
    pub(crate) fn signs_of_logout(&self) -> Vec<Condition> {
        match self.session_over {
            Some(_) => translate::conditions(&self.portal.base, &self.portal.session.logged_out),
            None => Vec::new(),
        }
    }

    /// The first failure of an optional step that came after the filing.
    pub(crate) fn shrugged_after_filing(&mut self) -> Option<Failure> {
        if self.filed {
            self.shrugged.drain(..).next()
        } else {
            None
        }
    }

    /// Does all steps on the page itself.
    pub(crate) async fn all(&mut self, steps: &[Step]) -> Result<(), Stop> {
        let frame = self.page.main();
        self.steps(&frame, steps).await
    }

    /// Does steps in a frame. Boxed, because steps hold steps.
    pub(crate) fn steps<'a>(
        &'a mut self,
        frame: &'a Frame,
        steps: &'a [Step],
    ) -> Pin<Box<dyn Future<Output = Result<(), Stop>> + Send + 'a>> {
        Box::pin(async move {
            let mut rest = steps;
            while !rest.is_empty() {
                let (now, later) = rest.split_at(step::set::batch(rest).max(1));
                self.attended(frame, now).await?;
                rest = later;
            }
            Ok(())
        })
    }

    /// Sets several fields in one trip, those of steps that apply.
    pub(super) async fn together(&mut self, frame: &Frame, steps: &[Step]) -> Result<(), Stop> {
        let mut applying = Vec::with_capacity(steps.len());
        for step in steps {
            let applies = self.applies(step);
            if applies.map_err(|stop| stop.at_step(&step.name))? {
                applying.push(step);
            }
        }
        let Some(first) = applying.first() else {
            return Ok(());
        };
        self.begin(&first.name);
        let done = self.guarded(frame, &applying).await;
        done.map_err(|stop| stop.at_step(&first.name))
    }

    pub(super) async fn one(&mut self, frame: &Frame, step: &Step) -> Result<(), Stop> {
        if !self.applies(step)? {
            return Ok(());
        }
        let before = step.optional.then(|| self.mark());
        let result = if let Some(tries) = step.tries {
            self.tried(frame, step, tries).await
        } else {
            self.begin(&step.name);
            self.guarded(frame, &[step]).await
        };
        match (result.map_err(|stop| stop.at_step(&step.name)), before) {
            (Err(Stop::Failed(failed)), Some(before)) => {
                tracing::info!(step = step.name, code = %failed.failure.code, "an optional step failed");
                self.return_to(&before);
                self.shrugged.push(failed.failure);
                Ok(())
            }
            (result, _) => result,
        }
    }

    /// Says that a step begins.
    pub(super) fn begin(&mut self, name: &str) {
        name.clone_into(&mut self.doing);
        if let Some(trace) = &self.trace {
            trace.tries();
        }
        (self.progress)(name);
    }

    fn applies(&self, step: &Step) -> Result<bool, Stop> {
        match &step.condition {
            Some(condition) => Ok(condition.holds(&self.scope)?),
            None => Ok(true),
        }
    }

    /// How long a step may take.
    pub(crate) fn timeout(&self, step: &Step) -> Duration {
        step.timeout.unwrap_or(self.step_timeout)
    }

    /// Does a step, or several that set fields, but not longer than the session lives.
    pub(super) async fn guarded(&mut self, frame: &Frame, steps: &[&Step]) -> Result<(), Stop> {
        let deadline = Deadline::after(steps.iter().map(|step| self.timeout(step)).sum());
        let files = steps
            .iter()
            .any(|step| matches!(step.action, StepAction::Submit(_)));
        // Past arming, only what the gate saw decides.
        let watched = self.session_over.clone().filter(|_| !files);
        let ended = tries::ended(watched);
        let result = tokio::select! {
            biased;
            result = span::step(steps, self.perform(frame, steps, deadline)) => result,
            () = ended => return Err(Stop::SessionGone),
        };
        match result {
            Err(stop) if !files => Err(self.explain(stop).await),
            result => result,
        }
    }

    async fn perform(
        &mut self,
        frame: &Frame,
        steps: &[&Step],
        deadline: Deadline,
    ) -> Result<(), Stop> {
        let [step] = steps else {
            return step::set::fields(self, frame, steps, deadline).await;
        };
        match &step.action {
            StepAction::Set(_) => step::set::fields(self, frame, steps, deadline).await,
            StepAction::Goto { url } => step::goto::goto(self, url, deadline).await,
            StepAction::Follow { link } => step::goto::follow(self, frame, link, deadline).await,
            StepAction::Click { at } => step::point::click(frame, at, deadline).await,
            StepAction::Hover { at } => step::point::hover(frame, at, deadline).await,
            StepAction::Press { at, key } => step::point::press(frame, at, key, deadline).await,
            StepAction::Download(rule) => {
                step::download::download(self, frame, rule, deadline).await
            }
            StepAction::Do { steps } => step::group::group(self, frame, steps, step.timeout).await,
            StepAction::Within { frame: of, steps } => {
                step::within::within(self, frame, of, steps, deadline).await
            }
            StepAction::Dialog { text, answer } => {
                step::dialog::dialog(self, text, *answer);
                Ok(())
            }
            StepAction::Wait { any } => step::wait::wait(self, frame, any, deadline).await,
            StepAction::Expect {
                condition,
                otherwise,
            } => step::wait::expect(self, frame, condition, otherwise.as_deref(), deadline).await,
            StepAction::Capture(capture) => {
                step::capture::capture(self, frame, capture, deadline).await
            }
            StepAction::When {
                record,
                page,
                then,
                otherwise,
            } => {
                step::branch::when(self, frame, record.as_ref(), page.as_ref(), then, otherwise)
                    .await
            }
            StepAction::Each { of, steps } => step::branch::each(self, frame, of, steps).await,
            StepAction::Captcha(rule) => step::captcha::captcha(self, frame, rule, deadline).await,
            StepAction::OneTimeCode(rule) => {
                step::one_time_code::one_time_code(self, frame, rule).await
            }
            StepAction::Readback { fields } => step::readback::readback(self, frame, fields).await,
            StepAction::Submit(submit) => step::submit::submit(self, frame, submit, deadline).await,
        }
    }
}
