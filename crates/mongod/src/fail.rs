//! Commands that fail on purpose: MongoDB's fail point `failCommand`.

use std::time::Duration;

use mongodb::bson::{Document, doc};

/// Which commands fail, when and how.
///
/// Do not let `hello` fail without an [`app_name`](Self::app_name): every driver says it first, so nothing could be told to
/// the server any more, not even to heal.
#[derive(Debug, Clone, PartialEq)]
pub struct FailCommand {
    /// Their names, like `insert` or `commitTransaction`.
    pub commands: Vec<String>,
    /// Which of them.
    pub mode: FailMode,
    /// How they fail. Without it they are only [late](Self::late_by).
    pub failure: Option<Failure>,
    /// How long the server waits before it carries the command out, or lets it fail.
    pub late_by: Option<Duration>,
    /// Only those of clients that have this `appName`.
    pub app_name: Option<String>,
    /// Only those that concern this collection, as `database.collection`.
    pub namespace: Option<String>,
}

/// Which of the commands fail.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum FailMode {
    /// All, until it is [healed](crate::ReplicaSet::heal).
    Always,
    /// The next ones, so many.
    Times(i32),
    /// All after so many that succeed.
    AfterFirst(i32),
    /// Each with this probability, 0 to 1.
    Randomly(f64),
}

/// How a command fails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// It is not carried out, and the connection is closed.
    CloseConnection,
    /// It is not carried out, and answered with an error.
    ///
    /// If the error tells of a server that ends or is no primary any more, like 91 and 10107, drivers use the server only
    /// when they hear of it again. Here that is as late as their heartbeat: 10 s, unless the URL says otherwise.
    Error {
        /// The error's code, like 112 for a write conflict.
        code: i32,
        /// Labels like `RetryableWriteError`. None: the server gives those that belong to the code.
        labels: Vec<String>,
    },
    /// It *is* carried out, and answered with the error that it may not last.
    WriteConcernError {
        /// The error's code, like 64 for a write concern that was not reached in time.
        code: i32,
        /// Labels like `RetryableWriteError`. None: the server gives those that belong to the code.
        labels: Vec<String>,
    },
}

/// A fail point that is set. It can be waited for: see [`until_failed`](crate::ReplicaSet::until_failed).
#[derive(Debug, Clone, Copy)]
pub struct Failing {
    /// How many commands have met another one before. The server counts until it ends.
    met_before: i64,
}

impl Failing {
    /// By the answer to the command that set it.
    pub(crate) fn since(answer: &Document) -> Self {
        // As narrow as the number allows.
        let narrow = || answer.get_i32("count").map(i64::from);
        let met_before = answer.get_i64("count").or_else(|_| narrow());
        Self {
            met_before: met_before.unwrap_or(0),
        }
    }

    /// The command that is answered when so many more have met it.
    pub(crate) fn wait_for(self, times: i64) -> Document {
        let times = self.met_before.saturating_add(times);
        doc! { "waitForFailPoint": "failCommand", "timesEntered": times, "maxTimeMS": i32::MAX }
    }
}

impl FailCommand {
    /// These commands fail like this.
    pub fn new<'a>(
        commands: impl IntoIterator<Item = &'a str>,
        mode: FailMode,
        failure: Failure,
    ) -> Self {
        Self {
            commands: commands.into_iter().map(str::to_owned).collect(),
            mode,
            failure: Some(failure),
            late_by: None,
            app_name: None,
            namespace: None,
        }
    }

    /// These commands are carried out, but late.
    pub fn late<'a>(
        commands: impl IntoIterator<Item = &'a str>,
        mode: FailMode,
        late_by: Duration,
    ) -> Self {
        Self {
            commands: commands.into_iter().map(str::to_owned).collect(),
            mode,
            failure: None,
            late_by: Some(late_by),
            app_name: None,
            namespace: None,
        }
    }

    /// The same, only for clients that have this `appName`.
    #[must_use]
    pub fn only_of(self, app_name: &str) -> Self {
        Self {
            app_name: Some(app_name.to_owned()),
            ..self
        }
    }

    /// The same, only where this collection is concerned, as `database.collection`.
    #[must_use]
    pub fn only_on(self, namespace: &str) -> Self {
        Self {
            namespace: Some(namespace.to_owned()),
            ..self
        }
    }

    /// The command that sets the fail point.
    pub(crate) fn command(&self) -> Document {
        let mut data = doc! { "failCommands": &self.commands };
        match &self.failure {
            None => {}
            Some(Failure::CloseConnection) => {
                data.insert("closeConnection", true);
            }
            Some(Failure::Error { code, labels }) => {
                data.insert("errorCode", *code);
                add_labels(&mut data, labels);
            }
            Some(Failure::WriteConcernError { code, labels }) => {
                let error = doc! { "code": *code, "errmsg": "failed on purpose" };
                data.insert("writeConcernError", error);
                add_labels(&mut data, labels);
            }
        }
        if let Some(late_by) = self.late_by {
            let late_by_ms = i64::try_from(late_by.as_millis()).unwrap_or(i64::MAX);
            data.insert("blockConnection", true);
            data.insert("blockTimeMS", late_by_ms);
        }
        if let Some(app_name) = &self.app_name {
            data.insert("appName", app_name);
        }
        if let Some(namespace) = &self.namespace {
            data.insert("namespace", namespace);
        }
        let mut command = configure();
        match self.mode {
            FailMode::Always => command.insert("mode", "alwaysOn"),
            FailMode::Times(times) => command.insert("mode", doc! { "times": times }),
            FailMode::AfterFirst(count) => command.insert("mode", doc! { "skip": count }),
            FailMode::Randomly(probability) => {
                command.insert("mode", doc! { "activationProbability": probability })
            }
        };
        command.insert("data", data);
        command
    }
}

/// The command that ends the fail point.
pub(crate) fn heal() -> Document {
    let mut command = configure();
    command.insert("mode", "off");
    command
}

fn configure() -> Document {
    doc! { "configureFailPoint": "failCommand" }
}

fn add_labels(data: &mut Document, labels: &[String]) {
    // An empty list would take away the labels that the server gives by itself.
    if !labels.is_empty() {
        data.insert("errorLabels", labels);
    }
}
