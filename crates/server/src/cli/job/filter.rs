//! Which jobs a command is about, as the list knows them.

use clap::Args;
use formhand_domain::Status;
use jiff::Timestamp;

/// What jobs have to be like.
#[derive(Args, Default)]
pub(super) struct FilterArgs {
    /// Only jobs of this status; may be given several times.
    #[arg(long = "status", value_name = "STATUS", value_parser = status)]
    statuses: Vec<Status>,
    /// Only jobs of this portal.
    #[arg(long)]
    portal: Option<String>,
    /// Only jobs that are filed under an account of this name.
    #[arg(long)]
    account: Option<String>,
    /// Only jobs of a flow of this name.
    #[arg(long)]
    flow: Option<String>,
    /// Only jobs that were handed in at this time or later, such as 2026-01-05T09:00:00Z.
    #[arg(long, value_name = "TIME")]
    from: Option<Timestamp>,
    /// Only jobs that were handed in before this time.
    #[arg(long, value_name = "TIME")]
    until: Option<Timestamp>,
    /// Only jobs that were handed in with this captchaId.
    #[arg(long, value_name = "ID")]
    captcha_id: Option<String>,
    /// Only jobs of this business key.
    #[arg(long, value_name = "KEY")]
    business_key: Option<String>,
    /// Only jobs with all these words, or beginnings of words (whole words if the store is sealed), in their label, captchaId, business key or receipt.
    #[arg(short = 'q', long = "search", value_name = "WORDS")]
    search: Option<String>,
}

fn status(text: &str) -> Result<Status, String> {
    text.parse::<Status>().map_err(|error| error.to_string())
}

impl FilterArgs {
    /// The parameters that ask for these jobs.
    pub(super) fn query(&self) -> Vec<(&'static str, String)> {
        let statuses = self.statuses.iter();
        let mut query: Vec<(&str, String)> = statuses
            .map(|status| ("status", status.to_string()))
            .collect();
        let rest = [
            ("portal", self.portal.clone()),
            ("account", self.account.clone()),
            ("flow", self.flow.clone()),
            ("from", self.from.map(|time| time.to_string())),
            ("until", self.until.map(|time| time.to_string())),
            ("captchaId", self.captcha_id.clone()),
            ("businessKey", self.business_key.clone()),
            ("q", self.search.clone()),
        ];
        query.extend(
            rest.into_iter()
                .filter_map(|(name, value)| Some((name, value?))),
        );
        query
    }
}
