//! What can be kept of a page while it is there.

use std::future::Future;
use std::time::Duration;

use formhand_browser::{Context, Page, Sensitive};
use formhand_domain::Job;
use formhand_portal::{Flow, Portal};

use super::super::Shop;
use crate::{flow::Trace, submit::FailureWords, takeover::Typed};

/// A page that does not answer within this is not worth holding the account's place for.
const LIMIT: Duration = Duration::from_secs(3);

/// A page that is still there, and whose it is.
pub(in crate::queue) struct Seen<'a> {
    pub(in crate::queue) shop: &'a Shop,
    pub(in crate::queue) job: &'a Job,
    pub(in crate::queue) flow: &'a Flow,
    pub(in crate::queue) page: &'a Page,
    /// What people typed in it.
    pub(in crate::queue) typed: &'a Typed,
}

impl Seen<'_> {
    /// Keeps all that can be kept and says where. The picture is called `what`.
    pub(in crate::queue) async fn keep_all(
        &self,
        what: &'static str,
        log: &str,
        context: &Context,
        trace: &Trace,
    ) -> Vec<String> {
        let mut kept = Vec::new();
        kept.extend(self.keep_picture(what).await);
        kept.extend(self.keep_page().await);
        kept.extend(self.keep_log(log).await);
        kept.extend(self.keep_journal(context).await);
        kept.extend(super::timeline::keep(self.shop, self.job, trace).await);
        kept
    }

    /// What must not be seen.
    pub(super) fn sensitive(&self) -> Sensitive {
        self.typed.beside(&sensitive(self.flow, self.job))
    }

    /// What a page gives, unless it hangs or fails.
    pub(super) async fn asked<T, E: std::fmt::Display>(
        &self,
        what: &'static str,
        asking: impl Future<Output = Result<T, E>>,
    ) -> Option<T> {
        match tokio::time::timeout(LIMIT, asking).await {
            Ok(Ok(given)) => Some(given),
            Ok(Err(error)) => {
                tracing::warn!(job = %self.job.id, what, %error, "was not taken");
                None
            }
            Err(_) => {
                tracing::warn!(job = %self.job.id, what, "was not taken in time");
                None
            }
        }
    }
}

/// What must not be seen of a job's record.
pub(in crate::queue) fn sensitive(flow: &Flow, job: &Job) -> Sensitive {
    Sensitive {
        values: flow.record.sensitive(&job.record),
    }
}

/// What a failure may say of a job.
pub(in crate::queue) fn failure_words(portal: &Portal, flow: &Flow, job: &Job) -> FailureWords {
    FailureWords {
        sensitive: sensitive(flow, job),
        phrases: portal.messages.phrases(),
    }
}

/// Where something is kept, or nothing and a line in the log.
pub(super) fn noted<T>(
    job: &Job,
    what: &'static str,
    kept: Result<T, formhand_evidence::EvidenceError>,
) -> Option<T> {
    kept.inspect_err(|error| tracing::warn!(job = %job.id, what, %error, "was not kept"))
        .ok()
}
