//! Routes that say who may take them. There is no other way to add one, so none is open by oversight: [`guard`] answers
//! 404 at every address that is not in the table.
//!
//! [`guard`]: super::guard

use std::{collections::HashMap, sync::Arc, time::Duration};

use axum::{
    Router,
    extract::MatchedPath,
    handler::Handler,
    http::{Method, StatusCode},
    routing::{MethodFilter, on},
};
use tower_http::timeout::TimeoutLayer;

use super::{ApiState, Need};

/// One way in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// How.
    pub method: Method,
    /// Where, with `{…}` for what differs.
    pub path: &'static str,
    /// Who.
    pub need: Need,
}

/// Routes with their handlers.
#[derive(Default)]
pub(crate) struct Routes {
    router: Router<ApiState>,
    table: Vec<Route>,
}

impl Routes {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Something to read. `HEAD` comes with it.
    pub(crate) fn get<H, T>(self, path: &'static str, need: impl Into<Need>, handler: H) -> Self
    where
        H: Handler<T, ApiState>,
        T: 'static,
    {
        self.route(Method::GET, MethodFilter::GET, path, need.into(), handler)
    }

    /// Something to do.
    pub(crate) fn post<H, T>(self, path: &'static str, need: impl Into<Need>, handler: H) -> Self
    where
        H: Handler<T, ApiState>,
        T: 'static,
    {
        self.route(Method::POST, MethodFilter::POST, path, need.into(), handler)
    }

    /// Something to take away.
    pub(crate) fn delete<H, T>(self, path: &'static str, need: impl Into<Need>, handler: H) -> Self
    where
        H: Handler<T, ApiState>,
        T: 'static,
    {
        self.route(
            Method::DELETE,
            MethodFilter::DELETE,
            path,
            need.into(),
            handler,
        )
    }

    fn route<H, T>(
        mut self,
        method: Method,
        filter: MethodFilter,
        path: &'static str,
        need: Need,
        handler: H,
    ) -> Self
    where
        H: Handler<T, ApiState>,
        T: 'static,
    {
        self.table.push(Route { method, path, need });
        self.router = self.router.route(path, on(filter, handler));
        self
    }

    /// These and others.
    pub(crate) fn merge(mut self, others: Self) -> Self {
        self.router = self.router.merge(others.router);
        self.table.extend(others.table);
        self
    }

    /// All routes so far have to answer within this time.
    pub(super) fn within(mut self, time: Duration) -> Self {
        let layer = TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, time);
        self.router = self.router.layer(layer);
        self
    }

    /// The routes, and who may take which.
    pub(super) fn split(self) -> (Router<ApiState>, Table) {
        let mut paths: HashMap<_, Vec<_>> = HashMap::new();
        for Route { method, path, need } in self.table {
            paths.entry(path).or_default().push((method, need));
        }
        (self.router, Table(Arc::new(paths)))
    }

    /// All ways in.
    pub(super) fn table(self) -> Vec<Route> {
        self.table
    }
}

/// Who may take which route.
#[derive(Clone)]
pub(super) struct Table(Arc<HashMap<&'static str, Vec<(Method, Need)>>>);

/// What the table says of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Declared {
    /// It is a route.
    Route(Need),
    /// There are routes at this address, for other methods.
    OtherMethod,
    /// There is none.
    Nothing,
}

impl Table {
    /// What is declared of this path and method.
    pub(super) fn find(&self, path: Option<&MatchedPath>, method: &Method) -> Declared {
        self.of(path.map(MatchedPath::as_str), method)
    }

    fn of(&self, path: Option<&str>, method: &Method) -> Declared {
        let method = if method == Method::HEAD {
            &Method::GET
        } else {
            method
        };
        let Some(methods) = path.and_then(|path| self.0.get(path)) else {
            return Declared::Nothing;
        };
        match methods.iter().find(|(declared, _)| declared == method) {
            Some((_, need)) => Declared::Route(*need),
            None => Declared::OtherMethod,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Role::{Operator, Viewer};

    #[test]
    fn what_is_not_declared_is_nothing() {
        let (_, table) = Routes::new()
            .get("/a/{id}", Viewer, async || "")
            .post("/a/{id}", Operator, async || "")
            .get("/b", Need::Everyone, async || "")
            .split();
        let of = |path: &str, method| table.of(Some(path), &method);
        assert_eq!(of("/a/{id}", Method::GET), Declared::Route(Viewer.into()));
        assert_eq!(of("/a/{id}", Method::HEAD), Declared::Route(Viewer.into()));
        assert_eq!(
            of("/a/{id}", Method::POST),
            Declared::Route(Operator.into())
        );
        assert_eq!(of("/a/{id}", Method::DELETE), Declared::OtherMethod);
        assert_eq!(of("/b", Method::GET), Declared::Route(Need::Everyone));
        assert_eq!(of("/c", Method::GET), Declared::Nothing);
        assert_eq!(table.of(None, &Method::GET), Declared::Nothing);
    }
}
