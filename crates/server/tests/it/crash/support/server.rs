//! A server that serves, and what a test waits for there.

use formhand_server::http::JobView;
use rustix::process::Signal;

use super::{Api, log::Log, patiently, process::Process};

/// A server that serves. It is killed when this is dropped.
pub(crate) struct Server {
    pub(crate) process: Process,
    pub(crate) api: Api,
}

impl Server {
    /// Waits until a process serves.
    pub(super) async fn of(mut process: Process, token: &'static str) -> Self {
        let Some(said) = process.serving().await else {
            panic!("the server did not start\n{}", process.log.tail());
        };
        let api = Api::new(said["address"].as_str().unwrap(), token);
        Self { process, api }
    }

    /// Hands a customer's record in and gives its job's id.
    pub(crate) async fn submit(&self, number: u32) -> String {
        match self.api.submit(number).await {
            Some(job) => job.id.to_string(),
            None => panic!("the server did not answer\n{}", self.log().tail()),
        }
    }

    /// Waits until this has happened to a job.
    pub(crate) async fn when(&self, job: &str, event: &str) {
        let happened = async {
            let mut events = self.api.events().await?;
            loop {
                let next = events.next().await?;
                if next.job == job && next.event == event {
                    return Some(());
                }
            }
        };
        let what = format!("{event:?} of job {job}");
        let happened = patiently(&what, || self.log().tail(), happened).await;
        assert!(
            happened.is_some(),
            "the server is gone before {what}\n{}",
            self.log().tail()
        );
    }

    /// Waits until nothing moves a job any more by itself.
    pub(crate) async fn end_of(&self, job: &str) -> JobView {
        let settled = async {
            let mut events = self.api.events().await?;
            loop {
                let view = self.api.job(job).await?;
                if view.is_settled() {
                    return Some(view);
                }
                // Only what happens to this job is a reason to look again.
                while events.next().await?.job != job {}
            }
        };
        let what = format!("the end of job {job}");
        let settled = patiently(&what, || self.log().tail(), settled).await;
        settled.unwrap_or_else(|| panic!("the server is gone before {what}\n{}", self.log().tail()))
    }

    /// Waits until its event stream ends, as it does when it begins to stop.
    pub(crate) async fn stopping(&self) {
        let closed = async {
            if let Some(mut events) = self.api.events().await {
                while events.next().await.is_some() {}
            }
        };
        patiently("the server to stop serving", || self.log().tail(), closed).await;
    }

    /// Stops it as an operator does, and gives its exit code.
    pub(crate) async fn stop(self) -> Option<i32> {
        self.process.signal(Signal::TERM);
        self.process.ended().await
    }

    pub(crate) async fn kill(self) {
        self.process.kill().await;
    }

    pub(crate) fn log(&self) -> &Log {
        &self.process.log
    }
}
