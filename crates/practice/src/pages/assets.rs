//! Styles and scripts, embedded in the program.

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

const STYLE: &str = concat!(
    include_str!("../../assets/css/portal.css"),
    include_str!("../../assets/css/widgets.css"),
);

const PORTAL: &str = concat!(
    include_str!("../../assets/js/core.js"),
    include_str!("../../assets/js/ajax.js"),
    include_str!("../../assets/js/carrier.js"),
    include_str!("../../assets/js/messages.js"),
    include_str!("../../assets/js/dropdown.js"),
    include_str!("../../assets/js/autocomplete.js"),
    include_str!("../../assets/js/datepicker.js"),
    include_str!("../../assets/js/panels.js"),
    include_str!("../../assets/js/windows.js"),
    include_str!("../../assets/js/behaviours.js"),
);

const PROPOSAL: &str = concat!(
    include_str!("../../assets/js/proposal/customer.js"),
    include_str!("../../assets/js/proposal/vehicle.js"),
    include_str!("../../assets/js/proposal/coverage.js"),
    include_str!("../../assets/js/proposal/other.js"),
    include_str!("../../assets/js/proposal/save.js"),
);

pub(crate) async fn show(Path(name): Path<String>) -> Response {
    let (kind, text) = match name.as_str() {
        "portal.css" => ("text/css", STYLE),
        "portal.js" => ("text/javascript", PORTAL),
        "menu.js" => ("text/javascript", include_str!("../../assets/js/menu.js")),
        "home.js" => ("text/javascript", include_str!("../../assets/js/home.js")),
        "product.js" => (
            "text/javascript",
            include_str!("../../assets/js/product.js"),
        ),
        "proposal.js" => ("text/javascript", PROPOSAL),
        "form60.js" => ("text/javascript", include_str!("../../assets/js/form60.js")),
        "search.js" => ("text/javascript", include_str!("../../assets/js/search.js")),
        "payments.js" => (
            "text/javascript",
            include_str!("../../assets/js/payments.js"),
        ),
        "token.js" => ("text/javascript", include_str!("../../assets/js/token.js")),
        "kyc.js" => ("text/javascript", include_str!("../../assets/js/kyc.js")),
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    let headers = [(header::CONTENT_TYPE, format!("{kind}; charset=utf-8"))];
    (headers, text).into_response()
}

/// There is none, and a browser should not be told off for asking.
pub(crate) async fn icon() -> StatusCode {
    StatusCode::NO_CONTENT
}
