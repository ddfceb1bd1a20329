//! Pages from templates: `{{name}}` is filled escaped, `{{&name}}` as it is.

use axum::response::Html;
use rand::RngExt;
use serde_json::{Value, json};

use crate::faults::{Moment, Step};
use crate::http::Visit;
use crate::master::STATES;
use crate::options::LoginCarrier;
use crate::world::World;

const LAYOUT: &str = include_str!("../assets/pages/layout.html");
const BARE: &str = include_str!("../assets/pages/bare.html");

/// Text made safe for element content and quoted attributes.
pub(crate) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

/// Fills a template. A name that is not given stays empty.
pub(crate) fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((name, tail)) = after.split_once("}}") else {
            break;
        };
        filled.push_str(before);
        let (raw, name) = match name.strip_prefix('&') {
            Some(name) => (true, name),
            None => (false, name),
        };
        let value = values
            .iter()
            .find(|(known, _)| *known == name)
            .map_or("", |(_, value)| value);
        filled.push_str(&if raw { value.to_owned() } else { escape(value) });
        rest = tail;
    }
    filled.push_str(rest);
    filled
}

/// JSON that may stand inside a script element.
pub(crate) fn script_json(value: &Value) -> String {
    value.to_string().replace('<', "\\u003c")
}

/// The element that hands faults to the page's script.
pub(crate) fn behaviour_script(list: &[Value]) -> String {
    if list.is_empty() {
        return String::new();
    }
    let json = script_json(&Value::from(list.to_vec()));
    format!("<script type=\"application/json\" class=\"practice-behaviours\">{json}</script>")
}

/// The states as options of a list.
pub(crate) fn state_options() -> String {
    let option =
        |(id, name): &(u16, &str)| format!("<option value=\"{id}\">{}</option>", escape(name));
    STATES.iter().map(option).collect()
}

/// A page of a logged-in user with menu and message box.
pub(crate) fn page(world: &World, visit: &Visit, step: Step, content: &str) -> Html<String> {
    let user = visit.user.as_deref().unwrap_or_default();
    let check = check(world, visit, step);
    let href = |base: &str, name: &str, of: &str| format!("{base}?{name}={}", world.token(of));
    let product = "/Motor/PartialQuoteProducTypes";
    Html(fill(
        LAYOUT,
        &[
            ("user", user),
            ("hidden", hidden(world, &check)),
            ("config", &config(world, &check)),
            ("behaviours", &behaviours(world, visit, step)),
            (
                "two_wheeler",
                &href(product, "baseProductCode", "two-wheeler"),
            ),
            (
                "private_car",
                &href(product, "baseProductCode", "private-car"),
            ),
            (
                "pending_quotes",
                &href("/Payment/Payments", "pageName", "pending-quotes"),
            ),
            (
                "cd_replenishment",
                &href("/Payment/Payments", "pageName", "cd-replenishment"),
            ),
            ("home", &href("/Home/Home", "un", user)),
            ("locked", if world.may_pay(user) { "" } else { "true" }),
            ("content", content),
        ],
    ))
}

/// A page without menu: the login and frames.
pub(crate) fn bare(world: &World, visit: &Visit, step: Step, content: &str) -> Html<String> {
    let check = check(world, visit, step);
    Html(fill(
        BARE,
        &[
            ("hidden", hidden(world, &check)),
            ("config", &config(world, &check)),
            ("behaviours", &behaviours(world, visit, step)),
            ("content", content),
        ],
    ))
}

/// A page that only passes by: nothing goes wrong on it.
pub(crate) fn passing(world: &World, content: &str) -> Html<String> {
    let config = config(world, &Value::Null);
    Html(fill(BARE, &[("config", &config), ("content", content)]))
}

/// What the page's script must show before it may call, where more than the cookie carries the login.
fn check(world: &World, visit: &Visit, step: Step) -> Value {
    let carrier = world.options.login_carried_by;
    // The login page is for those who are not known.
    if carrier == LoginCarrier::Cookie || visit.user.is_none() || step == Step::Login {
        return Value::Null;
    }
    let page: u64 = world.lock().rng.random();
    json!({
        "carrier": carrier,
        "delay_ms": world.options.login_check_delay_ms,
        "page": format!("{page:016x}"),
    })
}

/// The attribute that keeps a page out of sight until its check has passed.
fn hidden(world: &World, check: &Value) -> &'static str {
    if check.is_null() || world.options.login_check_delay_ms > 0 {
        ""
    } else {
        "hidden"
    }
}

fn behaviours(world: &World, visit: &Visit, step: Step) -> String {
    let moment: Moment = visit.moment();
    behaviour_script(&world.behaviours(step, &moment))
}

fn config(world: &World, check: &Value) -> String {
    script_json(&json!({
        "delays": world.options.delays,
        "trustedOnly": world.options.trusted_events_only,
        "today": world.today().strftime("%d-%m-%Y").to_string(),
        "check": check,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_filled_in_cannot_break_out() {
        let filled = fill(
            "<b title=\"{{a}}\">{{&b}}</b>{{c}}",
            &[("a", "\"><script>"), ("b", "<i>")],
        );
        assert_eq!(filled, "<b title=\"&quot;&gt;&lt;script&gt;\"><i></b>");
    }
}
