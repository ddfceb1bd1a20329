//! The cookies of a context, by themselves: what a copied profile does not bring with it.

use serde_json::json;

use super::handle::Context;
use super::storage::Cookie;
use crate::browser::BrowserError;
use crate::cdp::CallError;

impl Context {
    /// All cookies, those that only the server sees and those that end with the browser too.
    pub async fn cookies(&self) -> Result<Vec<Cookie>, BrowserError> {
        let params = json!({"browserContextId": self.shared.id});
        let call = self
            .browser
            .connection()
            .call(None, "Storage.getCookies", params);
        let mut cookies: Vec<Cookie> = serde_json::from_value(call.await?["cookies"].take())
            .map_err(|error| {
                BrowserError::Call(CallError::unexpected("Storage.getCookies", error))
            })?;
        for cookie in &mut cookies {
            cookie.expires = cookie.expires.filter(|expires| *expires > 0.0);
        }
        Ok(cookies)
    }

    /// Forgets all cookies.
    pub async fn clear_cookies(&self) -> Result<(), BrowserError> {
        let params = json!({"browserContextId": self.shared.id});
        let call = self
            .browser
            .connection()
            .call(None, "Storage.clearCookies", params);
        call.await?;
        Ok(())
    }

    /// Puts cookies in beside those that are there; one of the same name, host and path is replaced.
    pub async fn set_cookies(&self, cookies: &[Cookie]) -> Result<(), BrowserError> {
        if cookies.is_empty() {
            return Ok(());
        }
        let params = json!({"browserContextId": self.shared.id, "cookies": cookies});
        self.browser
            .connection()
            .call(None, "Storage.setCookies", params)
            .await?;
        Ok(())
    }
}
