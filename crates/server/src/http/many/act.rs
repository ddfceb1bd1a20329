//! Another attempt, the end, a halt, or its end, for many jobs.

use axum::{Extension, Json, body::Bytes, extract::State};
use futures_util::{StreamExt as _, stream};

use super::{
    super::{
        ApiState, Problem,
        act_on_job::Action,
        wish::{line, person},
    },
    AT_ONCE,
    choice::choose,
    order::Order,
    report::Report,
};
use crate::access::Caller;

type Answer = Result<Json<Report>, Problem>;

/// Another attempt of jobs that were not filed.
pub(crate) async fn retry(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    bytes: Bytes,
) -> Answer {
    act(&state, &caller, &bytes, Action::Retry).await
}

/// Ends jobs that wait.
pub(crate) async fn cancel(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    bytes: Bytes,
) -> Answer {
    act(&state, &caller, &bytes, Action::Cancel).await
}

/// Keeps waiting jobs from being worked on.
pub(crate) async fn hold(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    bytes: Bytes,
) -> Answer {
    act(&state, &caller, &bytes, Action::Hold).await
}

/// Lets held jobs go on.
pub(crate) async fn release(
    State(state): State<ApiState>,
    Extension(caller): Extension<Caller>,
    bytes: Bytes,
) -> Answer {
    act(&state, &caller, &bytes, Action::Release).await
}

async fn act(state: &ApiState, caller: &Caller, bytes: &Bytes, action: Action) -> Answer {
    let order = Order::read(bytes)?;
    let writer = person(caller, order.by)?;
    let event = action.event(line("reason", order.reason)?);
    let choice = choose(state, order.which).await?;
    let results = stream::iter(choice.ids).map(|id| {
        let (writer, event) = (writer.clone(), event.clone());
        async move {
            let applied = state
                .store
                .apply(id, writer, event, state.clock.now())
                .await;
            (id, applied.map_err(Problem::from))
        }
    });
    let results = results.buffered(AT_ONCE).collect().await;
    let report = Report::of(results, choice.next);
    tracing::info!(
        event = event.name(),
        done = report.done,
        refused = report.refused,
        caller = caller.name,
        "a person acted on many jobs"
    );
    Ok(Json(report))
}
