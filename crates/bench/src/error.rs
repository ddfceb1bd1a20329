//! Why there is no measurement.

use formhand_browser::{LaunchError, cdp::CallError};
use formhand_domain::ids::InvalidId;
use formhand_engine::{EngineError, IntakeError};
use formhand_store::StoreError;

/// Something went wrong.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("the practice portal did not start: {0}")]
    Portal(String),
    #[error("Formhand did not start: {0}")]
    Engine(#[from] EngineError),
    #[error("the store failed: {0}")]
    Store(#[from] StoreError),
    #[error("a record was not taken in: {0}")]
    Intake(#[from] IntakeError),
    #[error("{0}")]
    Id(#[from] InvalidId),
    #[error("no browser: {0}")]
    Launch(#[from] LaunchError),
    #[error("the script written by hand failed in {script}: {detail}")]
    Script {
        script: &'static str,
        detail: String,
    },
    #[error("the script written by hand failed: {0}")]
    Call(#[from] CallError),
    #[error("Formhand did not file {chassis}: {detail}")]
    NotFiled { chassis: String, detail: String },
    #[error("{chassis} was filed {times} times by {by}")]
    Filed {
        chassis: String,
        times: usize,
        by: &'static str,
    },
    #[error("the engine did not tell of {0}: was a step of the definition renamed?")]
    NoMark(&'static str),
    #[error("cannot read or write: {0}")]
    System(#[from] std::io::Error),
    #[error("cannot write the report: {0}")]
    Json(#[from] serde_json::Error),
    #[error("a part of the benchmark ended badly: {0}")]
    Task(#[from] tokio::task::JoinError),
}
