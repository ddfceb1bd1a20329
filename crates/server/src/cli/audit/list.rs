//! `formhand audit list`

use clap::Args;
use formhand_store::{Kept, Link};
use jiff::Timestamp;

use super::source::Source;
use crate::{
    cli::{CliError, Exit, Output},
    http::LinkView,
};

#[derive(Args)]
pub(crate) struct ListArgs {
    /// Only entries after this number [default: the newest ones].
    #[arg(long, value_name = "NUMBER")]
    after: Option<u64>,
    /// How many entries at most.
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=1000))]
    limit: u32,
}

/// Lists entries in their order.
pub(super) async fn run(
    args: &ListArgs,
    source: &Source,
    output: Output,
) -> Result<Exit, CliError> {
    let last = source.head().await?.map_or(0, |head| head.seq);
    let newest = last.saturating_sub(u64::from(args.limit));
    let (mut links, _) = source.page(args.after.unwrap_or(newest)).await?;
    links.truncate(args.limit as usize);
    if output.json {
        let views: Vec<LinkView> = links.iter().map(LinkView::from).collect();
        output.json(&views);
        return Ok(Exit::Done);
    }
    let mut table = output.table(&["NUMBER", "WHEN", "WHAT", "OF", "BY", "MORE"]);
    for link in &links {
        let mut row = vec![link.seq.to_string()];
        row.extend(words(link));
        table.add_row(row);
    }
    output.line(&table.trim_fmt());
    Ok(Exit::Done)
}

/// What an entry says, in the columns of the table.
fn words(link: &Link) -> [String; 5] {
    let nothing = |what: &str| ["", what, "", "", ""].map(str::to_owned);
    let fields = match &link.kept {
        Kept::Whole { content, .. } => content.fields(),
        Kept::Removed => return nothing("(removed)"),
        Kept::Unreadable => return nothing("(unreadable)"),
    };
    let field = |at: usize| fields.get(at).cloned().flatten().unwrap_or_default();
    let by = |at: usize| match (field(at), field(at + 1)) {
        (kind, name) if kind == "person" => name,
        (kind, _) => kind,
    };
    let at = field(1).parse().ok().map(Timestamp::from_microsecond);
    let at = at
        .and_then(Result::ok)
        .map_or_else(String::new, |at| format!("{at:.0}"));
    if field(0).starts_with("formhand-audit-act/") {
        return [at, field(2), field(5), by(3), field(6)];
    }
    let failed = field(10);
    [at, field(3), field(2), by(4), failed]
}
