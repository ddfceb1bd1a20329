//! The receipt bundle of a filed job.

use formhand_domain::{Job, Receipt, hex};
use formhand_portal::{Flow, Portal};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::{super::Shop, seen::noted, timeline};
use crate::flow::{ReadBack, Trace};

/// A job that is filed, and the attempt that filed it.
pub(in crate::queue) struct Filing<'a> {
    pub(in crate::queue) shop: &'a Shop,
    pub(in crate::queue) job: &'a Job,
    pub(in crate::queue) portal: &'a Portal,
    pub(in crate::queue) flow: &'a Flow,
    pub(in crate::queue) trace: &'a Trace,
    pub(in crate::queue) receipt: Receipt,
}

/// Keeps the course of the steps and the receipt bundle over all that is kept of the job.
pub(in crate::queue) async fn keep_receipt(filing: Filing<'_>) {
    let Filing { shop, job, .. } = filing;
    timeline::keep(shop, job, filing.trace).await;
    let statement = statement(&filing, &rand::random());
    let kept = shop
        .evidence
        .keep_receipt(job.id, job.attempts, statement)
        .await;
    noted(job, "a receipt", kept);
}

fn statement(filing: &Filing<'_>, salt: &[u8; 16]) -> Value {
    let Filing {
        shop,
        job,
        portal,
        flow,
        trace,
        receipt,
    } = filing;
    let read_back = trace.read_back();
    let public = flow.record.public(&job.record);
    let fields: Vec<Value> = read_back
        .iter()
        .map(|field| match field {
            field if !field.secret && public.contains(&field.found) => {
                json!({"field": field.label, "value": field.found})
            }
            field => json!({"field": field.label, "masked": true}),
        })
        .collect();
    json!({
        "job": job.id,
        "portal": job.portal,
        "flow": job.flow,
        "account": job.account,
        "definition": portal.version,
        "attempt": job.attempts,
        "fencingToken": job.fence,
        "server": shop.node,
        "createdAt": job.created_at,
        "attemptBeganAt": trace.began_at(),
        "writtenAt": shop.clock.now(),
        "receipt": receipt.0,
        "readBack": {
            "fields": fields,
            "salt": hex(salt),
            "sha256": digest(&read_back, salt),
        },
    })
}

/// One hash over all values together: that of a single one could be found by trying all telephone numbers. Whoever has
/// the record can show by it that this is what was filed.
fn digest(read_back: &[ReadBack], salt: &[u8]) -> String {
    let mut hash = Sha256::new();
    hash.update(salt);
    for field in read_back {
        for text in [&field.label, &field.found] {
            hash.update((text.len() as u64).to_le_bytes());
            hash.update(text.as_bytes());
        }
    }
    hex(&hash.finalize())
}
