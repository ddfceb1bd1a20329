//! The mouse and the keys, lent to a script while it runs.
//!
//! The script says where the mouse has to go and keeps watch in the page (`mouse.js`): an event that would reach
//! something else is stopped there before anything can react to it, and the script asks again.

use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::mpsc;
use tokio::time::Instant;

use super::error::ActErrorKind;
use super::kind::{Action, ActionKind};
use crate::cdp::{CallError, Pending};
use crate::deadline::Deadline;
use crate::frame::{Frame, Place, ScriptError};

/// A script sees what it asked for a moment before the browser says that it is done. One that has not gone on after
/// this long sees nothing of it, as when the mouse went to another document, and is told.
const UNSEEN_AFTER: Duration = Duration::from_millis(50);

/// A wish of one of our scripts.
#[derive(Debug, Deserialize)]
pub(crate) struct Asked {
    /// Whose it is.
    pub(crate) token: String,
    /// Which of its document, where it waits to be told that it is done.
    #[serde(default)]
    number: u64,
    #[serde(flatten)]
    pub(crate) ask: Ask,
}

/// What a script asks for.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case", tag = "ask")]
pub(crate) enum Ask {
    /// Nothing: it begins to change the page.
    Begin,
    /// An animation frame, whoever listens.
    Draw,
    /// The mouse at a point of the view of the frame so many levels above the script's.
    Mouse {
        click: bool,
        x: f64,
        y: f64,
        hops: usize,
    },
    /// The text of an action over what is selected, key by key.
    Keys { at: usize },
    /// The text of an action over what is selected, at once, and a key that types nothing.
    Suggest { at: usize },
}

/// How the script ended.
pub(super) enum End {
    Answered(Result<Value, ScriptError>),
    /// The click took effect, and with it the document, or the page, is leaving.
    Left,
    /// What it asked for could not be done.
    Failed(ActErrorKind),
}

pub(super) struct Hands<'a> {
    frame: &'a Frame,
    token: String,
    actions: &'a [Action],
    asks: mpsc::UnboundedReceiver<Asked>,
    /// Whether anything was done to the page.
    pub(super) touched: bool,
}

impl<'a> Hands<'a> {
    pub(super) fn new(frame: &'a Frame, token: String, actions: &'a [Action]) -> Self {
        Self {
            asks: frame.shared().listen(&token),
            frame,
            token,
            actions,
            touched: false,
        }
    }

    /// Does what the script asks for until it ends.
    pub(super) async fn lend(
        &mut self,
        script: impl Future<Output = Result<Value, ScriptError>>,
        deadline: Deadline,
    ) -> End {
        let shared = self.frame.shared();
        let id = self.frame.id.clone();
        let leaving = async {
            let leaves = |state: &crate::page::PageState| state.is_leaving(&id).then_some(());
            if shared.until(deadline, leaves).await.is_none() {
                std::future::pending::<()>().await;
            }
        };
        tokio::pin!(script, leaving);
        let mut taken: Option<Pending> = None;
        let mut unseen_at: Option<Instant> = None;
        let mut number = 0;
        loop {
            let may_leave = self.touched && self.may_leave();
            tokio::select! {
                biased;
                Some(asked) = self.asks.recv() => {
                    (unseen_at, number) = (None, asked.number);
                    match self.take(asked.ask).await {
                        Ok(sent) => taken = sent,
                        Err(kind) => return End::Failed(kind),
                    }
                }
                answer = &mut script => return match answer {
                    Err(ScriptError::ContextLost) if may_leave => End::Left,
                    Err(_) if may_leave && self.closed_by_itself() => End::Left,
                    answer => End::Answered(answer),
                },
                result = answered(taken.as_mut()) => {
                    taken = None;
                    match result {
                        Ok(_) => unseen_at = Some(Instant::now() + UNSEEN_AFTER),
                        // What came of the page, the script's own end says.
                        Err(CallError::SessionGone { .. }) => {}
                        Err(error) => return End::Failed(shared.explain(error).into()),
                    }
                }
                // The page answers nothing until the next document has come, which can take as long as a portal likes.
                () = &mut leaving, if may_leave => return End::Left,
                () = tokio::time::sleep_until(unseen_at.unwrap_or_else(Instant::now)), if unseen_at.is_some() => {
                    unseen_at = None;
                    self.tell_handed(number);
                }
            }
        }
    }

    fn may_leave(&self) -> bool {
        let leaves = |action: &Action| matches!(action.kind, ActionKind::Click | ActionKind::Hover);
        self.actions.iter().any(leaves)
    }

    fn closed_by_itself(&self) -> bool {
        let shared = self.frame.shared();
        let closed = matches!(shared.state().ended, Some(crate::page::Crash::Closed));
        closed && !shared.context.is_closed()
    }

    /// Does one thing; gives the last answer to come of it.
    async fn take(&mut self, ask: Ask) -> Result<Option<Pending>, ActErrorKind> {
        let text = |at: usize| {
            self.actions.get(at).and_then(|action| match &action.kind {
                ActionKind::Fill { value, .. } => Some(value),
                ActionKind::Choose { text, .. } => Some(text),
                _ => None,
            })
        };
        let sent = match ask {
            Ask::Begin | Ask::Draw => None,
            Ask::Mouse { click, x, y, hops } => {
                self.aim().await;
                let place = self.frame.place_in_page(Place { x, y }, hops).await?;
                let sent = self.mouse(place, click);
                if !click {
                    // A page is told of a mouse that only moves with the next frame.
                    self.frame.shared().draw_soon();
                }
                Some(sent)
            }
            Ask::Keys { at } => text(at).map(|text| self.frame.replace_by_keys(text)),
            Ask::Suggest { at } => text(at).map(|text| self.frame.type_for_suggestions(text)),
        };
        self.touched = true;
        Ok(sent)
    }

    /// Which process a mouse goes to is known from the last picture, so there must be one where a page has several.
    async fn aim(&self) {
        let shared = self.frame.shared();
        let frame = shared.frame(&self.frame.id);
        if frame.is_some_and(|frame| frame.session != shared.session) {
            // A page that does not draw any more takes no mouse either, which the script's end says.
            let _ = shared.draw_seen().await;
        }
    }

    /// All events of the mouse are sent together; the last answer says that the page has seen them.
    fn mouse(&self, Place { x, y }: Place, click: bool) -> Pending {
        let shared = self.frame.shared();
        let send = |params: Value| shared.send(&shared.session, "Input.dispatchMouseEvent", params);
        let mut last = send(json!({"type": "mouseMoved", "x": x, "y": y}));
        if click {
            let button = json!({"x": x, "y": y, "button": "left", "clickCount": 1});
            for (kind, buttons) in [("mousePressed", 1), ("mouseReleased", 0)] {
                let mut event = button.clone();
                event["type"] = kind.into();
                event["buttons"] = buttons.into();
                last = send(event);
            }
        }
        last
    }

    /// On its own task: the script's end must not be held up by a page that does not answer.
    fn tell_handed(&self, number: u64) {
        let frame = self.frame.clone();
        tokio::spawn(async move {
            let limit = Deadline::after(Duration::from_secs(1));
            let _ = frame.script("handed", vec![json!(number)], limit).await;
        });
    }
}

async fn answered(pending: Option<&mut Pending>) -> Result<Value, CallError> {
    match pending {
        Some(pending) => pending.await,
        None => std::future::pending().await,
    }
}

impl Drop for Hands<'_> {
    fn drop(&mut self) {
        self.frame.shared().forget(&self.token);
    }
}
