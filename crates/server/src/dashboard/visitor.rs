//! Who looks at a page, and what that person may do.

use std::convert::Infallible;

use axum::{extract::FromRequestParts, http::request::Parts};

use crate::access::{Caller, Role};

/// Who looks; nobody that is known, where something did not work before that was clear.
pub(super) struct Visitor(pub(super) Option<Caller>);

impl Visitor {
    /// The name that the audit shows.
    pub(super) fn name(&self) -> &str {
        self.0.as_ref().map_or("", |caller| &caller.name)
    }

    /// What a form must carry, so that no other site can send it.
    pub(super) fn csrf(&self) -> Option<&str> {
        self.0.as_ref().and_then(Caller::csrf)
    }

    /// Whether the forms of the daily work are of use.
    pub(super) fn acts(&self) -> bool {
        self.may(Role::Operator)
    }

    /// Whether the forms of an admin are of use.
    pub(super) fn administers(&self) -> bool {
        self.may(Role::Admin)
    }

    fn may(&self, role: Role) -> bool {
        self.0.as_ref().is_some_and(|caller| caller.role >= role)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        Ok(Self(parts.extensions.get().cloned()))
    }
}
