//! What a server is told of alerts at its start.

use super::{AlertTiming, ChannelSetup, Rules};

/// All that alerts need, secrets included.
#[derive(Debug, Clone)]
pub struct AlertSetup {
    /// What this installation is called in messages.
    pub name: String,
    /// What is watched.
    pub rules: Rules,
    /// When what is sent.
    pub timing: AlertTiming,
    /// Where it goes.
    pub channels: Vec<ChannelSetup>,
}

impl Default for AlertSetup {
    fn default() -> Self {
        Self {
            name: "Formhand".to_owned(),
            rules: Rules::default(),
            timing: AlertTiming::default(),
            channels: Vec::new(),
        }
    }
}
