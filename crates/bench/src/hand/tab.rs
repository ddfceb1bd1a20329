//! A page, by raw calls.

use std::{sync::Arc, time::Duration};

use formhand_browser::cdp::{CallError, Connection};
use serde_json::{Value, json};

use super::scripts::Script;
use crate::error::Error;

/// No page of the practice portal needs longer.
const LIMIT: Duration = Duration::from_secs(20);

/// A page in a context of its own.
pub(super) struct Tab<'a> {
    connection: &'a Connection,
    context: String,
    session: Arc<str>,
}

impl<'a> Tab<'a> {
    /// A new context with these cookies, and a page in it that goes to an address.
    pub(super) async fn open(
        connection: &'a Connection,
        cookies: &Value,
        url: &str,
    ) -> Result<Self, Error> {
        let text = |answer: &Value, key: &str| answer[key].as_str().unwrap_or_default().to_owned();
        let options = json!({"disposeOnDetach": true});
        let made = connection
            .call(None, "Target.createBrowserContext", options)
            .await?;
        let context = text(&made, "browserContextId");
        // Both are sent before either is answered.
        let cookies = json!({"browserContextId": context, "cookies": cookies});
        let set = connection.send(None, "Storage.setCookies", cookies);
        let target = json!({"url": url, "browserContextId": context});
        let created = connection.send(None, "Target.createTarget", target);
        set.await?;
        let target = text(&created.await?, "targetId");
        let attach = json!({"targetId": target, "flatten": true});
        let attached = connection
            .call(None, "Target.attachToTarget", attach)
            .await?;
        Ok(Self {
            connection,
            context,
            session: text(&attached, "sessionId").into(),
        })
    }

    /// Goes to an address. What comes next waits for the document by itself.
    pub(super) async fn go(&self, url: &Value) -> Result<(), Error> {
        let params = json!({"url": url});
        self.connection
            .call(Some(&self.session), "Page.navigate", params)
            .await?;
        Ok(())
    }

    /// Runs the first script of a page: again in the new document if it began in the old one.
    pub(super) async fn first(&self, script: &Script) -> Result<Value, Error> {
        let given = Value::Null;
        loop {
            match self.evaluate(script, &given).await {
                Err(Error::Call(error)) if error.is_context_lost() => {}
                result => return result,
            }
        }
    }

    /// Runs a script with what it is given.
    pub(super) async fn run(&self, script: &Script, given: &Value) -> Result<Value, Error> {
        self.evaluate(script, given).await
    }

    /// All cookies of the context.
    pub(super) async fn cookies(&self) -> Result<Value, Error> {
        let params = json!({"browserContextId": self.context});
        let mut answer = self
            .connection
            .call(None, "Storage.getCookies", params)
            .await?;
        Ok(answer["cookies"].take())
    }

    pub(super) async fn close(self) -> Result<(), Error> {
        let params = json!({"browserContextId": self.context});
        self.connection
            .call(None, "Target.disposeBrowserContext", params)
            .await?;
        Ok(())
    }

    async fn evaluate(&self, script: &Script, given: &Value) -> Result<Value, Error> {
        let params = json!({
            "expression": script.expression(given), "awaitPromise": true, "returnByValue": true,
        });
        let call = self
            .connection
            .call(Some(&self.session), "Runtime.evaluate", params);
        let failed = |detail: &str| Error::Script {
            script: script.name,
            detail: detail.to_owned(),
        };
        let mut answer = tokio::time::timeout(LIMIT, call)
            .await
            .map_err(|_| failed("it did not end"))??;
        match answer["exceptionDetails"]["exception"]["description"].as_str() {
            Some(thrown) => Err(failed(thrown)),
            None => Ok(answer["result"]["value"].take()),
        }
    }
}

/// What this crate's comparison switches off in a browser that Formhand's library has started.
pub(super) async fn go_raw(connection: &Connection) -> Result<(), CallError> {
    let attach = json!({"autoAttach": false, "waitForDebuggerOnStart": false, "flatten": true});
    connection.call(None, "Fetch.disable", Value::Null).await?;
    connection
        .call(None, "Target.setAutoAttach", attach)
        .await?;
    let discover = json!({"discover": false});
    connection
        .call(None, "Target.setDiscoverTargets", discover)
        .await?;
    Ok(())
}
