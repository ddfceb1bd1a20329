//! Keeps the proof of a failed attempt: a masked picture of its page, and what was tried.

use std::time::Duration;

use formhand_browser::{Page, Sensitive};
use formhand_domain::Job;
use formhand_evidence::Area;
use formhand_portal::Flow;

use super::Shop;

/// A page that cannot be pictured within this is not worth holding the account's place for.
const LIMIT: Duration = Duration::from_secs(3);

/// Keeps what can be kept and says where. It never changes what becomes of the job.
pub(super) async fn keep(
    shop: &Shop,
    job: &Job,
    flow: &Flow,
    page: &Page,
    log: &str,
) -> Vec<String> {
    let mut kept = Vec::new();
    if let Some(path) = picture(shop, job, flow, page).await {
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

async fn picture(shop: &Shop, job: &Job, flow: &Flow, page: &Page) -> Option<String> {
    let sensitive = Sensitive {
        values: flow.record.sensitive(&job.record),
    };
    let picture = match tokio::time::timeout(LIMIT, page.screenshot(&sensitive)).await {
        Ok(Ok(picture)) => picture,
        Ok(Err(error)) => {
            tracing::warn!(job = %job.id, %error, "no picture of a failed attempt");
            return None;
        }
        Err(_) => {
            tracing::warn!(job = %job.id, "no picture of a failed attempt in time");
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
        .keep_picture(job.id, job.attempts, "failure", picture.png, areas)
        .await
    {
        Ok(path) => Some(path),
        Err(error) => {
            tracing::warn!(job = %job.id, %error, "a picture was not kept");
            None
        }
    }
}
