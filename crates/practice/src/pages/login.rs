//! `/Login/IMDLogin`: user name, password, captcha.

use axum::Extension;
use axum::extract::State;
use axum::response::{IntoResponse, Response};

use super::otp;
use super::token::hand_over;
use crate::faults::{FaultName, Moment, Step};
use crate::html::{bare, fill};
use crate::http::{Visit, redirect, set_cookie};
use crate::ledger::{Event, LoginOutcome};
use crate::options::{LoginCarrier, UserState};
use crate::session::session_cookie;
use crate::world::{Shared, World};

const PAGE: &str = include_str!("../../assets/pages/login.html");
const CAPTCHA: &str = include_str!("../../assets/pages/login-captcha.html");

pub(crate) async fn root() -> Response {
    redirect("/Login/IMDLogin")
}

/// Someone with a live session has no business here. Where more than the cookie carries the login, the cookie alone says
/// nothing about that.
pub(crate) async fn show(
    State(world): State<Shared>,
    Extension(visit): Extension<Visit>,
) -> Response {
    let is_known = world.options.login_carried_by == LoginCarrier::Cookie;
    match visit.user.as_ref().filter(|_| is_known) {
        Some(user) => redirect(&format!("/Home/Home?un={}", world.token(user))),
        None => form(&world, &visit, ""),
    }
}

pub(crate) async fn submit(
    State(world): State<Shared>,
    Extension(visit): Extension<Visit>,
) -> Response {
    world.pause(300).await;
    let name = visit.form.get("UserName").to_owned();
    let outcome = judge(&world, &visit);
    if outcome == LoginOutcome::Accepted {
        return accept(&world, &visit, &name);
    }
    refuse(&world, &visit, &name, outcome)
}

/// Writes down that a login is not accepted, or not yet, and shows what comes then.
pub(crate) fn refuse(world: &World, visit: &Visit, name: &str, outcome: LoginOutcome) -> Response {
    let tried = name.to_owned();
    visit.log(
        world,
        Event::Login {
            name: tried,
            outcome,
        },
    );
    match outcome {
        LoginOutcome::OtpDemanded => otp::demand(world, visit, name),
        other => form(world, visit, words(other)),
    }
}

/// What the portal says; each cause has words of its own.
fn words(outcome: LoginOutcome) -> &'static str {
    match outcome {
        LoginOutcome::WrongCaptcha => "Captcha is not valid",
        LoginOutcome::WrongPassword => "Invalid user name or password",
        LoginOutcome::Locked => "User is locked. Please contact administrator",
        LoginOutcome::PasswordExpired => "Password has expired. Please change password",
        LoginOutcome::WrongOtp => "Invalid OTP",
        LoginOutcome::Accepted | LoginOutcome::OtpDemanded | LoginOutcome::Silent => "",
    }
}

fn judge(world: &World, visit: &Visit) -> LoginOutcome {
    let moment = visit.moment();
    let (name, password) = (visit.form.get("UserName"), visit.form.get("Password"));
    let fires = |fault| world.take(fault, &moment).is_some();
    if fires(FaultName::CaptchaRejected) || !captcha_is_right(world, visit) {
        return LoginOutcome::WrongCaptcha;
    }
    if fires(FaultName::LoginSilent) {
        return LoginOutcome::Silent;
    }
    let user = world.user(name);
    let state = user.map(|user| user.state).unwrap_or_default();
    if state == UserState::Locked
        || fires(FaultName::UserLocked)
        || world.lock().locked.contains(name)
    {
        return LoginOutcome::Locked;
    }
    if user.is_none_or(|user| user.password != password) {
        count_wrong_password(world, name);
        return LoginOutcome::WrongPassword;
    }
    world.lock().wrong_passwords.remove(name);
    if state == UserState::PasswordExpired || fires(FaultName::PasswordExpired) {
        return LoginOutcome::PasswordExpired;
    }
    if state == UserState::Otp || fires(FaultName::OtpDemanded) {
        return LoginOutcome::OtpDemanded;
    }
    LoginOutcome::Accepted
}

fn captcha_is_right(world: &World, visit: &Visit) -> bool {
    let (id, text) = (
        visit.form.get("CaptchaDeText"),
        visit.form.get("CaptchaInputText"),
    );
    !world.options.captcha || world.lock().captchas.answer(id, text)
}

fn count_wrong_password(world: &World, name: &str) {
    let mut inner = world.lock();
    let count = inner.wrong_passwords.entry(name.to_owned()).or_insert(0);
    *count += 1;
    if *count == world.options.lock_after {
        inner.locked.insert(name.to_owned());
    }
}

/// Starts a session, which writes down the login, and leads to the dashboard.
pub(crate) fn accept(world: &World, visit: &Visit, name: &str) -> Response {
    let moment = Moment {
        user: Some(name.to_owned()),
        ..Moment::default()
    };
    let single =
        world.options.single_session || world.take(FaultName::SingleSession, &moment).is_some();
    let session = world.start_session(visit.device.clone(), name, single);
    let home = format!("/Home/Home?un={}&FromImdLogin=fromlogin", world.token(name));
    let mut response = match &session.token {
        None => redirect(&home),
        Some(token) => hand_over(world, token, &home).into_response(),
    };
    let cookie = session_cookie(&session.id, world.options.persistent_cookie);
    set_cookie(&mut response, &cookie);
    response
}

/// The login form with a fresh captcha and, perhaps, a message.
pub(crate) fn form(world: &World, visit: &Visit, message: &str) -> Response {
    let captcha = if world.options.captcha {
        captcha_part(world)
    } else {
        String::new()
    };
    let span = fill(
        r#"<span class="field-validation-error" role="alert">{{text}}</span>"#,
        &[("text", message)],
    );
    let message = if message.is_empty() {
        String::new()
    } else {
        span
    };
    let name = visit.form.get("UserName");
    let page = fill(
        PAGE,
        &[("name", name), ("captcha", &captcha), ("message", &message)],
    );
    bare(world, visit, Step::Login, &page).into_response()
}

fn captcha_part(world: &World) -> String {
    let mut inner = world.lock();
    let inner = &mut *inner;
    let id = inner.captchas.open(&mut inner.rng);
    fill(CAPTCHA, &[("id", &id)])
}
