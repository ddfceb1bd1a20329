//! The files that pages need. They are part of the program; nothing is fetched from elsewhere.

use std::sync::LazyLock;

use axum::{
    extract::Path,
    http::header,
    response::{IntoResponse, Response},
};
use formhand_domain::hex;
use sha2::{Digest as _, Sha256};

use crate::http::Problem;

/// A file.
struct Asset {
    name: &'static str,
    kind: &'static str,
    content: &'static str,
}

const ASSETS: [Asset; 4] = [
    Asset {
        name: "dashboard.css",
        kind: "text/css; charset=utf-8",
        content: include_str!("dashboard.css"),
    },
    Asset {
        name: "dashboard.js",
        kind: "text/javascript; charset=utf-8",
        content: include_str!("dashboard.js"),
    },
    Asset {
        name: "take-over.js",
        kind: "text/javascript; charset=utf-8",
        content: include_str!("take-over.js"),
    },
    Asset {
        name: "icon.svg",
        kind: "image/svg+xml",
        content: include_str!("icon.svg"),
    },
];

/// A new program has new addresses, so that a browser may keep a file as long as it likes.
static VERSION: LazyLock<String> = LazyLock::new(|| {
    let mut all = Sha256::new();
    for asset in &ASSETS {
        all.update(asset.content);
    }
    hex(&all.finalize()[..6])
});

/// Where a file is.
pub(super) fn address(name: &str) -> String {
    format!("/assets/{name}?{}", *VERSION)
}

/// `GET /assets/{name}`
pub(super) async fn show(Path(name): Path<String>) -> Result<Response, Problem> {
    let asset = ASSETS
        .iter()
        .find(|asset| asset.name == name)
        .ok_or_else(|| Problem::not_found("asset", "there is no such file"))?;
    let headers = [
        (header::CONTENT_TYPE, asset.kind),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    Ok((headers, asset.content).into_response())
}
