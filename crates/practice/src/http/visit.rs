//! What is known of one request before its handler runs.

use axum::http::request::Parts;
use axum::http::{HeaderMap, header};

use super::form::Form;
use crate::faults::Moment;
use crate::ledger::Event;
use crate::session;
use crate::world::World;

/// In it a script says which page load it belongs to.
const PAGE_HEADER: &str = "x-imd-page";

/// Who asks for what. Handlers get it as an extension.
#[derive(Clone, Debug)]
pub(crate) struct Visit {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) ajax: bool,
    pub(crate) session: Option<String>,
    /// The browser, where sessions are bound to one.
    pub(crate) device: Option<String>,
    /// Whether the browser does not know its device id yet.
    pub(crate) is_new_device: bool,
    /// The page load whose script asks, if it says so.
    pub(crate) page: String,
    pub(crate) user: Option<String>,
    pub(crate) query: Form,
    pub(crate) form: Form,
}

impl Visit {
    pub(crate) fn read(world: &World, parts: &Parts, body: &[u8]) -> Self {
        let session = cookie(&parts.headers, session::SESSION);
        let known = cookie(&parts.headers, session::DEVICE);
        let bound = world.options.device_bound;
        let is_new_device = bound && known.is_none();
        let device = bound.then(|| known.unwrap_or_else(|| world.new_device()));
        let posted = text(&parts.headers, header::CONTENT_TYPE.as_str())
            .starts_with("application/x-www-form-urlencoded");
        Self {
            method: parts.method.to_string(),
            path: parts.uri.path().to_owned(),
            ajax: parts
                .headers
                .get("x-requested-with")
                .is_some_and(|v| v == "XMLHttpRequest"),
            user: world.user_of(session.as_deref(), device.as_deref()),
            session,
            device,
            is_new_device,
            page: text(&parts.headers, PAGE_HEADER).to_owned(),
            query: Form::read(parts.uri.query().unwrap_or_default().as_bytes()),
            form: if posted {
                Form::read(body)
            } else {
                Form::default()
            },
        }
    }

    pub(crate) fn moment(&self) -> Moment {
        let user = match self.form.get("UserName") {
            "" => self.user.clone(),
            name => Some(name.to_owned()),
        };
        let chassis = match self.form.get("ChasisNumberVehicle") {
            "" => None,
            chassis => Some(chassis.to_owned()),
        };
        Moment {
            path: self.path.clone(),
            user,
            chassis,
        }
    }

    /// Writes an event of this visit into the ledger.
    pub(crate) fn log(&self, world: &World, event: Event) -> u64 {
        let session = self.session.as_deref().map(session::hash);
        world
            .ledger
            .write(self.user.as_deref(), session.as_deref(), event)
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers
        .get(name)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
}

fn cookie(headers: &HeaderMap, wanted: &str) -> Option<String> {
    let all = headers
        .get_all(header::COOKIE)
        .into_iter()
        .filter_map(|value| value.to_str().ok());
    let mut pairs = all
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.split_once('='));
    pairs
        .find(|(name, _)| name.trim() == wanted)
        .map(|(_, value)| value.trim().to_owned())
}
