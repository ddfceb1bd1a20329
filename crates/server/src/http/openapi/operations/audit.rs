//! The audit.

use super::{
    super::{
        super::{audit_head::HeadView, list_audit::LinksView},
        operation::Operation,
        parameter::query,
    },
    example,
};

pub(super) fn operations() -> Vec<Operation> {
    let limits = serde_json::json!({"minimum": 1, "maximum": 1000, "default": 100});
    vec![
        Operation::get("/api/audit", "listAudit", "Read the audit with what proves it")
            .text("Oldest first: every change of every job, and what people did beside. docs/AUDIT.md says how it is proved.")
            .with(query::<u64>("after", "Only entries after this number."))
            .with(query::<u32>("limit", "How many a page has at most.").more(limits))
            .gives::<LinksView>("A page.", example!("audit.json")),
        Operation::get("/api/audit/head", "showAuditHead", "How far the audit is")
            .text("And what its last proof came to. Keep the head elsewhere: that the end was cut off is found by nothing else.")
            .gives::<HeadView>("The head.", example!("audit-head.json")),
        Operation::post("/api/audit/verify", "verifyAudit", "Prove the audit")
            .text("Goes through all of it, beside the work. The head has the verdict once it is over.")
            .answers(202, "It has begun.", Vec::new())
            .refuses(409, &["proof_under_way"]),
    ]
}
