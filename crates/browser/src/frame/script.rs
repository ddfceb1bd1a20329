//! Running a function of our library in a frame.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::{Value, json};

use super::handle::Frame;
use super::library::{ASK, CALL, LIBRARY, WORLD};
use crate::cdp::CallError;
use crate::deadline::Deadline;
use crate::page::{PageError, PageShared};

/// Why a script has no result.
#[derive(Debug, Clone)]
pub(crate) enum ScriptError {
    /// The document, or the whole frame, has gone.
    ContextLost,
    /// The page did not answer, not even that its time is over.
    Hung,
    /// The script failed.
    Threw(String),
    /// The page is not there any more, or Chromium refused.
    Page(PageError),
}

impl ScriptError {
    pub(crate) fn in_page(self, _page: &PageShared, waiting_for: &str) -> PageError {
        match self {
            Self::ContextLost => PageError::TimedOut {
                waiting_for: format!("{waiting_for}: the page keeps navigating"),
            },
            Self::Hung => PageError::TimedOut {
                waiting_for: format!("{waiting_for}: the page does not answer"),
            },
            Self::Threw(detail) => PageError::Call(CallError::unexpected("script", detail)),
            Self::Page(error) => error,
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Returned {
    #[serde(default)]
    result: RemoteObject,
    exception_details: Option<Value>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct RemoteObject {
    value: Value,
    object_id: Option<String>,
}

/// Where a script runs.
struct World {
    session: Arc<str>,
    id: i64,
}

impl Frame {
    /// Runs a function of the library and returns its value. Fails when the document goes away meanwhile.
    pub(crate) async fn script(
        &self,
        name: &'static str,
        arguments: Vec<Value>,
        deadline: Deadline,
    ) -> Result<Value, ScriptError> {
        let running = self.run(name, arguments, true, deadline);
        let ended = self.shared().drawing(running).await;
        ended.map(|object| object.value)
    }

    /// The same for what only watches, and makes no page draw that does not by itself.
    pub(crate) async fn script_beside(
        &self,
        name: &'static str,
        arguments: Vec<Value>,
        deadline: Deadline,
    ) -> Result<Value, ScriptError> {
        self.run(name, arguments, true, deadline)
            .await
            .map(|object| object.value)
    }

    /// Runs a function of the library and returns Chromium's handle of the element that it returns, and its session.
    pub(crate) async fn script_for_object(
        &self,
        name: &'static str,
        arguments: Vec<Value>,
        deadline: Deadline,
    ) -> Result<Option<String>, ScriptError> {
        self.run(name, arguments, false, deadline)
            .await
            .map(|object| object.object_id)
    }

    async fn run(
        &self,
        name: &'static str,
        arguments: Vec<Value>,
        by_value: bool,
        deadline: Deadline,
    ) -> Result<RemoteObject, ScriptError> {
        let running = Box::pin(self.run_in_world(name, arguments, by_value));
        tokio::time::timeout_at(deadline.hung_at(), running)
            .await
            .unwrap_or(Err(ScriptError::Hung))
    }

    async fn run_in_world(
        &self,
        name: &'static str,
        arguments: Vec<Value>,
        by_value: bool,
    ) -> Result<RemoteObject, ScriptError> {
        let world = self.world().await?;
        let mut values = vec![json!({"value": name})];
        values.extend(arguments.into_iter().map(|value| json!({"value": value})));
        let params = json!({
            "functionDeclaration": CALL, "executionContextId": world.id, "arguments": values,
            "awaitPromise": true, "returnByValue": by_value,
        });
        let object = self
            .evaluate(&world, "Runtime.callFunctionOn", params.clone())
            .await?;
        if object.value != json!("__missing") {
            return Ok(object);
        }
        // A first, empty document can be older than our set-up.
        let library = json!({"expression": LIBRARY, "contextId": world.id});
        self.evaluate(&world, "Runtime.evaluate", library).await?;
        self.evaluate(&world, "Runtime.callFunctionOn", params)
            .await
    }

    async fn evaluate(
        &self,
        world: &World,
        method: &'static str,
        params: Value,
    ) -> Result<RemoteObject, ScriptError> {
        let call = self.shared().send(&world.session, method, params);
        let returned: Returned = call.read().await.map_err(|error| {
            self.shared().state().world_lost(&self.id, world.id);
            self.explain(error, &world.session)
        })?;
        match returned.exception_details {
            None => Ok(returned.result),
            Some(details) => Err(ScriptError::Threw(exception_text(&details))),
        }
    }

    async fn world(&self) -> Result<World, ScriptError> {
        let frame = self
            .shared()
            .frame(&self.id)
            .ok_or_else(|| self.missing())?;
        if let Some(id) = frame.world {
            return Ok(World {
                session: frame.session,
                id,
            });
        }
        let params = json!({"frameId": self.id, "worldName": WORLD});
        let call = self
            .shared()
            .send(&frame.session, "Page.createIsolatedWorld", params);
        let answer = call
            .await
            .map_err(|error| self.explain(error, &frame.session))?;
        let id = answer["executionContextId"]
            .as_i64()
            .ok_or(ScriptError::ContextLost)?;
        // By the world's name it would only work with `Runtime.enable`, which makes a page's console a stream of events.
        let binding = json!({"name": ASK, "executionContextId": id});
        drop(
            self.shared()
                .send(&frame.session, "Runtime.addBinding", binding),
        );
        // Only if it is still the same document: the answer may be older than the last navigation.
        let mut state = self.shared().state();
        if let Some(now) = state.frames.get_mut(&self.id)
            && now.loader == frame.loader
            && now.session == frame.session
        {
            now.world = Some(id);
        }
        Ok(World {
            session: frame.session,
            id,
        })
    }

    fn missing(&self) -> ScriptError {
        match self.shared().explain(CallError::SessionGone {
            method: String::new(),
        }) {
            PageError::Closed if !self.shared().is_closed() => ScriptError::ContextLost,
            error => ScriptError::Page(error),
        }
    }

    fn explain(&self, error: CallError, session: &Arc<str>) -> ScriptError {
        let own_session = *session != self.shared().session;
        if error.is_context_lost()
            || (own_session && matches!(error, CallError::SessionGone { .. }))
                && !self.shared().is_closed()
        {
            return ScriptError::ContextLost;
        }
        ScriptError::Page(self.shared().explain(error))
    }
}

fn exception_text(details: &Value) -> String {
    let description = details["exception"]["description"]
        .as_str()
        .or_else(|| details["text"].as_str());
    // The first line: the rest is our own stack.
    description
        .unwrap_or("the script failed")
        .lines()
        .next()
        .unwrap_or_default()
        .to_owned()
}
