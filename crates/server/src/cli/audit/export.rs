//! `formhand audit export`

use super::source::Source;
use crate::{
    cli::{CliError, Exit, Output},
    http::LinkView,
};

/// Prints every entry as a line of JSON.
pub(super) async fn run(source: &Source, output: Output) -> Result<Exit, CliError> {
    let mut after = 0;
    loop {
        let (links, more) = source.page(after).await?;
        for link in &links {
            let line = serde_json::to_string(&LinkView::from(link));
            output.line(&line.map_err(|error| CliError::new(Exit::Internal, error))?);
        }
        match links.last() {
            Some(last) if more => after = last.seq,
            _ => return Ok(Exit::Done),
        }
    }
}
