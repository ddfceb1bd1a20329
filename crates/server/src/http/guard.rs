//! Who is let in, to what, and how often. Everything passes here, also what is at no address.

use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use jiff::SignedDuration;

use super::{
    ApiState, Need, Problem, address, cookie, forgery, login,
    routes::{Declared, Table},
};
use crate::access::{Caller, Refusal, Role, Via};

/// What it goes by.
#[derive(Clone)]
pub(super) struct Guard {
    pub(super) state: ApiState,
    pub(super) table: Table,
}

/// Lets pass who may. The answer carries the caller too, for the log.
pub(super) async fn check(State(guard): State<Guard>, request: Request, next: Next) -> Response {
    let path = request.extensions().get::<MatchedPath>();
    let declared = guard.table.find(path, request.method());
    let caller = identify(&guard.state, &request);
    let caller = caller.or_else(|stranger| local(&guard, declared, &request).ok_or(stranger));
    let known = caller.as_ref().ok().cloned();
    let mut response = match admit(&guard.state, declared, caller, request).await {
        Ok(request) => next.run(request).await,
        Err(response) => response,
    };
    if let Some(caller) = known {
        response.extensions_mut().insert(caller);
    }
    response
}

async fn admit(
    state: &ApiState,
    declared: Declared,
    caller: Result<Caller, Stranger>,
    mut request: Request,
) -> Result<Request, Response> {
    if let Err(wait) = pace(state, caller.as_ref().ok(), &request) {
        return Err(too_many(wait));
    }
    let caller = match (declared, caller) {
        (Declared::Route(Need::Everyone), Err(_)) => return Ok(request),
        (_, Err(stranger)) => return Err(turned_away(&stranger, &request)),
        (_, Ok(caller)) => caller,
    };
    match declared {
        Declared::Nothing => return Err(Problem::no_such_route().into_response()),
        Declared::Route(Need::AtLeast(role)) if caller.role < role => {
            return Err(forbidden(&caller, role).into_response());
        }
        Declared::Route(_) | Declared::OtherMethod => {}
    }
    let is_for_all = declared == Declared::Route(Need::Everyone);
    if !is_for_all && matches!(caller.via, Via::Session { .. }) && !is_safe(request.method()) {
        let checked = forgery::check(&caller, request).await;
        request = checked.map_err(IntoResponse::into_response)?;
    }
    request.extensions_mut().insert(caller);
    Ok(request)
}

/// Nobody that is known, and why.
enum Stranger {
    Unsaid,
    Refused(Refusal),
}

/// Whose token or cookie it is. A token counts before a cookie, and a wrong one is not made good by it.
fn identify(state: &ApiState, request: &Request) -> Result<Caller, Stranger> {
    let now = state.clock.now();
    let access = &state.access;
    if let Some(given) = bearer(request.headers()) {
        let token = access.tokens().find(given, now);
        let token = token.map_err(Stranger::Refused)?;
        return Ok(Caller {
            name: token.name.clone(),
            role: token.role,
            via: Via::Token,
        });
    }
    let is_secure = cookie::is_secure(request.headers(), access.secure_cookies());
    cookie::read(request.headers(), is_secure)
        .and_then(|id| access.sessions().find(id, now))
        .ok_or(Stranger::Unsaid)
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// Whoever reads on this machine, where that needs no token.
fn local(guard: &Guard, declared: Declared, request: &Request) -> Option<Caller> {
    let is_open = match declared {
        Declared::Route(need) => need == Need::AtLeast(Role::Viewer),
        Declared::OtherMethod | Declared::Nothing => true,
    };
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    (is_open && reads && guard.state.access.open_reads()).then(Caller::local)
}

/// A known caller has a pace of its own, whatever strangers at the same address do.
fn pace(
    state: &ApiState,
    caller: Option<&Caller>,
    request: &Request,
) -> Result<(), SignedDuration> {
    let now = state.clock.now();
    let access = &state.access;
    if let Some(caller) = caller {
        return access.callers().take(caller.name.clone(), now);
    }
    let place = address::place(request, access);
    access.strangers().take(place, now)
}

fn is_safe(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// A person at a browser is shown where to log in; a program is told what is missing.
fn turned_away(stranger: &Stranger, request: &Request) -> Response {
    if wants_page(request.headers()) {
        return login::elsewhere(request);
    }
    let detail = match stranger {
        Stranger::Unsaid => "send the server's token: Authorization: Bearer TOKEN".to_owned(),
        Stranger::Refused(Refusal::Unknown) => "this is not the server's token".to_owned(),
        Stranger::Refused(Refusal::Over { name }) => format!("the time of token {name} is over"),
    };
    let mut response =
        Problem::new(StatusCode::UNAUTHORIZED, "unauthorized", detail).into_response();
    response.headers_mut().insert(
        header::WWW_AUTHENTICATE,
        HeaderValue::from_static("Bearer realm=\"formhand\""),
    );
    response
}

/// Programs ask for anything or for JSON; only a browser that shows pages asks for HTML.
pub(crate) fn wants_page(headers: &HeaderMap) -> bool {
    let accepted = headers.get(header::ACCEPT);
    accepted.is_some_and(|kinds| {
        kinds
            .to_str()
            .is_ok_and(|kinds| kinds.contains("text/html"))
    })
}

fn forbidden(caller: &Caller, role: Role) -> Problem {
    let Caller {
        name, role: has, ..
    } = caller;
    let detail = format!("this needs the role {role}, and {name} has the role {has}");
    Problem::new(StatusCode::FORBIDDEN, "forbidden", detail)
}

fn too_many(wait: SignedDuration) -> Response {
    let detail = "asked too often; see the Retry-After header";
    let problem = Problem::new(StatusCode::TOO_MANY_REQUESTS, "too_many_requests", detail);
    let mut response = problem.into_response();
    response
        .headers_mut()
        .insert(header::RETRY_AFTER, seconds(wait).into());
    response
}

/// Whole seconds until it may be asked again.
pub(super) fn seconds(wait: SignedDuration) -> u64 {
    u64::try_from(wait.as_millis())
        .unwrap_or(0)
        .div_ceil(1000)
        .max(1)
}
