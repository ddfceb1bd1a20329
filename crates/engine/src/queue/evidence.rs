//! Keeps the proof of what an attempt or a search has seen: a masked picture of its page, and what was tried.

use std::time::Duration;

use formhand_browser::{Page, Sensitive};
use formhand_domain::Job;
use formhand_evidence::Area;
use formhand_portal::Flow;

use super::Shop;

/// A page that cannot be pictured within this is not worth holding the account's place for.
const LIMIT: Duration = Duration::from_secs(3);

/// Keeps what can be kept and says where. The picture is called `what`. It never changes what becomes of the job.
pub(super) async fn keep(
    shop: &Shop,
    job: &Job,
    flow: &Flow,
    page: &Page,
    what: &'static str,
    log: &str,
) -> Vec<String> {
    let mut kept = Vec::new();
    if let Some(path) = picture(shop, job, flow, page, what).await {
        kept.push(path);
    }
    if !log.is_empty() {
        match shop
            .evidence
            .keep_text(job.id, job.attempts, "call-log", log)
            .await
        {
            Ok(path) => kept.push(path),
            Err(error) => tracing::warn!(job = %job.id, %error, "a call log was not kept"),
        }
    }
    kept
}

async fn picture(
    shop: &Shop,
    job: &Job,
    flow: &Flow,
    page: &Page,
    what: &'static str,
) -> Option<String> {
    let sensitive = Sensitive {
        values: flow.record.sensitive(&job.record),
    };
    let picture = match tokio::time::timeout(LIMIT, page.screenshot(&sensitive)).await {
        Ok(Ok(picture)) => picture,
        Ok(Err(error)) => {
            tracing::warn!(job = %job.id, %error, "no picture was taken");
            return None;
        }
        Err(_) => {
            tracing::warn!(job = %job.id, "no picture was taken in time");
            return None;
        }
    };
    let areas = picture
        .masks
        .iter()
        .map(|mask| Area {
            x: mask.x,
            y: mask.y,
            width: mask.width,
            height: mask.height,
        })
        .collect();
    match shop
        .evidence
        .keep_picture(job.id, job.attempts, what, picture.png, areas)
        .await
    {
        Ok(path) => Some(path),
        Err(error) => {
            tracing::warn!(job = %job.id, %error, "a picture was not kept");
            None
        }
    }
}
