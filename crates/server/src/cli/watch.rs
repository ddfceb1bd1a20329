//! Following jobs until nothing moves them on any more.

use std::{collections::BTreeMap, time::Duration};

use formhand_domain::JobId;

use super::{
    Board, CliError, Exit, Output,
    client::Client,
    event_stream::{EventStream, JobEventLine},
};
use crate::http::JobView;

/// A server that restarts is back by then.
const RECONNECTS: u32 = 10;

/// The wait between two tries.
const RECONNECT_EVERY: Duration = Duration::from_secs(1);

/// Follows these jobs and returns them as they ended, in the order given.
pub(super) async fn watch(
    client: &Client,
    ids: &[JobId],
    output: Output,
) -> Result<Vec<JobView>, CliError> {
    let mut watched = Watched {
        client,
        output,
        board: None,
        views: BTreeMap::new(),
    };
    let mut failures = 0;
    loop {
        match watched.follow(ids).await {
            Ok(()) => break,
            Err(error) if error.exit == Exit::Unreachable && failures < RECONNECTS => {
                failures += 1;
                if failures == 1 {
                    output.say("the connection to the server is lost; trying again");
                }
                tokio::time::sleep(RECONNECT_EVERY).await;
            }
            Err(error) => return Err(error),
        }
    }
    if let Some(board) = watched.board.take() {
        board.finish();
    }
    Ok(ids
        .iter()
        .filter_map(|id| watched.views.remove(id))
        .collect())
}

struct Watched<'a> {
    client: &'a Client,
    output: Output,
    board: Option<Board>,
    views: BTreeMap<JobId, JobView>,
}

impl Watched<'_> {
    async fn follow(&mut self, ids: &[JobId]) -> Result<(), CliError> {
        // Listening begins before the first look, so that no change falls between the two.
        let mut events = EventStream::open(self.client).await?;
        for id in ids {
            self.look(*id).await?;
        }
        if self.board.is_none() && !self.output.json {
            let views: Vec<&JobView> = ids.iter().filter_map(|id| self.views.get(id)).collect();
            self.board = Some(Board::new(&views, self.output.live));
        }
        while self.views.values().any(|view| !view.is_settled()) {
            let event: JobEventLine = events.next().await?;
            if ids.contains(&event.job) {
                self.look(event.job).await?;
            }
        }
        Ok(())
    }

    async fn look(&mut self, id: JobId) -> Result<(), CliError> {
        let view: JobView = self.client.get(&["api", "jobs", &id.to_string()]).await?;
        let before = self
            .views
            .get(&id)
            .map(|view| (view.status, view.stage, view.attempts));
        let changed = before != Some((view.status, view.stage, view.attempts));
        if changed && self.output.json {
            self.output.json_line(&JobView {
                status_history: None,
                error_logs: None,
                ..view.clone()
            });
        }
        if let Some(board) = &mut self.board {
            board.update(&view);
        }
        self.views.insert(id, view);
        Ok(())
    }
}
